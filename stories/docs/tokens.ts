import { dialogStyles } from '../../components/shared/dialog.styles.ts'
import { tokens } from '../../components/shared/tokens.ts'
import { tones } from '../../components/shared/tones.ts'

/** Why each token has the value that it has, and what it is for. */
export const REASONS: Readonly<Record<string, string>> = {
  text: 'What is read. Outside of dialogs and panels it is left to your page, whose colour the elements inherit; those stand above the page, on a surface of their own, and have to bring it. Not black and not white, which glare in long sentences.',
  muted: 'What is read second: names of facts, explanations, serial numbers, quiet links. As far from the text as it can be seen at a glance, and still text: it stands on every tint too.',
  line: 'Separates: the edges of cards, and rows of lists. It carries no meaning, so that it may be faint, and is the only colour here without a contrast to keep.',
  control: 'The edge of what can be pressed or filled in: fields, switches, plain buttons, and the periods of the lane, which differ by their edge where colours are not seen. 3:1 with the surface, so that a field is found.',
  surface: 'Behind cards, dialogs, panels, fields and buttons. White as most pages are; in the dark a gray with a little blue, since shadows and lines are lost on black.',
  accent: 'The one colour of action: the filled button, of which a page has one, links, the focus ring, what is new. Blue, because no status of a license but the grace period is blue. It is text as well, so that it needs 4.5:1 on the surface and on the tint of every warning.',
  'on-accent': 'Text on the accent. The accent is pale in the dark, so that this is nearly black there: whoever sets the one has to look at the other.',
  radius: 'The corners of buttons and fields: rounder than a table, squarer than a pill, so that a control is taken for neither.',
  'radius-card': 'The corners of cards, dialogs and panels: half as much again as those of the controls inside, so that one seems to follow the other.',
  'font-mono': 'Codes and addresses that people copy or compare sign by sign, where O and 0 must differ. The system’s own, so that nothing is loaded.',
  ok: 'Text and icon of what is fine: an active license, an open feature, what has just worked.',
  'ok-tint': 'Behind it: the pill, the periods of the lane, the banner of a grace period that has begun.',
  warn: 'Text and icon of a license that expires soon. A brown: a yellow that can be read on white is none.',
  'warn-tint': 'Behind it, and here the yellow is. The warning to the eye is the tint, to the reader the words.',
  bad: 'Text and icon of what has expired and of what was refused. Dark, as whole sentences are written in it.',
  'bad-tint': 'Behind it, as pale as those of the other tones: being urgent is said by words and order, not by shouting.',
  info: 'Text and icon of a grace period, and of what is only told. Darker than the accent, so that nobody takes it for a link.',
  'info-tint': 'Behind it: the pill, and the warning that offers the grace period.',
  neutral: 'Text and icon of a device without license: the muted gray, since it is no trouble.',
  'neutral-tint': 'Behind it, and in the place of what is still loading.',
}

/** Which colour stands on which, and the contrast that it needs there (WCAG 2.2, 1.4.3 and 1.4.11), as the style sheets have it. A mixture is
 * written like `accent 8% surface`: so much of the one in the other. */
export const PAIRS: readonly (readonly [front: string, back: string, least: number])[] = [
  // Cards and dialogs, the rows of warnings, a button under the pointer, the column of the present status.
  ...['surface', 'ok-tint', 'warn-tint', 'bad-tint', 'info-tint', 'neutral-tint', 'text 6% surface', 'accent 8% surface'].map((back) => ['text', back, 4.5] as const),
  ...['surface', 'ok-tint', 'warn-tint', 'bad-tint', 'info-tint', 'neutral-tint', 'accent 8% surface'].map((back) => ['muted', back, 4.5] as const),
  ...['surface', 'ok-tint', 'warn-tint', 'bad-tint', 'info-tint', 'neutral-tint', 'accent 6% surface'].map((back) => ['accent', back, 4.5] as const),
  ['on-accent', 'accent', 4.5], ['on-accent', 'black 8% accent', 4.5],
  ['control', 'surface', 3],
  ...['ok', 'warn', 'bad', 'info', 'neutral'].flatMap((tone) => [[tone, `${tone}-tint`, 4.5], [tone, 'surface', 4.5], [tone, 'accent 8% surface', 3]] as const),
]

/** The schemes, as values of `color-scheme`. */
export const SCHEMES = ['light', 'dark'] as const

/** A token: its name without `--license-`, what it is if a page sets nothing (in light and in dark), and why. */
export interface Token {
  name: string
  value: string
  light: string
  dark: string
  why: string
}

/** Every token, as the style sheets of the elements have it. */
export function tokenRows(): Token[] {
  const css = [dialogStyles, tokens, tones].map(({ cssText }) => cssText).join('\n')
  return [...css.matchAll(/var\(--license-([\w-]+), (.+)\);/g)].map(([, name = '', value = '']) => {
    const [, light = value, dark = value] = /^light-dark\((.+), (.+)\)$/.exec(value) ?? []
    return { name, value, light, dark, why: REASONS[name] ?? '' }
  })
}

/** The colour of a name or of a mixture, in a scheme, as `#rrggbb`. */
export function colourOf(name: string, scheme: (typeof SCHEMES)[number]): string {
  const [, of, percent, into] = /^(\S+) (\d+)% (\S+)$/.exec(name) ?? []
  if (of !== undefined && into !== undefined) {
    const [one, other] = [colourOf(of, scheme), colourOf(into, scheme)].map(channels)
    const share = Number(percent) / 100
    return `#${(one ?? []).map((channel, at) => Math.round(channel * share + (other?.[at] ?? 0) * (1 - share)).toString(16).padStart(2, '0')).join('')}`
  }
  if (name === 'black') return '#000000'
  const value = tokenRows().find((token) => token.name === name)?.[scheme] ?? ''
  return value.replace(/^#(.)(.)(.)$/, '#$1$1$2$2$3$3')
}

/** Where a colour has the least contrast of all that it stands on, in a scheme; null = it stands on nothing. */
export function leastOf(name: string, scheme: (typeof SCHEMES)[number]): { back: string; ratio: number } | null {
  const all = PAIRS.filter(([front]) => front === name).map(([, back]) => ({ back, ratio: contrast(colourOf(name, scheme), colourOf(back, scheme)) }))
  return all.toSorted((a, b) => a.ratio - b.ratio)[0] ?? null
}

/** The contrast of two colours (`#rrggbb`), 1 to 21 (WCAG 2.2). */
export function contrast(one: string, other: string): number {
  const [lighter = 0, darker = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a)
  return (lighter + 0.05) / (darker + 0.05)
}

/** Relative luminance (WCAG 2.2). */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = channels(colour).map((channel) => {
    const share = channel / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function channels(colour: string): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16))
}
