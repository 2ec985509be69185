import type initSqlJs from 'sql.js'
import { type Database, migrate, openSqlJs } from '../../bff/index.ts'

declare global {
  interface Window {
    /** SQLite in WebAssembly; sql.js is a classic script, which the page loads. */
    initSqlJs: typeof initSqlJs
  }
}

type SqlJs = Awaited<ReturnType<typeof initSqlJs>>

const SCRIPT = 'sql-wasm-browser.js'

/** SQLite and the bytes of an empty, migrated database: made once a page. */
let start: Promise<{ sqlJs: SqlJs; migrated: Uint8Array }> | null = null

async function startSqlite(): Promise<{ sqlJs: SqlJs; migrated: Uint8Array }> {
  const script = [...document.scripts].find(({ src }) => src.endsWith(SCRIPT))
  if (script === undefined) throw new Error(`the page has no <script src="…/${SCRIPT}">`)
  // The WebAssembly lies beside the script, wherever that is.
  const sqlJs = await window.initSqlJs({ locateFile: (file) => new URL(file, script.src).href })
  const first = new sqlJs.Database()
  await migrate(openSqlJs(first).db)
  const migrated = first.export()
  first.close()
  return { sqlJs, migrated }
}

/** Opens a database in memory: a copy of `bytes`, or an empty, migrated one. Its own bytes are told on demand. */
export async function openDatabase(bytes?: Uint8Array): Promise<{ database: Database; bytes: () => Uint8Array }> {
  const { sqlJs, migrated } = await (start ??= startSqlite())
  const opened = new sqlJs.Database(bytes ?? migrated)
  return { database: openSqlJs(opened), bytes: () => opened.export() }
}
