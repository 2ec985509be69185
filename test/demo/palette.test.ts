import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { contrast } from '../../stories/docs/tokens.ts'

const folder = join(import.meta.dirname, '../../stories/portal')
const tokens = readFileSync(join(folder, 'tokens.css'), 'utf8')
const palette = new Map([...tokens.matchAll(/--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)]
  .map(([, name = '', light = '', dark = '']) => [name, [light, dark] as const]))
const tones = ['ok', 'warn', 'bad', 'info', 'neutral']

/** Which colour stands on which, and the contrast that it needs there (WCAG 2.2, 1.4.3 and 1.4.11). */
const PAIRS: [front: string, back: string, least: number][] = [
  ...['canvas', 'surface'].flatMap((back): [string, string, number][] => [['text', back, 4.5], ['muted', back, 4.5], ['accent', back, 4.5], ['control', back, 3]]),
  ['on-accent', 'accent', 4.5], ['text', 'neutral-tint', 4.5], ['control', 'neutral-tint', 3],
  ...tones.flatMap((tone): [string, string, number][] => [[tone, 'surface', 4.5], [tone, `${tone}-tint`, 4.5], ['text', `${tone}-tint`, 4.5]]),
  ['accent', 'bad-tint', 4.5], ['accent', 'warn-tint', 4.5], ['accent', 'info-tint', 3],
]

suite('the palette', () => {
  test('is computed right: black on white has 21 to 1', () => { assert.equal(contrast('#000000', '#ffffff'), 21) })

  for (const [index, scheme] of ['light', 'dark'].entries()) {
    for (const [front, back, least] of PAIRS) {
      test(`has ${front} on ${back} at ${least} to 1 in ${scheme}`, () => {
        const ratio = contrast(palette.get(front)?.[index] ?? '', palette.get(back)?.[index] ?? '')
        assert.ok(ratio >= least, ratio.toFixed(2))
      })
    }
  }

  test('names every colour that the style sheets use, and no other stands there', () => {
    for (const file of globSync('*.css', { cwd: folder })) {
      const style = readFileSync(join(folder, file), 'utf8')
      if (file !== 'tokens.css') assert.doesNotMatch(style, /#[0-9a-f]{3,8}\b|rgba?\(|hsla?\(/i, file)
      for (const [, name = ''] of style.matchAll(/var\(--([\w-]+)\)/g)) assert.match(tokens, new RegExp(`--${name}: `), `${file}: ${name}`)
    }
  })
})
