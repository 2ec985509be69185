/** The colours that the elements bring themselves (stories/docs/tokens.ts tells where each stands). */
import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { colourOf, contrast, PAIRS, SCHEMES, tokenRows } from '../../stories/docs/tokens.ts'

const root = join(import.meta.dirname, '../..')
const rows = new Map(tokenRows().map((token) => [token.name, token]))
const sources = globSync('components/**/*.ts', { cwd: root }).map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }))

suite('the colours of the elements', () => {
  for (const scheme of SCHEMES) {
    test(`keep their contrast in ${scheme}`, () => {
      assert.deepEqual(PAIRS.map(([front, back, least]) => [front, back, least, contrast(colourOf(front, scheme), colourOf(back, scheme))] as const)
        .filter(([,, least, ratio]) => !(ratio >= least)), [])
    })
  }

  test('stand on something, all but the one that only separates', () => {
    const paired = new Set(PAIRS.flatMap(([front, back]) => [front, ...back.split(' ')]))
    assert.deepEqual([...rows.values()].filter(({ name, light }) => light.startsWith('#') && !paired.has(name)).map(({ name }) => name), ['line'])
  })

  test('have one value, wherever a style sheet reads them, and no other colours stand there', () => {
    for (const { file, text } of sources) {
      for (const [, name = '', value = ''] of text.matchAll(/var\(--license-([\w-]+), (.+)\);/g)) {
        if (value !== 'inherit') assert.equal(value, rows.get(name)?.value, `${file}: ${name}`)
      }
      // Shadows, the page behind a dialog, and a filled button under the pointer are black in part.
      const others = text.replaceAll(/var\(--license-[\w-]+, .+\);|rgb\(0 0 0 \/ 0\.16\)|rgb\(15 18 22 \/ 0\.4\)|#000 8%/g, '')
      assert.doesNotMatch(others, /[ (]#[0-9a-f]{3,8}\b(?=[ ,;)])|rgba?\(|hsla?\(/i, file)
    }
  })
})
