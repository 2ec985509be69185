import type { Connection, Trx } from '../db/database.ts'
import { prepared, preparedInsert, preparedList } from '../db/prepared.ts'
import type { VouchersTable } from '../db/tables.ts'
import type { Voucher } from '../rules/vouchers.ts'

/** A voucher as the database keeps it; never its code. */
export interface StoredVoucher extends Voucher {
  id: string
  last4: string
  hash: string
  secretId: string
  batch: string
  reference: string | null
  note: string | null
  createdAt: number
  createdBy: string
  revokedAt: number | null
}

function toVoucher(row: VouchersTable): StoredVoucher {
  return {
    id: row.id,
    last4: row.last4,
    hash: row.hash,
    secretId: row.secret_id,
    days: row.days,
    maxDevices: row.max_devices,
    models: row.models === null ? null : JSON.parse(row.models) as string[],
    workspace: row.workspace_id,
    notBefore: row.not_before,
    redeemBy: row.redeem_by,
    batch: row.batch,
    reference: row.reference,
    note: row.note,
    createdAt: row.created_at,
    createdBy: row.created_by,
    revokedAt: row.revoked_at,
    revoked: row.revoked_at !== null,
    used: row.used,
    freed: row.freed,
    reuseUntil: row.reuse_until,
    undone: row.undone,
  }
}

const byHash = prepared<{ hash: string }, VouchersTable>((db, arg) => db.selectFrom('vouchers').selectAll().where('hash', '=', arg('hash')))
const byId = prepared<{ id: string }, VouchersTable>((db, arg) => db.selectFrom('vouchers').selectAll().where('id', '=', arg('id')))

/** The voucher whose code has one of these hashes. */
export async function findVoucherByHash(connection: Connection, hashes: readonly string[]): Promise<StoredVoucher | null> {
  for (const hash of hashes) {
    const row = (await byHash(connection, { hash })).rows[0]
    if (row !== undefined) return toVoucher(row)
  }
  return null
}

/** A voucher by its id. */
export async function findVoucher(connection: Connection, id: string): Promise<StoredVoucher | null> {
  const row = (await byId(connection, { id })).rows[0]
  return row === undefined ? null : toVoucher(row)
}

const byHashes = preparedList<object, VouchersTable>((db, _arg, keys) => db.selectFrom('vouchers').selectAll().where('hash', 'in', keys))

/** Vouchers by hash, for imports. */
export async function findVouchersByHash(connection: Connection, hashes: readonly string[]): Promise<Map<string, StoredVoucher>> {
  return new Map((await byHashes(connection, {}, hashes)).map((row) => [row.hash, toVoucher(row)]))
}

const take = prepared<{ id: string; now: number }, never>((db, arg) =>
  db.updateTable('vouchers').set((row) => ({
    used: row('used', '+', 1),
    // A place that was never used goes first; a freed one where there is none, or where nothing else may be used any more.
    freed: row.case()
      .when(row.and([row('freed', '>', 0), row.or([row(row('used', '+', row.ref('freed')), '>=', row.ref('max_devices')), row('redeem_by', '<=', arg('now'))])]))
      .then(row('freed', '-', 1)).else(row.ref('freed')).end(),
  })).where('id', '=', arg('id')).where('revoked_at', 'is', null).whereRef('used', '<', 'max_devices')
    .where((row) => row.or([
      row('redeem_by', 'is', null), row('redeem_by', '>', arg('now')), row.and([row('freed', '>', 0), row('reuse_until', '>', arg('now'))]),
    ])))

/** Uses a voucher once more, if it may be: the check and the change in one statement, so that racers cannot both win. */
export async function takeVoucher(trx: Trx, id: string, now: number): Promise<boolean> {
  return ((await take(trx, { id, now })).numAffectedRows ?? 0n) > 0n
}

const free = prepared<{ id: string; now: number; reuseUntil: number }, never>((db, arg) =>
  db.updateTable('vouchers').set((row) => ({
    used: row('used', '-', 1), undone: row('undone', '+', 1),
    // What was freed before and is too old by now does not come back with this one, and what is not loses no time by it.
    freed: row.case().when('reuse_until', '>', arg('now')).then(row('freed', '+', 1)).else(1).end(),
    reuse_until: row.case().when('reuse_until', '>', arg('reuseUntil')).then(row.ref('reuse_until')).else(arg('reuseUntil')).end(),
  })).where('id', '=', arg('id')).where('used', '>', 0).whereRef('undone', '<', 'max_devices'))

