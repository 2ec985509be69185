/** The test command: types, imports and the tests, beside a real PostgreSQL; arguments pick files by a part of the path. */
import { execFile } from 'node:child_process'
import { existsSync, globSync, readFileSync, statfsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join, relative, resolve } from 'node:path'
import { run } from 'node:test'
import { spec } from 'node:test/reporters'
import { pathToFileURL } from 'node:url'
import { startTestRunner, type TestSuiteResult } from '@web/test-runner'
import { buildProgram } from '../build.ts'
import { packPackage } from './hosts/package.ts'
import { startPostgres } from './postgres.ts'

const root = join(import.meta.dirname, '..')
const packed = join(root, 'node_modules/.cache/license-test')
const picked = process.argv.slice(2)
/** The line that ends a suite or a test which is in none, as the reporter prints it. */
const IS_END = /^(\u001b\[\d+m)*[✔✖]/
/** A call that makes tests. */
const HAS_TESTS = /\b(?:test|suite|on(?:Every)?Engine)\(/
/** What failed, to be told once more at the end. */
const failures: string[] = []
let passed = 0

process.chdir(root)
await mkdir(packed, { recursive: true })
const [server] = await Promise.all([startPostgres(), buildProgram(packed), packForHosts()])
// Every file is a process of its own, and they import the same.
process.env['NODE_COMPILE_CACHE'] ??= join(root, 'node_modules/.cache/license-tests')
process.env['LICENSE_TEST_PROGRAM'] = join(packed, 'bff/cli/main.js')
process.env['LICENSE_TEST_POSTGRES'] = server.url
writeInMemory()
// Much of this waits, for browsers, clocks and disks: side by side, each at its own pace, it keeps two cores busy. Who is done shares what is left.
const { shown = [], rest = [] } = Object.groupBy(testFiles(), (file) => (/^test\/(demo|hosts)\//.test(file) ? 'shown' : 'rest'))
const left = grouped(rest).values()
await Promise.all([
  runLeft(),
  runFiles(grouped(shown)).then(runLeft),
  checkSource().then(() => runBrowser(picking('test/browser/*.test.ts'))).then(runLeft),
])
await server.stop()
if (passed + failures.length === 0) fail('no test was run')
for (const failure of failures) console.log(`✖ ${failure}`)
console.log(`${passed} passed, ${failures.length} failed`)
process.exit(failures.length === 0 ? 0 : 1)

/** Packs the package once for all hosts in the tests. */
async function packForHosts(): Promise<void> {
  if (testFiles().some((file) => file.includes('hosts/'))) process.env['LICENSE_TEST_TARBALL'] = await packPackage(packed)
}

/** Lets the tests write into memory where there is room: SQLite waits for the disk at every commit, as it should. PostgreSQL has been told not
 * to, and stays on the disk. */
function writeInMemory(): void {
  const memory = '/dev/shm'
  if (process.env['TMPDIR'] !== undefined || !existsSync(memory)) return
  const { bavail, bsize } = statfsSync(memory)
  if (bavail * bsize > 2 * 1024 ** 3) process.env['TMPDIR'] = memory
}

function testFiles(): string[] {
  return picking('test/**/*.test.ts', ['test/bench/**', 'test/browser/**', 'test/faults/**'])
}

function picking(pattern: string, exclude: string[] = []): string[] {
  return globSync(pattern, { exclude }).filter((file) => picked.length === 0 || picked.some((part) => file.includes(part))).sort()
}

async function runLeft(): Promise<void> {
  for (const group of left) await runFiles([group])
}

/** Runs groups of files, each in a process of its own. */
async function runFiles(groups: string[][]): Promise<void> {
  // Without a file, run() would look for some by itself.
  if (groups.length === 0) return
  const events = run({ files: await Promise.all(groups.map(asFile)), concurrency: 1, timeout: 600_000, signal: AbortSignal.timeout(30 * 60_000) })
  const seen = count(events)
  let held = ''
  for await (const text of events.compose(new spec())) {
    held += text
    // A suite is printed when it is done, in one piece.
    if (!IS_END.test(text)) continue
    process.stdout.write(held)
    held = ''
  }
  process.stdout.write(held)
  // A file may have its tests made by another one, whose name they then have.
  for (const file of groups.flat()) if (!seen.has(resolve(file)) && !HAS_TESTS.test(readFileSync(file, 'utf8'))) fail(`${file} has no test`)
}

/** Files that run one after the other in one process, those of a folder: loading the BFF takes longer than most of them do. */
function grouped(files: readonly string[]): string[][] {
  return [...Map.groupBy(files, (file) => (/^test\/(bff|rules)\//.test(file) ? dirname(file) : file)).values()]
}

/** The file that runs those of a group. */
async function asFile(own: readonly string[]): Promise<string> {
  const [first = ''] = own
  if (own.length === 1) return first
  const group = join(packed, 'groups', `${dirname(first).replaceAll('/', '-')}.mjs`)
  await mkdir(dirname(group), { recursive: true })
  await writeFile(group, own.map((file) => `import ${JSON.stringify(pathToFileURL(resolve(file)).href)}\n`).join(''))
  return group
}

/** Counts the leaves: a file, a suite or a test with subtests counts only for a failure of its own. */
function count(events: ReturnType<typeof run>): ReadonlySet<string> {
  const seen = new Set<string>()
  // The results of one file arrive in order, and children before their parent.
  let depth = 0
  events.on('test:pass', ({ name, nesting, file, details, skip, todo }) => {
    const parent = nesting < depth
    depth = nesting
    seen.add(file ?? '')
    if (skip !== undefined || todo !== undefined) fail(`${name}: skipped, which counts as failed`)
    else if (!parent && details.type !== 'suite') passed += 1
  })
  events.on('test:fail', ({ name, nesting, file, details: { error } }) => {
    depth = nesting
    seen.add(file ?? '')
    if ('failureType' in error && error.failureType === 'subtestsFailed') return
    const { message } = error.cause instanceof Error ? error.cause : error
    failures.push(`${relative(root, file ?? '')}: ${name}: ${message}`)
  })
  return seen
}

/** The tests in a real browser, as web-test-runner.config.mjs says; counts them. */
async function runBrowser(files: string[]): Promise<void> {
  if (files.length === 0) return
  const runner = await startTestRunner({ argv: ['--static-logging', '--files', ...files], autoExitProcess: false })
  if (runner === undefined) {
    fail('the browser tests did not start')
    return
  }
  await new Promise((resolve) => { runner.on('finished', resolve) })
  for (const { testResults, errors } of runner.sessions.all()) {
    if (testResults === undefined || errors.length > 0) fail('a browser test file did not run; is Chromium installed, or CHROME_PATH set?')
    if (testResults !== undefined) countBrowser(testResults)
  }
}

function countBrowser(suite: TestSuiteResult): void {
  for (const { name, passed: right, error } of suite.tests) {
    if (right) passed += 1
    else failures.push(`${suite.name} ${name}: ${error?.message ?? ''}`)
  }
  for (const inner of suite.suites) countBrowser(inner)
}

/** Types, then imports. */
async function checkSource(): Promise<void> {
  if (picked.length > 0) return
  await check('typescript/bin/tsc', ['-p', 'tsconfig.json'])
  const folders = ['bff', 'components', 'stories', 'test'].filter((folder) => existsSync(folder))
  await check('dependency-cruiser/bin/dependency-cruiser.mjs', ['--config', '.dependency-cruiser.mjs', ...folders])
}

function check(tool: string, args: string[]): Promise<void> {
  return new Promise((resolve) => {
    execFile(process.execPath, [join('node_modules', tool), ...args], (error, out, err) => {
      process.stdout.write(out + err)
      if (error !== null) fail(`${tool} found something`)
      resolve()
    })
  })
}

function fail(why: string): void {
  console.log(`✖ ${why}`)
  failures.push(why)
}
