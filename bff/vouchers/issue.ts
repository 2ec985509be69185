import { z } from 'zod'
import { writeAudit } from '../db/audit.sql.ts'
import { breathe } from '../breathe.ts'
import type { Connection, Trx } from '../db/database.ts'
import { newId } from '../ids.ts'
import type { Faults } from '../http/faults.ts'
import type { Keyring } from '../http/keyring.ts'
import { Problem } from '../http/problem.ts'
import { type Columns, type CsvRecord, csvRows, integerColumn, optional, type Row, textColumn } from '../http/rows.ts'
import { Days, Id, Instant, Text } from '../http/schemas.ts'
import { workspaceExists } from '../http/who.sql.ts'
import { MAX_DAYS } from '../policy.ts'
import { codeFault, newCode, normalizeCode } from '../rules/code.ts'
import { findVouchersByHash, insertVouchers, type StoredVoucher } from './vouchers.sql.ts'

/** Codes that one request issues at most. */
export const ISSUE_LIMIT = 10_000
/** Devices on which one voucher may stand at most. */
const MAX_DEVICES = 100_000

/** What vouchers carry (R15). */
export interface Terms {
  days: number
  maxDevices: number
  models: readonly string[] | null
  workspace: string | null
  notBefore: number | null
  redeemBy: number | null
  batch: string | null
  reference: string | null
  note: string | null
}

const Model = Text.refine((model) => !model.includes('|'), 'a model holds no |')

/** The body that asks for new vouchers. */
export const IssueBody = z.strictObject({
  count: z.int().min(1).max(ISSUE_LIMIT), days: Days, maxDevices: z.int().min(1).max(MAX_DEVICES).optional(),
  models: z.array(Model).min(1).max(100).optional(), workspace: Id.optional(), notBefore: Instant.optional(), redeemBy: Instant.optional(),
  batch: Id.optional(), reference: Text.optional(), note: z.string().max(1_000).optional(),
}).refine((body) => body.notBefore === undefined || body.redeemBy === undefined || body.notBefore < body.redeemBy, { path: ['redeemBy'], message: 'is not after notBefore' })

/** The terms that a body asks for. */
export function termsOf(body: z.output<typeof IssueBody>): Terms {
  return {
    days: body.days, maxDevices: body.maxDevices ?? 1, models: body.models ?? null, workspace: body.workspace ?? null, notBefore: body.notBefore ?? null,
    redeemBy: body.redeemBy ?? null, batch: body.batch ?? null, reference: body.reference ?? null, note: body.note ?? null,
  }
}

/** Who issues, when, and with which secrets. */
export interface IssueContext {
  by: string
  now: number
  keyring: Keyring
}

async function toStored(code: string, terms: Terms & { batch: string }, { by, now, keyring }: IssueContext): Promise<StoredVoucher> {
  return {
    ...terms, id: newId(now), ...(await keyring.hash('voucher', code)), last4: code.slice(-4), createdAt: now, createdBy: by, revokedAt: null,
    revoked: false, used: 0, freed: 0, reuseUntil: null, undone: 0,
  }
}

async function assertWorkspace(connection: Connection, workspace: string | null): Promise<void> {
  if (workspace !== null && !(await workspaceExists(connection, workspace))) throw new Problem('workspace-unknown')
}

/** A voucher and its code, shown this once. */
export interface IssuedVoucher {
  id: string
  code: string
  last4: string
}

/** Issues vouchers of one batch (R14, R15). Only hashes and last signs are stored. Throws `workspace-unknown`. */
export async function issueVouchers(
  trx: Trx, count: number, terms: Terms, context: IssueContext, progress: (done: number) => void = () => {},
): Promise<{ batch: string; items: IssuedVoucher[] }> {
  await assertWorkspace(trx, terms.workspace)
  const batch = terms.batch ?? newId(context.now)
  const items: IssuedVoucher[] = []
  for (let start = 0; start < count; start += 500) {
    const codes = Array.from({ length: Math.min(500, count - start) }, () => newCode((bytes) => { crypto.getRandomValues(bytes) }))
    const vouchers = await Promise.all(codes.map((code) => toStored(code, { ...terms, batch }, context)))
    await insertVouchers(trx, vouchers)
    vouchers.forEach(({ id, last4 }, index) => items.push({ id, code: codes[index] ?? '', last4 }))
    progress(items.length)
    await breathe()
  }
  const { batch: _, ...carried } = terms
  await writeAudit(trx, context.now, {
    who: context.by, workspace: terms.workspace, action: 'vouchers-issued', target: `batch:${batch}`, after: { count, ...carried, ids: items.slice(0, 100).map((item) => item.id) },
  })
  return { batch, items }
}

/** A row of a file of vouchers. */
export interface VoucherRow extends Terms {
  code: string
}

const instantColumn = (text: string): number => {
  const parsed = Instant.safeParse(text)
  if (!parsed.success) throw new Error('is no instant such as 2026-11-21T09:30:00.000Z')
  return parsed.data
}
const idColumn = (text: string): string => {
  if (!Id.safeParse(text).success) throw new Error('is no id: 1 to 64 signs without spaces')
  return text
}