/** Takes one use back at an instant, if it was not undone too often; it can be used again until another (R20). */
export async function freeVoucher(trx: Trx, id: string, now: number, reuseUntil: number): Promise<boolean> {
  return ((await free(trx, { id, now, reuseUntil })).numAffectedRows ?? 0n) > 0n
}

const insertRows = preparedInsert('vouchers', [
  'id', 'hash', 'secret_id', 'last4', 'days', 'max_devices', 'models', 'workspace_id', 'not_before', 'redeem_by', 'batch', 'reference',
  'note', 'created_at', 'created_by', 'revoked_at', 'used', 'freed', 'reuse_until', 'undone',
])

/** Stores new vouchers. */
export async function insertVouchers(trx: Trx, vouchers: readonly StoredVoucher[]): Promise<void> {
  await insertRows(trx, vouchers.map((voucher) => ({
    id: voucher.id, hash: voucher.hash, secret_id: voucher.secretId, last4: voucher.last4, days: voucher.days,
    max_devices: voucher.maxDevices, models: voucher.models === null ? null : JSON.stringify(voucher.models), workspace_id: voucher.workspace,
    not_before: voucher.notBefore, redeem_by: voucher.redeemBy, batch: voucher.batch, reference: voucher.reference, note: voucher.note,
    created_at: voucher.createdAt, created_by: voucher.createdBy, revoked_at: voucher.revokedAt, used: voucher.used, freed: voucher.freed,
    reuse_until: voucher.reuseUntil, undone: voucher.undone,
  })))
}

/** Revokes a voucher (R15); false if it was revoked already. */
export async function revokeVoucher(trx: Trx, id: string, now: number): Promise<boolean> {
  const result = await trx.updateTable('vouchers').set({ revoked_at: now }).where('id', '=', id).where('revoked_at', 'is', null).executeTakeFirst()
  return result.numUpdatedRows > 0n
}

/** What vouchers are asked for by. */
export interface VoucherQuery {
  batch?: string | undefined
  reference?: string | undefined
  last4?: string | undefined
  workspace?: string | undefined
  /** Only vouchers older than the one with this id. */
  before: string | null
  limit: number
}

/** Vouchers, newest first. */
export async function listVouchers(connection: Connection, query: VoucherQuery): Promise<StoredVoucher[]> {
  let select = connection.selectFrom('vouchers').selectAll().orderBy('id', 'desc').limit(query.limit)
  if (query.batch !== undefined) select = select.where('batch', '=', query.batch)
  if (query.reference !== undefined) select = select.where('reference', '=', query.reference)
  if (query.last4 !== undefined) select = select.where('last4', '=', query.last4)
  if (query.workspace !== undefined) select = select.where('workspace_id', '=', query.workspace)
  if (query.before !== null) select = select.where('id', '<', query.before)
  return (await select.execute()).map(toVoucher)
}

/** Where and when a voucher was used (R15). */
export interface VoucherUse {
  voucherId: string
  workspace: string
  deviceId: string
  serial: string
  at: number
  by: string
  undoneAt: number | null
}

/** Uses of vouchers, also undone ones, in order of time. */
export async function usesOf(connection: Connection, vouchers: readonly string[]): Promise<VoucherUse[]> {
  if (vouchers.length === 0) return []
  const rows = await connection.selectFrom('grants as g')
    .innerJoin('devices as d', (join) => join.onRef('d.workspace_id', '=', 'g.workspace_id').onRef('d.id', '=', 'g.device_id'))
    .select(['g.voucher_id', 'g.workspace_id', 'g.device_id', 'd.serial', 'g.at', 'g.by', 'g.undone_at'])
    .where('g.voucher_id', 'in', vouchers).orderBy('g.at').orderBy('g.id').execute()
  return rows.map((row) => ({
    voucherId: row.voucher_id ?? '', workspace: row.workspace_id, deviceId: row.device_id, serial: row.serial, at: row.at, by: row.by,
    undoneAt: row.undone_at,
  }))
}
