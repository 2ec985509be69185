import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, suite, test } from 'node:test'

const root = join(import.meta.dirname, '../..')
const config = join(root, '.dependency-cruiser.mjs')

const packages = {
  dependencies: ['kysely', 'better-sqlite3', 'pg', '@hono/node-server', 'commander', 'hono'],
  devDependencies: ['fast-check', 'storybook'],
  undeclared: ['left-pad'],
}

/** What every tree holds, so that the imports below lead somewhere. */
const files = [
  'bff/index.ts', 'bff/rules/code.ts', 'bff/rules/lists.ts', 'bff/http/problem.ts', 'bff/http/e.ts',
  'bff/node/sqlite.ts', 'bff/cli/options.ts', 'bff/db/database.ts', 'bff/db/tables.ts', 'bff/db/audit.sql.ts',
  'bff/devices/devices.sql.ts', 'bff/vouchers/words.ts',
  'components/shared/client.ts', 'stories/demo.ts', 'test/postgres.ts',
]

const allowed: [file: string, statement: string][] = [
  ['components/license-badge/license-badge.ts', `import type { X } from '../../bff/index.ts'`],
  ['components/license-renew/license-renew.ts', `import { x } from '../../bff/rules/code.ts'`],
  ['components/license-gate/license-gate.ts', `import { x } from '../shared/client.ts'`],
  ['bff/rules/license.ts', `import { x } from './lists.ts'`],
  ['bff/vouchers/a.ts', `import { x } from './words.ts'; import { y } from '../rules/lists.ts'; import '../http/problem.ts'`],
  ['bff/vouchers/b.ts', `import type { X } from '../db/database.ts'; import { Hono } from 'hono'`],
  ['bff/vouchers/a.sql.ts', `import { x } from '../db/tables.ts'; import { sql } from 'kysely'`],
  ['bff/http/who.sql.ts', `import { x } from '../db/tables.ts'; import { sql } from 'kysely'`],
  ['bff/http/f.ts', `import type { X } from './e.ts'`],
  ['bff/vouchers/i.ts', `import { record } from '../db/audit.sql.ts'`],
  ['bff/db/wasm.ts', `import { x } from './tables.ts'; import { Kysely } from 'kysely'`],
  ['bff/app.ts', `import { x } from './vouchers/words.ts'; import { y } from './devices/devices.sql.ts'`],
  ['bff/node/open.ts', `import Sqlite from 'better-sqlite3'; import pg from 'pg'; import { join } from 'node:path'`],
  ['bff/cli/main.ts', `import { Command } from 'commander'; import { x } from '../node/sqlite.ts'`],
  ['bff/cli/serve.ts', `import { serve } from '@hono/node-server'; import { x } from './options.ts'; import 'node:fs'`],
  ['stories/badge.ts', `import { x } from '../components/shared/client.ts'; import { y } from './demo.ts'`],
  ['test/a.test.ts', `import { fc } from 'fast-check'; import { x } from '../bff/node/sqlite.ts'; import pg from 'pg'`],
]

const planted: [rule: string, file: string, statement: string][] = [
  ['components-take-types', 'components/a.ts', `import { x } from '../bff/rules/lists.ts'`],
  ['components-take-types', 'components/b.ts', `import { type X, y } from '../bff/http/problem.ts'`],
  ['components-take-types', 'components/c.ts', `import type { X } from '../bff/http/problem.ts'; import '../bff/http/problem.ts'`],
  ['components-take-types', 'components/d.ts', `export const load = () => import('../bff/http/problem.ts')`],
  ['components-take-types', 'components/e.ts', `export * from '../bff/http/problem.ts'`],
  ['components-take-types', 'components/f.ts', `import '../bff/http/problem.ts'`],
  ['rules-import-nothing', 'bff/rules/a.ts', `import type { X } from '../http/problem.ts'`],
  ['features-apart', 'bff/vouchers/c.ts', `import { x } from '../devices/devices.sql.ts'`],
  ['features-apart', 'bff/devices/c.ts', `import type { X } from '../vouchers/words.ts'`],
  ['features-apart', 'bff/devices/d.ts', `export type Y = import('../vouchers/words.ts').X`],
  ['http-and-db-know-no-feature', 'bff/http/a.ts', `import { x } from '../vouchers/words.ts'`],
  ['db-from-sql', 'bff/devices/a.ts', `import type { X } from '../db/tables.ts'`],
  ['connections-are-handed-on', 'bff/devices/b.ts', `import { x } from '../db/database.ts'`],
  ['kysely-in-sql', 'bff/vouchers/e.ts', `import type { Kysely } from 'kysely'`],
  ['kysely-types-in-index', 'bff/index.ts', `import { Kysely } from 'kysely'`],
  ['drivers-in-node', 'bff/db/a.ts', `import pg from 'pg'`],
  ['drivers-in-node', 'bff/cli/a.ts', `import Sqlite from 'better-sqlite3'`],
  ['node-builtins-in-node', 'bff/http/b.ts', `import { createHash } from 'node:crypto'`],
  ['node-builtins-in-node', 'bff/vouchers/f.ts', `import { readFile } from 'fs/promises'`],
  ['node-packages-in-node', 'bff/http/c.ts', `import { serve } from '@hono/node-server'`],
  ['node-packages-in-node', 'bff/vouchers/g.ts', `import { Command } from 'commander'`],
  ['node-is-passed-in', 'bff/vouchers/h.ts', `import type { X } from '../node/sqlite.ts'`],
  ['cli-is-the-end', 'bff/node/a.ts', `import { x } from '../cli/options.ts'`],
  ['no-stories-or-tests', 'components/g.ts', `import { x } from '../stories/demo.ts'`],
  ['no-stories-or-tests', 'bff/node/b.ts', `import { x } from '../../test/postgres.ts'`],
  ['bff-knows-no-element', 'bff/http/d.ts', `import type { X } from '../../components/shared/client.ts'`],
  ['stories-run-anywhere', 'stories/c.ts', `import { x } from 'storybook'`],
  ['no-circle', 'bff/http/e.ts', `import type { X } from './f.ts'`],
  ['no-unresolvable', 'bff/http/g.ts', `import { x } from './nowhere.ts'`],
  ['no-undeclared', 'test/b.test.ts', `import pad from 'left-pad'`],
  ['no-dev-dependency', 'bff/http/h.ts', `import { fc } from 'fast-check'`],
]

