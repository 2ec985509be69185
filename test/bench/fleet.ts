import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DEFAULT_POLICY } from '../../bff/rules/policy.ts'
import { dayOf, startOfDay, timeOfDay } from '../../bff/rules/calendar.ts'
import { type Database as Store, migrate } from '../../bff/index.ts'
import { openSqlite } from '../../bff/node/index.ts'
import { openRaw } from './world.ts'

const ZONE = 'Europe/Berlin'
const DAY_MS = 86_400_000
const TODAY = dayOf(Date.now(), ZONE)

/** When reminders of today are decided (ms). */
export const NOON = timeOfDay(TODAY, '12:00', ZONE)
/** Ends of licences (ms) that reach a rung today, and those that reach none. */
const DUE_ENDS = DEFAULT_POLICY.reminderDays.map((rung) => startOfDay(TODAY + rung + 1, ZONE))
const OTHER_ENDS = Array.from({ length: 260 }, (_, day) => startOfDay(TODAY + 40 + day, ZONE))

/** Many devices, some of which have a rung to be told today; nothing of today is decided yet. */
export interface Fleet {
  store: Store
  /** Devices that are due. */
  due: number
  /** Takes back what was decided. */
  reset: () => void
  /** The file, for what ours is compared with. */
  file: string
  close: () => Promise<void>
}

const LEDGERS = `
  insert into serials (serial_key, workspace_id, device_id, seen_at) select serial, w, d, $past from fleet;
  insert into devices (workspace_id, id, serial, serial_key, model, name, name_key, search_key, created_at, updated_at)
    select w, d, serial, serial, 'P100', 'Pump ' || d, 'pump ' || d, 'pump ' || d, $past, $past from fleet;
  insert into grants (workspace_id, device_id, seq, id, kind, from_at, to_at, days, at, by, source)
    select w, d, 1, d, 'standard', $past, ends.at, 100, $past, 'bench', 'host' from fleet join ends on ends.k = fleet.k;
  insert into covers (workspace_id, device_id, starts_at, expiring_from, expires_at, kind)
    select w, d, $past, ends.at - 30 * 86400000, ends.at, 'standard' from fleet join ends on ends.k = fleet.k;`

/** Makes workspaces with devices, one of `oneIn` of which is due, each workspace with one address that gets mail. */
export async function makeFleet({ workspaces, devices, oneIn }: { workspaces: number; devices: number; oneIn: number }): Promise<Fleet> {
  const folder = mkdtempSync(join(tmpdir(), 'license-bench-'))
  const file = join(folder, 'license.db')
  const store = openSqlite(file)
  await migrate(store.db)
  seed(file, { workspaces, devices, oneIn })
  const reset = (): void => {
    const raw = openRaw(file)
    raw.exec(`delete from reminders; delete from digests; delete from recipients; update reminder_marks set through_day = ${TODAY - 1}`)
    raw.pragma('wal_checkpoint(truncate)')
    raw.close()
  }
  return { store, file, reset, due: Math.ceil(workspaces * devices / oneIn), close: async () => { await store.close(); rmSync(folder, { recursive: true }) } }
}

function seed(file: string, { workspaces, devices, oneIn }: { workspaces: number; devices: number; oneIn: number }): void {
  const raw = openRaw(file)
  raw.pragma('synchronous = off')
  raw.pragma('foreign_keys = off')
  const past = NOON - 100 * DAY_MS
  const ends = [...DUE_ENDS, ...OTHER_ENDS]
  raw.exec('begin; create temp table ends (k integer primary key, at integer)')
  ends.forEach((at, k) => { raw.prepare('insert into ends values (?, ?)').run(k, at) })
  const numbers = (below: number): string => `with recursive n (i) as (select 0 union all select i + 1 from n where i < ${below - 1})`
  raw.exec(`${numbers(workspaces)} insert into workspaces (id, name, time_zone, contact, notify_emails, created_at, updated_at)
    select printf('w%06d', i), 'Works ' || i, '${ZONE}', '{"sales":{},"support":{}}', '["office' || i || '@works.example"]', ${past}, ${past} from n;
    insert into reminder_marks select id, ${TODAY - 1} from workspaces`)
  raw.exec(`create temp table fleet as ${numbers(workspaces * devices)} select printf('w%06d', i / ${devices}) as w, printf('d%07d', i) as d, printf('SN%07d', i) as serial,
    case when i % ${oneIn} = 0 then (i / ${oneIn}) % ${DUE_ENDS.length} else ${DUE_ENDS.length} + i % ${OTHER_ENDS.length} end as k from n`)
  raw.exec(LEDGERS.replaceAll('$past', String(past)))
  raw.exec('commit')
  raw.pragma('wal_checkpoint(truncate)')
  raw.close()
}

/** The raw limit: one query for what is due, and one for each decision, all in one transaction (ms). Answers how many there were, too. */
export function decideRaw(file: string): { ms: number; decided: number } {
  const raw = openRaw(file)
  const started = performance.now()
  raw.exec('begin immediate')
  const due = raw.prepare<[], { w: string; d: string; end: number }>(`select c.workspace_id as w, c.device_id as d, c.expires_at as end from covers as c
    join devices as d on d.workspace_id = c.workspace_id and d.id = c.device_id where c.expires_at in (${DUE_ENDS.join(', ')}) and d.removed_at is null and d.renewal_planned = 1`).all()
  const insert = raw.prepare('insert into reminders (workspace_id, id, device_id, expires_at, rung, day, decided_at) values (?, ?, ?, ?, 7, ?, ?) on conflict do nothing')
  due.forEach(({ w, d, end }, index) => { insert.run(w, String(index).padStart(32, '0'), d, end, TODAY, NOON) })
  raw.exec('commit')
  const ms = performance.now() - started
  raw.close()
  return { ms, decided: due.length }
}
