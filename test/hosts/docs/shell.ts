/** The shell of the pages: one after the other, as a reader would type it. */
import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { dirname } from 'node:path'
import { type Block, placeOf } from './pages.ts'

/** The shell once everything has run; the server that it started goes on. */
export interface Shell {
  /** A key of the host's server, and one of its gates. */
  keys: { host: string; gateway: string }
  end: () => Promise<void>
}

const MARK = '@@'

/** `serve` goes on in the background, and takes the place of the one before, which a reader stops by Ctrl+C. */
const BEGIN = `set -euo pipefail
license-bff() {
  if [[ $1 != serve ]]; then node "$MAIN" "$@"; return; fi
  stop
  : > serve.log
  node "$MAIN" "$@" > serve.log & SERVER=$!
  until [[ $(< serve.log) == *listens* ]]; do kill -0 $SERVER; sleep 0.1; done
}
SERVER=
stop() { if [[ -n $SERVER ]]; then kill $SERVER; wait $SERVER || true; SERVER=; fi; }
trap stop EXIT
`

/** Runs blocks in one shell, with other addresses in place of those of the pages; what a comment says after → has to be printed, where … is
 * anything. */
export async function runShell(blocks: readonly Block[], { cwd, env, addresses }: { cwd: string; env: Record<string, string>; addresses: ReadonlyMap<string, string> }): Promise<Shell> {
  const replaced = (text: string): string => [...addresses].reduce((all, [from, to]) => all.replaceAll(from, to), text)
  const script = blocks.map(({ text }, index) => `echo; echo ${MARK}${index}\n${replaced(text)}`).join('\n')
  const last = `echo; echo ${MARK}keys "$HOST_KEY" "$GATEWAY_KEY"; echo ${MARK}end; read -r _\n`
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('LICENSE_'))
  const child = spawn('bash', ['-c', BEGIN + script + last], {
    cwd, stdio: ['pipe', 'pipe', 'pipe'], env: { ...Object.fromEntries(own), PATH: `${dirname(process.execPath)}:${process.env['PATH']}`, ...env },
  })
  const said = await sayings(child)
  const end = async (): Promise<void> => {
    child.stdin?.end('\n')
    if (child.exitCode === null) await once(child, 'exit')
  }
  try {
    return { keys: keysOf(blocks, said), end }
  } catch (error) {
    await end()
    throw error
  }
}

/** Compares what every block printed with what it says; answers the keys that come last. */
function keysOf(blocks: readonly Block[], { out, err }: { out: string; err: string }): Shell['keys'] {
  const parts = out.split(new RegExp(`^${MARK}`, 'm')).slice(1)
  for (const [index, block] of blocks.entries()) assertPrints(block, parts[index] ?? '', err)
  const [, host = '', gateway = ''] = parts[blocks.length]?.trim().split(' ') ?? []
  assert.ok(gateway, err)
  return { host, gateway }
}

/** What a shell prints until it has run everything, or broke off. */
async function sayings(child: ChildProcess): Promise<{ out: string; err: string }> {
  const said = { out: '', err: '' }
  child.stderr?.setEncoding('utf8').on('data', (text: string) => { said.err += text })
  await new Promise<void>((resolve) => {
    child.once('close', () => { resolve() })
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      said.out += text
      if (said.out.includes(`${MARK}end`)) resolve()
    })
  })
  return said
}

function assertPrints(block: Block, printed: string, err: string): void {
  assert.ok(printed !== '', `${placeOf(block)} was not run: ${err}`)
  let from = 0
  for (const fragment of [...block.text.matchAll(/# → (.+)$/gm)].flatMap(([, text = '']) => text.split(' … '))) {
    const at = printed.indexOf(fragment, from)
    assert.ok(at >= 0, `${placeOf(block)} did not print ${fragment} but ${printed}${err}`)
    from = at + fragment.length
  }
}