suite('the rules of who may import whom', async () => {
  const trees: string[] = []
  after(() => trees.forEach((dir) => rmSync(dir, { recursive: true })))

  test('pass what is allowed, and look at every file of it', () => {
    const { status, violations, modules } = cruise(plant(allowed))
    assert.deepEqual({ status, violations }, { status: 0, violations: [] })
    for (const [file] of allowed) assert.ok(modules.includes(file), file)
  })

  const { violations, status } = cruise(plant([...allowed, ...planted.map(([, ...file]) => file)]))
  for (const [rule, file, statement] of planted)
    test(`${rule} catches ${file}: ${statement}`, () => assert.ok(violations.includes(`${rule}: ${file}`)))
  test('catch nothing else', () => {
    const expected = planted.map(([rule, file]) => `${rule}: ${file}`)
    assert.deepEqual(violations.filter((found) => !expected.includes(found)), [])
    assert.notEqual(status, 0)
  })
  const { default: written } = await import(config)
  test('are all planted here', () => {
    const names: string[] = written.forbidden.map((rule: { name: string }) => rule.name)
    assert.deepEqual(names, [...new Set(planted.map(([rule]) => rule))])
  })

  /** Writes a project of these files beside the common ones into a temporary folder. */
  function plant(statements: [file: string, statement: string][]): string {
    const dir = mkdtempSync(join(tmpdir(), 'license-imports-'))
    trees.push(dir)
    for (const file of files) write(dir, file, `export const x = 1\nexport type X = 1\n`)
    for (const [file, statement] of statements) write(dir, file, `${statement}\n`)
    for (const name of Object.values(packages).flat()) {
      write(dir, `node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', main: 'index.js' }))
      write(dir, `node_modules/${name}/index.js`, '')
    }
    const [dependencies, devDependencies] = [versions(packages.dependencies), versions(packages.devDependencies)]
    write(dir, 'package.json', JSON.stringify({ type: 'module', dependencies, devDependencies }))
    return dir
  }
})

/** Runs the project's own rules over a folder: the exit status, what was caught as `rule: file`, and every file seen. */
function cruise(dir: string): { status: number | null; violations: string[]; modules: string[] } {
  const program = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs')
  const args = ['--config', config, 'bff', 'components', 'stories', 'test']
  const found = spawnSync(process.execPath, [program, '--output-type', 'json', ...args], { cwd: dir, encoding: 'utf8' })
  const { modules, summary } = JSON.parse(found.stdout) as {
    modules: { source: string }[]
    summary: { violations: { from: string; rule: { name: string } }[] }
  }
  const violations = summary.violations.map(({ from, rule }) => `${rule.name}: ${from}`)
  const { status } = spawnSync(process.execPath, [program, ...args], { cwd: dir })
  return { status, violations, modules: modules.map(({ source }) => source) }
}

function write(dir: string, file: string, text: string): void {
  mkdirSync(dirname(join(dir, file)), { recursive: true })
  writeFileSync(join(dir, file), text)
}

function versions(names: string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, '*']))
}
