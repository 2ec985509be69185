import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { type ColourName, PAIRS, PALETTE } from '../../bff/cli/demo/portal/palette.ts'
import { STATUS_TONES } from '../../bff/cli/demo/portal/license-words.ts'
import { STYLE } from '../../bff/cli/demo/portal/style.ts'

/** Relative luminance of `#rrggbb` (WCAG 2.2). */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(one: string, other: string): number {
  const [lighter = 0, darker = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a)
  return (lighter + 0.05) / (darker + 0.05)
}

suite('the palette', () => {
  test('is computed right: black on white has 21 to 1', () => { assert.equal(contrast('#000000', '#ffffff'), 21) })

  for (const [index, scheme] of ['light', 'dark'].entries()) {
    for (const [front, back, least] of PAIRS) {
      test(`has ${front} on ${back} at ${least} to 1 in ${scheme}`, () => {
        const ratio = contrast(PALETTE[front][index] ?? '', PALETTE[back][index] ?? '')
        assert.ok(ratio >= least, ratio.toFixed(2))
      })
    }
  }

  test('is checked for every status, on its tint and on a card', () => {
    const checked = PAIRS.map(([front, back]) => `${front} ${back}`)
    for (const tone of Object.values(STATUS_TONES)) for (const back of [`${tone}Tint`, 'surface']) assert.ok(checked.includes(`${tone} ${back}`), `${tone} on ${back}`)
  })

  test('names every colour that the style sheet uses, and no other stands there', () => {
    const used = new Set([...STYLE.matchAll(/var\(--(\w+)\)/g)].map(([, name]) => name).filter((name) => name !== 'front' && name !== 'tint'))
    for (const name of used) assert.ok(Object.hasOwn(PALETTE, name as ColourName), name)
    const rules = STYLE.slice(STYLE.indexOf('* {'))
    assert.doesNotMatch(rules, /#[0-9a-f]{3,8}\b|rgba?\(|hsla?\(/i)
  })
})
