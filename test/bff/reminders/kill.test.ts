import assert from 'node:assert/strict'
import { sql } from 'kysely'
import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Database, migrate } from '../../../bff/index.ts'
import { openPostgres, openSqlite } from '../../../bff/node/index.ts'
import { migratedDatabase } from '../../postgres.ts'
import { rounds } from '../../rounds.ts'
import { START } from '../engines.ts'
import type { DecidingSetup } from './deciding.child.ts'
import { devicesFrom, Model, store } from './ladders.ts'
import { MailServer } from '../../mail-server.ts'

const HOUR_MS = 3_600_000
/** Longer than a digest is left to the server that sends it (ms). */
const LEASE_MS = 130_000
/** PostgreSQL takes as long for a part of the devices. */
const FLEETS = { sqlite: { devices: 10_000, workspaces: 20 }, postgres: { devices: 3_000, workspaces: 10 } }
/** Digests that a server sends at once: as many may be repeated after it was killed. */
const AT_ONCE = 8
/** By how much the clock steps (hours), and whether servers are killed then. */
const STEPS: readonly [hours: number, kills: boolean][] = [[24, true], [-3, false], [24 * 8 + 5, true]]

const folder = mkdtempSync(join(tmpdir(), 'license-test-'))
after(() => { rmSync(folder, { recursive: true }) })

const ADDRESSES = { sqlite: async () => join(folder, 'license.db'), postgres: migratedDatabase }

/** A server in a process of its own. */
class Server {
  readonly #setup: DecidingSetup
  #child: ChildProcess | null = null

  constructor(setup: DecidingSetup) {
    this.#setup = setup
  }

  /** Does what is due at an instant; `killAfter`: is killed so many ms later, started again, and told again. */
  async run(at: number, killAfter: number | null = null): Promise<void> {
    if (killAfter !== null) {
      const child = await this.#running()
      child.send(at)
      await sleep(killAfter)
      await this.kill()
    }
    const child = await this.#running()
    child.send(at)
    assert.deepEqual(await Promise.race([once(child, 'message'), once(child, 'exit')]).then(([first]) => first as unknown), at)
  }

  async kill(): Promise<void> {
    if (this.#child?.kill('SIGKILL') === true) await once(this.#child, 'exit')
    this.#child = null
  }

  async #running(): Promise<ChildProcess> {
    if (this.#child !== null) return this.#child
    this.#child = spawn(process.execPath, [join(import.meta.dirname, 'deciding.child.ts'), JSON.stringify(this.#setup)], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
    await once(this.#child, 'message')
    return this.#child
  }
}

for (const [engine, addressOf] of Object.entries(ADDRESSES)) {
  const fleet = FLEETS[engine as keyof typeof FLEETS]
  test(`each of ${fleet.devices} devices is reminded once, by two servers that are killed while the clock jumps, on ${engine}`, async (context) => {
    const address = await addressOf()
    const database: Database = engine === 'postgres' ? openPostgres(address) : openSqlite(address)
    if (engine !== 'postgres') await migrate(database.db)
    const mail = new MailServer()
    await mail.start()
    const made = devicesFrom(START, fleet)
    await store(database, made, START)
    // As its own daemon does a minute after many rows were written.
    if (engine === 'postgres') await sql`analyze`.execute(database.db)
    const model = new Model(made)
    const setup: DecidingSetup = { address, secret: randomBytes(32).toString('base64'), mail: mail.url }
    const servers = [new Server(setup), new Server(setup)]
    context.after(async () => {
      await Promise.all(servers.map(async (server) => server.kill()))
      await mail.stop()
      await database.close()
    })
    const look = async (at: number, kills: boolean): Promise<number> => {
      const moments = servers.map((_, index) => (kills && (index === 0 || Math.random() < 0.5) ? Math.random() * 700 : null))
      await Promise.all(servers.map(async (server, index) => server.run(at, moments[index])))
      return moments.filter((one) => one !== null).length
    }
    let [now, killed] = [START, await look(START, false)]
    model.look(START)
    for (const [hours, kills] of Array.from({ length: rounds(1) }, () => STEPS).flat()) {
      now += hours * HOUR_MS
      model.look(now)
      killed += await look(now, kills)
      await servers[0]?.run(now + LEASE_MS)
    }
    await agree(database, model, mail, killed)
  })
}

/** Holds decisions, digests and messages against the rules. */
async function agree({ db }: Database, model: Model, { taken }: MailServer, killed: number): Promise<void> {
  const decided = await db.selectFrom('reminders').select(['workspace_id', 'device_id', 'rung']).execute()
  assert.deepEqual(decided.map((row) => `${row.workspace_id} ${row.device_id} ${row.rung}`).sort(), [...model.decided].sort())
  const digests = await db.selectFrom('digests').select(['id', 'workspace_id', 'day', 'outcome']).execute()
  assert.deepEqual(digests.map((row) => `${row.workspace_id} ${row.day}`).sort(), [...model.digests].flatMap((one) => [one, one]).sort())
  assert.deepEqual([...new Set(digests.map(({ outcome }) => outcome))], ['sent'])
  const times = new Map<string, string[]>()
  for (const { recipients: to, raw: text } of taken) {
    const id = /^Message-ID: <([0-9a-f]{32})@/im.exec(text)?.[1] ?? ''
    times.set(id, [...times.get(id) ?? [], ...to])
  }
  assert.deepEqual([...times.keys()].sort(), digests.map(({ id }) => id).sort())
  for (const to of times.values()) assert.equal(new Set(to).size, 1)
  assert.ok(Math.max(...[...times.values()].map((to) => to.length)) <= 1 + killed, 'more messages than kills')
  assert.ok(taken.length - times.size <= AT_ONCE * killed, `${taken.length - times.size} repeated after ${killed} kills`)
}
