import { breathe } from '../breathe.ts'
import { type AuditEntry, writeAudit } from '../db/audit.sql.ts'
import type { Trx } from '../db/database.ts'
import type { Faults } from '../http/faults.ts'
import { type Columns, type CsvRecord, csvRows, type Row, textColumn } from '../http/rows.ts'
import { appendGrant, lockLedger } from '../ledger/change.sql.ts'
import { saveCovers } from '../ledger/covers.sql.ts'
import { type Fact, tell } from '../ledger/facts.sql.ts'
import { licenseFact } from '../ledger/facts.ts'
import { findDeviceWithLedger, type LedgerGrant } from '../ledger/ledger.sql.ts'
import { iso } from '../ledger/view.ts'
import { formatDay, LAST_DAY, parseDay, startOfDay } from '../rules/calendar.ts'
import { coverNow, coversOf } from '../rules/license.ts'
import { type Kind, KINDS } from '../rules/lists.ts'
import type { Policy } from '../rules/policy.ts'
import { normalSerial } from '../rules/serial.ts'
import { devicesBySerial, importedGrants, markUsed } from './grants.sql.ts'

/** A licence that was sold before (R33). Days in days since 1970-01-01. */
export interface GrantRow {
  workspace: string
  serial: string
  kind: Kind
  firstDay: number
  lastDay: number
  reference: string
}

/** The instants of this day have years of four digits in every zone, as those of the last one have. */
const FIRST = '0001-01-01'

const dayColumn = (text: string): number => {
  const day = parseDay(text)
  if (day === null) throw new Error('is no date such as 2026-11-21')
  if (text < FIRST || day > LAST_DAY) throw new Error(`is not from ${FIRST} to ${formatDay(LAST_DAY)}`)
  return day
}

const COLUMNS: Columns<GrantRow> = {
  workspace: textColumn(64),
  serial: textColumn(200),
  kind: (text) => {
    const kind = KINDS.find((one) => one === text)
    if (kind === undefined) throw new Error(`is none of ${KINDS.join(', ')}`)
    return kind
  },
  firstDay: dayColumn,
  lastDay: dayColumn,
  reference: textColumn(200),
}

/** Grants of a CSV file with the columns `workspace, serial, kind, firstDay, lastDay, reference`. */
export async function* grantsOfCsv(records: AsyncIterable<CsvRecord>, faults: Faults): AsyncGenerator<Row<GrantRow>> {
  for await (const row of csvRows(records, COLUMNS, ['workspace', 'serial', 'kind', 'firstDay', 'lastDay', 'reference'], faults)) {
    if (row.lastDay < row.firstDay) faults.add(row.line, 'lastDay', 'is before firstDay')
    else yield row
  }
}

/** Who imports, when, and by which policy. */
export interface GrantImportContext {
  by: string
  now: number
  policy: Policy
}

interface Target {
  id: string
  workspace: string
  model: string
  timeZone: string
  serialKey: string
}

interface Planned {
  row: Row<GrantRow>
  from: number
  to: number
}

/** Facts that are told at once. */
const FACTS = 500

/** Brings in the licences of a file, or none of them: throws a RowsError with every row that cannot be (R33). A reference
 * that was imported before changes nothing. */
export async function importGrants(
  trx: Trx, rows: readonly Row<GrantRow>[], faults: Faults, context: GrantImportContext, progress: (rows: number) => void = () => {},
): Promise<{ imported: number; unchanged: number }> {
  const targets = await findTargets(trx, rows, faults)
  const plans = await planRows(trx, rows, targets, faults)
  faults.throwIfAny()
  let imported = 0
  const facts: Fact[] = []
  for (const [target, planned] of plans.sort(([a], [b]) => order(a, b))) {
    facts.push(...await importOn(trx, target, planned, faults, context))
    if (facts.length >= FACTS) await tell(trx, context.now, ...facts.splice(0))
    imported += planned.length
    progress(imported)
    if (imported % 500 === 0) await breathe()
  }
  faults.throwIfAny()
  await tell(trx, context.now, ...facts)
  return { imported, unchanged: rows.length - imported }
}

function order(a: Target, b: Target): number {
  return a.workspace === b.workspace ? (a.id < b.id ? -1 : 1) : a.workspace < b.workspace ? -1 : 1
}

