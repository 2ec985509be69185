import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface, type Interface } from 'node:readline'
import { after, before, suite } from 'node:test'
import { Keyring, migrate } from '../../../bff/index.ts'
import { openPostgres, openSqlite } from '../../../bff/node/index.ts'
import { migratedDatabase } from '../../postgres.ts'
import { World } from '../engines.ts'
import { type Came, type RacerSetup, type Redemption, send, UNLIMITED } from './racer.ts'

/** A database that several processes share. */
export class Arena {
  readonly world: World
  readonly address: string
  readonly #secret: Buffer

  private constructor(world: World, address: string, secret: Buffer) {
    this.world = world
    this.address = address
    this.#secret = secret
  }

  static async open(address: string): Promise<Arena> {
    const database = address.startsWith('postgres') ? openPostgres(address) : openSqlite(address)
    await migrate(database.db)
    const secret = randomBytes(32)
    return new Arena(new World(database, UNLIMITED, { keyring: new Keyring([secret]) }), address, secret)
  }

  /** Sends requests all at once to the server of this process. */
  race(asks: readonly Redemption[]): Promise<Came[]> {
    return Promise.all(asks.map((ask) => send(this.world.bff.fetch, ask)))
  }

  /** Starts another process on the same database. */
  racer(): Promise<Racer> {
    return Racer.start({ address: this.address, secret: this.#secret.toString('base64'), now: this.world.now })
  }
}

/** Another server process. */
export class Racer {
  readonly #child: ChildProcess
  readonly #gone: Promise<unknown>
  readonly lines: Interface

  private constructor(child: ChildProcess, lines: Interface) {
    this.#child = child
    this.#gone = Promise.all([once(child, 'exit'), once(lines, 'close')])
    this.lines = lines
  }

  static async start(setup: RacerSetup): Promise<Racer> {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'racer.ts'), JSON.stringify(setup)], { stdio: ['pipe', 'pipe', 'inherit'] })
    const racer = new Racer(child, createInterface(child.stdout))
    await racer.#next()
    return racer
  }

  async #next(): Promise<unknown> {
    const ended = this.#gone.then(() => { throw new Error('a racer ended before it answered') })
    const [line] = await Promise.race([once(this.lines, 'line'), ended]) as [string]
    return JSON.parse(line)
  }

  say(value: object): void {
    this.#child.stdin?.write(`${JSON.stringify(value)}\n`)
  }

  /** Sends requests all at once from that process. */
  async race(all: readonly Redemption[]): Promise<Came[]> {
    this.say({ all })
    return await this.#next() as Came[]
  }

  /** Ends it, by a kill that nobody can catch or as it would end by itself; what it printed has been read then. */
  async end({ kill }: { kill: boolean }): Promise<void> {
    if (kill) this.#child.kill('SIGKILL')
    else this.#child.stdin?.end()
    await this.#gone
  }
}

/** How often each verdict came. */
export function tally(came: readonly Came[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { status, said } of came) counts[`${status} ${said}`] = (counts[`${status} ${said}`] ?? 0) + 1
  return counts
}

type SharedEngine = 'sqlite' | 'postgres'

/** Runs a suite on each engine that processes can share, or on those that are named. */
export function onSharedEngines(
  title: string, define: (arena: () => Arena, engine: SharedEngine) => void, engines: readonly SharedEngine[] = ['sqlite', 'postgres'],
): void {
  for (const engine of engines) {
    suite(`${title}, on ${engine}`, () => {
      let [arena, folder]: [Arena | null, string | null] = [null, null]
      before(async () => {
        folder = mkdtempSync(join(tmpdir(), 'license-race-'))
        arena = await Arena.open(engine === 'sqlite' ? join(folder, 'license.db') : await migratedDatabase())
      })
      after(async () => {
        await arena?.world.database.close()
        if (folder !== null) rmSync(folder, { recursive: true })
      })
      define(() => {
        if (arena === null) throw new Error('the suite has not begun')
        return arena
      }, engine)
    })
  }
}
