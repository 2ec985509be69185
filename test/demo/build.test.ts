import assert from 'node:assert/strict'
import { build as bundle } from 'esbuild'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import { build } from '../../build.ts'
import { ELEMENTS_FILES } from '../../bff/http/elements.ts'

suite('what is built for browsers', () => {
  const folder = mkdtempSync(join(tmpdir(), 'license-build-'))
  before(() => build(folder))
  after(() => { rmSync(folder, { recursive: true }) })

  test('is whole, with nothing half-written beside it', () => {
    assert.deepEqual(readdirSync(folder).sort(), [...Object.keys(ELEMENTS_FILES), 'portal'].sort())
    assert.deepEqual(readdirSync(join(folder, 'portal')).sort(), ['early.js', 'favicon.svg', 'index.html', 'portal.css', 'portal.js'])
  })

  for (const name of [...Object.keys(ELEMENTS_FILES), 'portal/portal.js', 'portal/early.js']) {
    test(`${name} imports nothing, and needs no eval`, async () => {
      const { metafile } = await bundle({
        entryPoints: [join(folder, name)], bundle: true, external: ['*'], write: false, metafile: true, logLevel: 'silent', outdir: folder,
      })
      assert.deepEqual(Object.values(metafile.inputs).flatMap(({ imports }) => imports), [])
      const text = readFileSync(join(folder, name), 'utf8')
      assert.doesNotMatch(text, /\beval\(|new Function\(|document\.write\(|\bimport\(/)
    })
  }

  test('a language holds its texts alone, and adds them to what elements of another file ask for', () => {
    for (const [name, words] of [['fr', 'Aucune licence'], ['es', 'Sin licencia'], ['it', 'Nessuna licenza']] as const) {
      const text = readFileSync(join(folder, `elements.${name}.js`), 'utf8')
      assert.ok(text.length < 40_000 && text.includes(words) && text.includes('license-elements.languages') && !text.includes('customElements'), name)
    }
    const elements = readFileSync(join(folder, 'elements.js'), 'utf8')
    assert.ok(elements.includes('license-elements.languages') && !elements.includes('Aucune licence'))
  })

  test('the elements say in their first line which version they are, and whose', () => {
    const [notice] = readFileSync(join(folder, 'elements.js'), 'utf8').split('\n')
    assert.match(notice ?? '', /license-elements \d+\.\d+\.\d+ \(MIT\).*Copyright 2017 Google LLC \(BSD-3-Clause\)/)
  })
})
