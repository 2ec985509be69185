import Database from 'better-sqlite3'
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { newId } from '../../bff/ids.ts'
import { type Database as Store, Keyring, migrate, policyOf } from '../../bff/index.ts'
import { importDevices } from '../../bff/devices/import.ts'
import { importGrants } from '../../bff/grants/import.ts'
import { inTransaction } from '../../bff/db/transaction.ts'
import { Faults } from '../../bff/http/faults.ts'
import { insertKey } from '../../bff/http/who.sql.ts'
import { newApiKey } from '../../bff/http/who.ts'
import { openSqlite } from '../../bff/node/index.ts'
import { putWorkspace } from '../../bff/workspaces/workspaces.routes.ts'

/** The secret of every bench. */
export const SECRET = Buffer.alloc(32, 7)

/** What a bench measures on: a SQLite file with a workspace and a key of a member. */
export interface BenchWorld {
  file: string
  key: string
  keyring: Keyring
  store: Store
  close: () => Promise<void>
}

/** Who and when, for the functions that change something. */
export function context(): { by: string; now: number; policy: ReturnType<typeof policyOf> } {
  return { by: 'bench', now: Date.now(), policy: policyOf() }
}

/** A fresh database with as many devices as told, each with a licence of a year if `licensed`. */
export async function makeWorld(devices: number, licensed: boolean): Promise<BenchWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'license-bench-'))
  const file = join(folder, 'license.db')
  const store = openSqlite(file)
  const keyring = new Keyring([SECRET])
  await migrate(store.db)
  const key = newApiKey()
  await inTransaction(store, async (trx) => {
    await putWorkspace(trx, { id: 'acme', name: 'Acme', timeZone: 'Europe/Berlin' }, context())
    const { hash, secretId } = await keyring.hash('key', key)
    await insertKey(trx, { id: newId(0), hash, secret_id: secretId, role: 'member', workspace_id: 'acme', name: null, created_at: 0, revoked_at: null })
    const rows = Array.from({ length: devices }, (_, line) => ({
      workspace: 'acme', id: `device-${line}`, serial: `SN-${line}`, model: 'P100', name: `Pump ${line}`, siteId: null, line,
    }))
    await importDevices(trx, rows, new Faults(), context())
  })
  if (licensed) {
    const today = Math.floor(Date.now() / 86_400_000)
    const rows = Array.from({ length: devices }, (_, line) => ({
      workspace: 'acme', serial: `SN-${line}`, kind: 'standard' as const, firstDay: today - 10, lastDay: today + 10 + (line % 360), reference: `R-${line}`, line,
    }))
    await inTransaction(store, (trx) => importGrants(trx, rows, new Faults(), context()))
  }
  return { file, key, keyring, store, close: async () => { await store.close(); rmSync(folder, { recursive: true }) } }
}

/** A child program of this folder that prints its port once it listens. */
export async function startChild(program: string, args: readonly string[]): Promise<{ port: number; stop: () => Promise<void> }> {
  const child = spawn(process.execPath, [fileURLToPath(new URL(program, import.meta.url)), ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  const exited = new Promise<void>((resolve) => { child.once('exit', () => { resolve() }) })
  const port = await new Promise<number>((resolve, reject) => {
    child.stdout.once('data', (data: Buffer) => { resolve(Number(data.toString())) })
    child.once('exit', (code) => { reject(new Error(`${program} ended with ${code}`)) })
  })
  return { port, stop: async () => { child.kill('SIGTERM'); await exited } }
}

/** A raw connection to a file, for what ours is compared with. */
export function openRaw(file: string): Database.Database {
  const db = new Database(file)
  db.pragma('journal_mode = wal')
  db.pragma('synchronous = full')
  return db
}

/** The middle value. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

/** The program, from source. */
export const PROGRAM = fileURLToPath(new URL('../../bff/cli/main.ts', import.meta.url))

/** Runs the program to its end; rejects where it fails. */
export async function runProgram(...args: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, [PROGRAM, ...args], { stdio: ['ignore', 'ignore', 'inherit'] })
  const code = await new Promise<number | null>((resolve) => { child.once('exit', resolve) })
  if (code !== 0) throw new Error(`license-bff ${args.join(' ')} ended with ${code}`)
}
