import assert from 'node:assert/strict'
import { build as bundle } from 'esbuild'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import { build } from '../../build.ts'

suite('what is built for browsers', () => {
  const folder = mkdtempSync(join(tmpdir(), 'license-build-'))
  before(() => build(folder))
  after(() => { rmSync(folder, { recursive: true }) })

  test('is whole, with nothing half-written beside it', () => {
    assert.deepEqual(readdirSync(folder).sort(), ['elements.js', 'portal'])
    assert.deepEqual(readdirSync(join(folder, 'portal')).sort(), ['early.js', 'favicon.svg', 'index.html', 'portal.css', 'portal.js'])
  })

  for (const name of ['elements.js', 'portal/portal.js', 'portal/early.js']) {
    test(`${name} imports nothing, and needs no eval`, async () => {
      const { metafile } = await bundle({
        entryPoints: [join(folder, name)], bundle: true, external: ['*'], write: false, metafile: true, logLevel: 'silent', outdir: folder,
      })
      assert.deepEqual(Object.values(metafile.inputs).flatMap(({ imports }) => imports), [])
      const text = readFileSync(join(folder, name), 'utf8')
      assert.doesNotMatch(text, /\beval\(|new Function\(|document\.write\(|\bimport\(/)
    })
  }

  test('the elements say in their first line which version they are, and whose', () => {
    const [notice] = readFileSync(join(folder, 'elements.js'), 'utf8').split('\n')
    assert.match(notice ?? '', /license-elements \d+\.\d+\.\d+ \(MIT\).*Copyright 2017 Google LLC \(BSD-3-Clause\)/)
  })
})
