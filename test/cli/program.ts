/** The real program, as a process of its own. */
import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** The program as the package carries it, where the test command has packed it: it starts twice as fast. */
const MAIN = process.env['LICENSE_TEST_PROGRAM'] ?? join(import.meta.dirname, '../../bff/cli/main.ts')

/** What a call of the program said. */
export interface Said {
  code: number | null
  out: string
  err: string
}

/** Where and how the program is called. */
export interface Call {
  cwd: string
  env?: Record<string, string>
  /** Bytes in units of 512 that a file may have, as on a disk that fills up. */
  fileBlocks?: number
}

const root = mkdtempSync(join(tmpdir(), 'license-cli-'))
const children = new Set<ChildProcess>()
process.once('exit', () => {
  for (const child of children) child.kill('SIGKILL')
  rmSync(root, { recursive: true, force: true })
})

/** A temporary folder that goes when the tests of this file are done. */
export function folder(): string {
  return mkdtempSync(join(root, 'test-'))
}

/** Compiled sources, which many short processes share. */
const NODE_COMPILE_CACHE = join(import.meta.dirname, '../../node_modules/.cache/license-cli')

function start(args: readonly string[], { cwd, env = {}, fileBlocks }: Call) {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('LICENSE_'))
  const limited = fileBlocks === undefined ? [] : ['sh', '-c', `ulimit -f ${fileBlocks} && exec "$0" "$@"`]
  const [program = '', ...words] = [...limited, process.execPath, MAIN, ...args]
  const child = spawn(program, words, {
    cwd, env: { ...Object.fromEntries(own), NODE_COMPILE_CACHE, ...env }, stdio: ['ignore', 'pipe', 'pipe'],
  })
  children.add(child)
  child.once('close', () => { children.delete(child) })
  return child
}

/** How long a call may take (ms): a server that should have refused to start would go on for ever. */
const LIMIT_MS = 20_000

/** Calls the program and waits for its end. */
export async function call(args: readonly string[], where: Call): Promise<Said> {
  const child = start(args, where)
  const limit = setTimeout(() => { child.kill('SIGKILL') }, LIMIT_MS)
  const said: Said = { code: null, out: '', err: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => { said.out += text })
  child.stderr.setEncoding('utf8').on('data', (text: string) => { said.err += text })
  const [code] = await once(child, 'close') as [number | null]
  clearTimeout(limit)
  return { ...said, code }
}

/** Calls the program, which must succeed and say nothing on standard error; answers what it printed. */
export async function done(args: readonly string[], where: Call): Promise<string> {
  const { code, out, err } = await call(args, where)
  assert.deepEqual({ args, code, err }, { args, code: 0, err: '' })
  return out.trimEnd()
}

/** Calls the program with `--json`, which must succeed; answers the value. */
export async function json<T>(args: readonly string[], where: Call): Promise<T> {
  return JSON.parse(await done([...args, '--json'], where)) as T
}

/** Asserts that a call fails with one line and, unless it says what it did, nothing else; in it, `…` stands for anything. */
export async function fails(args: readonly string[], where: Call, code: 1 | 2, line: string, out = ''): Promise<void> {
  const said = await call(args, where)
  assert.match(said.err, patternOf(`license-bff: ${line}\n`))
  assert.deepEqual({ code: said.code, out: said.out.trimEnd() }, { code, out })
}

/** A text in which `…` stands for anything within a line. */
export function patternOf(text: string): RegExp {
  return new RegExp(`^${text.split('…').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('[^\\n]*')}$`)
}

/** A server of the program. */
export interface Served {
  url: string
  /** What it printed on standard error so far. */
  err: () => string
  /** Sends a signal and answers how it ended. */
  stop: (signal?: NodeJS.Signals) => Promise<{ code: number | null; signal: NodeJS.Signals | null }>
  ask: <T = Record<string, unknown>>(key: string, method: string, path: string, body?: unknown) => Promise<{ status: number; body: T }>
}

/** Starts `license-bff serve` on a free port and waits until it listens. */
export async function serve(where: Call, args: readonly string[] = []): Promise<Served> {
  const child = start(['serve', '--port', '0', ...args], where)
  let err = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => { err += text })
  const ended = once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>
  const line = await Promise.race([once(child.stdout, 'data').then(String), ended.then(() => '')])
  const url = /^license-bff listens on (http:\/\/\S+)\n$/.exec(line)?.[1]
  assert.ok(url, `it did not start: ${line}${err}`)
  return {
    url,
    err: () => err,
    async stop(signal = 'SIGTERM') {
      child.kill(signal)
      const [code, by] = await ended
      return { code, signal: by }
    },
    async ask<T>(key: string, method: string, path: string, body?: unknown) {
      const response = await fetch(url + path, {
        method,
        headers: { authorization: `Bearer ${key}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      return { status: response.status, body: await response.json() as T }
    },
  }
}

/** Devices of the sample, as a file. */
export const DEVICES = [
  'workspace,serial,model,name,site,id',
  'acme,SN-1,P100,Pump 1,hall-1,pump-1', 'acme,SN-2,P100,Pump 2,hall-1,pump-2', 'acme,SN-3,P200,Pump 3,,pump-3', '',
].join('\n')