async function findTargets(trx: Trx, rows: readonly Row<GrantRow>[], faults: Faults): Promise<Map<Row<GrantRow>, Target>> {
  const targets = new Map<Row<GrantRow>, Target>()
  for (const [workspace, own] of Map.groupBy(rows, (row) => row.workspace)) {
    const devices = await devicesBySerial(trx, workspace, [...new Set(own.map((row) => normalSerial(row.serial)))])
    const bySerial = new Map([...devices].map(([serialKey, device]) => [serialKey, { ...device, workspace, serialKey }]))
    for (const row of own) {
      const target = bySerial.get(normalSerial(row.serial))
      if (target === undefined) faults.add(row.line, 'serial', 'is no device of this workspace')
      else targets.set(row, target)
    }
  }
  return targets
}

/** The rows that are new, by device. */
async function planRows(
  trx: Trx, rows: readonly Row<GrantRow>[], targets: ReadonlyMap<Row<GrantRow>, Target>, faults: Faults,
): Promise<[Target, Planned[]][]> {
  const known = await importedGrants(trx, [...new Set(rows.map((row) => row.reference))])
  const plans = new Map<Target, Planned[]>()
  for (const row of rows) {
    const target = targets.get(row)
    if (target === undefined) continue
    const from = startOfDay(row.firstDay, target.timeZone)
    const to = startOfDay(row.lastDay + 1, target.timeZone)
    const before = known.get(row.reference)
    if (before === undefined) {
      known.set(row.reference, { reference: row.reference, workspace_id: target.workspace, device_id: target.id, kind: row.kind, from_at: from, to_at: to })
      plans.set(target, [...(plans.get(target) ?? []), { row, from, to }])
    } else if (before.workspace_id !== target.workspace || before.device_id !== target.id) {
      faults.add(row.line, 'reference', 'stands for another device already; give every device a reference of its own')
    }
  }
  return [...plans]
}

async function importOn(trx: Trx, target: Target, planned: readonly Planned[], faults: Faults, { by, now, policy }: GrantImportContext): Promise<Fact[]> {
  const seq = await lockLedger(trx, target.workspace, target.id)
  // Model and zone may have changed since the target was found; under the lock they stay.
  const locked = seq === null ? null : await findDeviceWithLedger(trx, target.workspace, target.id)
  if (seq === null || locked === null) {
    for (const { row } of planned) faults.add(row.line, 'serial', 'is no device of this workspace')
    return []
  }
  const { device, ledger } = locked
  const together = [...ledger, ...planned.map(({ row, from, to }) => ({ kind: row.kind, from, to, undone: false }))]
  const current = coversOf(together).find((cover) => cover.from <= now && now < cover.to)
  for (const { row, from } of planned) {
    if (from > now && (current === undefined || from > current.to)) {
      faults.add(row.line, 'firstDay', 'is in the future and does not touch a licence that holds now')
    }
  }
  if (faults.any) return []
  const added: LedgerGrant[] = []
  const audit: AuditEntry[] = []
  for (const [index, { row, from, to }] of planned.entries()) {
    // Every grant has a revision of its own, which is its place in the ledger.
    const place = index === 0 ? seq : await lockLedger(trx, target.workspace, target.id)
    const grant = await appendGrant(trx, target, place ?? seq, {
      kind: row.kind, from, to, days: row.lastDay - row.firstDay, source: 'import', reference: row.reference,
    }, by, now)
    added.push(grant)
    await markUsed(trx, row.kind, target.serialKey, now)
    audit.push({
      who: by, workspace: target.workspace, action: 'grant-imported', target: `device:${target.id}`,
      after: { grant: grant.id, kind: row.kind, from: iso(from), to: iso(to), lastDay: formatDay(row.lastDay) },
    })
  }
  const after = [...ledger, ...added]
  await saveCovers(trx, device, after, policy)
  await writeAudit(trx, now, ...audit)
  const type = changeOf(ledger, after, now)
  return type === null ? [] : [licenseFact(type, { device, ledger: after, grant: added.at(-1) }, policy, now)]
}

/** What an import did to the licence that holds now; null if nothing. */
function changeOf(before: readonly LedgerGrant[], after: readonly LedgerGrant[], now: number): 'license.activated' | 'license.renewed' | null {
  const [was, is] = [coverNow(before, now), coverNow(after, now)]
  if (is === null || is.to === was?.to) return null
  return was === null ? 'license.activated' : 'license.renewed'
}