const FAULTS = {
  empty: 'is empty', length: 'has not 10 to 64 signs', signs: 'holds other signs than ASCII letters and digits',
  'lower-case': 'is one of our own codes in small letters', check: 'has the shape of our own codes, but its check signs are wrong',
} as const

const modelsColumn = (text: string): string[] => {
  const models = text.split('|').map((model) => model.trim()).filter((model) => model !== '')
  if (models.length < 1 || models.length > 100) throw new Error('names no model, or more than 100')
  return models.map(textColumn(200))
}

const codeColumn = (text: string): string => {
  const code = normalizeCode(text)
  const fault = codeFault(code)
  if (fault !== null) throw new Error(FAULTS[fault])
  return code
}

/** Columns of a file of vouchers, in and out. */
export const VOUCHER_COLUMNS: Columns<VoucherRow> = {
  code: codeColumn,
  days: integerColumn(1, MAX_DAYS),
  maxDevices: (text) => (text === '' ? 1 : integerColumn(1, MAX_DEVICES)(text)),
  models: optional(modelsColumn),
  workspace: optional(idColumn),
  notBefore: optional(instantColumn),
  redeemBy: optional(instantColumn),
  batch: optional(idColumn),
  reference: optional(textColumn(200)),
  note: optional(textColumn(1_000)),
}

/** Vouchers of a CSV file. */
export async function* vouchersOfCsv(records: AsyncIterable<CsvRecord>, faults: Faults): AsyncGenerator<Row<VoucherRow>> {
  for await (const row of csvRows(records, VOUCHER_COLUMNS, ['code', 'days'], faults)) {
    if (row.notBefore !== null && row.redeemBy !== null && row.notBefore >= row.redeemBy) faults.add(row.line, 'redeemBy', 'is not after notBefore')
    else yield row
  }
}

/** Stores the vouchers of a file, or none of them: throws a RowsError with every row that cannot be. A code that is known
 * with the same terms changes nothing. */
export async function importVouchers(
  trx: Trx, rows: AsyncIterable<Row<VoucherRow>> | Iterable<Row<VoucherRow>>, faults: Faults, context: IssueContext,
  progress: (rows: number) => void = () => {},
): Promise<{ imported: number; unchanged: number }> {
  const batch = newId(context.now)
  const done = { imported: 0, unchanged: 0 }
  const workspaces = new Map<string, boolean>()
  let chunk: Row<VoucherRow>[] = []
  const flush = async (): Promise<void> => {
    for (const { workspace, line } of chunk) {
      if (workspace === null) continue
      if (!workspaces.has(workspace)) workspaces.set(workspace, await workspaceExists(trx, workspace))
      if (workspaces.get(workspace) !== true) faults.add(line, 'workspace', 'does not exist')
    }
    const fresh = await newOnes(trx, chunk, batch, faults, context)
    if (!faults.any) await insertVouchers(trx, fresh)
    done.imported += fresh.length
    done.unchanged += chunk.length - fresh.length
    progress(done.imported + done.unchanged)
    await breathe()
    chunk = []
  }
  for await (const row of rows) {
    chunk.push(row)
    if (chunk.length >= 500) await flush()
  }
  if (chunk.length > 0) await flush()
  faults.throwIfAny()
  if (done.imported > 0) {
    await writeAudit(trx, context.now, { who: context.by, workspace: null, action: 'voucher-imported', target: `batch:${batch}`, after: { count: done.imported } })
  }
  return done
}

/** Those of the rows that are not known yet, by any of the secrets. */
async function newOnes(trx: Trx, rows: readonly Row<VoucherRow>[], batch: string, faults: Faults, context: IssueContext): Promise<StoredVoucher[]> {
  const hashes = await Promise.all(rows.map((row) => context.keyring.hashes('voucher', row.code)))
  const known = await findVouchersByHash(trx, hashes.flat())
  const fresh: StoredVoucher[] = []
  for (const [index, { line, code, ...row }] of rows.entries()) {
    const voucher = (hashes[index] ?? []).map((hash) => known.get(hash)).find((one) => one !== undefined)
    if (voucher === undefined) {
      const stored = await toStored(code, { ...row, batch: row.batch ?? batch }, context)
      known.set(stored.hash, stored)
      fresh.push(stored)
    } else if (!sameTerms(voucher, row)) faults.add(line, 'code', 'is known with other terms')
  }
  return fresh
}

function sameTerms(voucher: StoredVoucher, row: Terms): boolean {
  const termsIn = (terms: Terms): string => JSON.stringify([
    terms.days, terms.maxDevices, terms.models, terms.workspace, terms.notBefore, terms.redeemBy, terms.reference, terms.note,
  ])
  return termsIn(voucher) === termsIn(row) && (row.batch === null || row.batch === voucher.batch)
}
