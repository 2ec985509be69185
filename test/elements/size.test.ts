import assert from 'node:assert/strict'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { buildElements } from '../../build.ts'

const root = join(import.meta.dirname, '../..')

/** A page that has the badge alone, as a bundler makes it. */
const BADGE = `import { LicenseBadge } from './components/license-badge/license-badge.ts'
customElements.define('license-badge', LicenseBadge)`

/** Most bytes that a file may have, gzipped. */
const MOST = { badge: 10_000, all: 64_000 }

suite('the size of what a page loads', () => {
  test(`<license-badge> with everything it imports has at most ${MOST.badge} bytes gzipped`, async (context) => {
    const { outputFiles: [file] = [] } = await build({
      stdin: { contents: BADGE, resolveDir: root, loader: 'ts' }, bundle: true, minify: true, format: 'esm', target: 'es2022', write: false, legalComments: 'none',
    })
    const size = gzipSync(file?.contents ?? '', { level: 9 }).length
    context.diagnostic(`${size} bytes`)
    assert.ok(size > 5_000 && size <= MOST.badge, `${size} bytes`)
  })

  test(`/elements.js has at most ${MOST.all} bytes gzipped, and imports nothing`, async (context) => {
    const folder = await mkdtemp(join(tmpdir(), 'license-size-'))
    try {
      const file = await buildElements(folder)
      const size = gzipSync(file, { level: 9 }).length
      context.diagnostic(`${size} bytes`)
      assert.ok(size > 10_000 && size <= MOST.all, `${size} bytes`)
      const { metafile } = await build({ entryPoints: [join(folder, 'elements.js')], bundle: true, external: ['*'], write: false, metafile: true })
      assert.deepEqual(Object.values(metafile.inputs).flatMap(({ imports }) => imports), [])
    } finally {
      await rm(folder, { recursive: true })
    }
  })
})
