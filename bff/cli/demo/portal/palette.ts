/** Colours by name, in light and in dark. */
export const PALETTE = {
  canvas: ['#f4f6f8', '#0f1216'],
  surface: ['#ffffff', '#171b20'],
  text: ['#1b1f24', '#e6e9ed'],
  muted: ['#59636e', '#9aa5b1'],
  line: ['#dfe3e8', '#2c333b'],
  control: ['#7d8894', '#6b7682'],
  accent: ['#1f5fd6', '#6ea6ff'],
  onAccent: ['#ffffff', '#0f1216'],
  ok: ['#116b3c', '#72d39d'],
  okTint: ['#e4f4ea', '#11301f'],
  warn: ['#7d4e00', '#f1c267'],
  warnTint: ['#fff3d6', '#32260c'],
  bad: ['#a1201a', '#ff9f97'],
  badTint: ['#fdebe9', '#381715'],
  info: ['#1b4fa8', '#9dc3ff'],
  infoTint: ['#e7f0fd', '#14263f'],
  neutral: ['#59636e', '#9aa5b1'],
  neutralTint: ['#eceff2', '#232a31'],
} as const satisfies Record<string, readonly [light: string, dark: string]>

export type ColourName = keyof typeof PALETTE

/** Which colour stands on which, and the contrast that it needs there (WCAG 2.2, 1.4.3 and 1.4.11). */
export const PAIRS: readonly [front: ColourName, back: ColourName, least: number][] = [
  ...(['canvas', 'surface'] as const).flatMap((back) => [
    ['text', back, 4.5], ['muted', back, 4.5], ['accent', back, 4.5], ['control', back, 3],
  ] as [ColourName, ColourName, number][]),
  ['onAccent', 'accent', 4.5],
  ['ok', 'surface', 4.5], ['warn', 'surface', 4.5], ['bad', 'surface', 4.5], ['info', 'surface', 4.5], ['neutral', 'surface', 4.5],
  ['ok', 'okTint', 4.5], ['warn', 'warnTint', 4.5], ['bad', 'badTint', 4.5], ['info', 'infoTint', 4.5], ['neutral', 'neutralTint', 4.5],
  ...(['okTint', 'warnTint', 'badTint', 'infoTint'] as const).flatMap((back) => [
    ['text', back, 4.5], ['muted', back, 4.5], ['accent', back, 4.5],
  ] as [ColourName, ColourName, number][]),
  ['control', 'okTint', 3], ['control', 'infoTint', 3], ['control', 'neutralTint', 3],
]

/** The custom properties of a style sheet, dark where the person prefers it. */
export function colourProperties(): string {
  const declare = (index: 0 | 1): string => Object.entries(PALETTE).map(([name, pair]) => `--${name}: ${pair[index]};`).join(' ')
  return `:root { color-scheme: light dark; ${declare(0)} }\n@media (prefers-color-scheme: dark) { :root { ${declare(1)} } }`
}
