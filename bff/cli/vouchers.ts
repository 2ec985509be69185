import { writeAudit } from '../db/audit.sql.ts'
import { inTransaction } from '../db/transaction.ts'
import type { Connection, Trx } from '../db/database.ts'
import { iso } from '../ledger/view.ts'
import { voucherView } from '../vouchers/vendor.routes.ts'
import { findVoucher, listVouchers, revokeVoucher, type StoredVoucher, usesOf, type VoucherQuery } from '../vouchers/vouchers.sql.ts'
import { type Context, WHO } from './context.ts'
import { Failure, UsageFailure } from './failure.ts'
import { withStore } from './store.ts'

/** Flags of `vouchers list`. */
export interface VoucherFlags {
  batch?: string
  reference?: string
  last4?: string
  workspace?: string
}

const PAGE = 500

/** Vouchers page by page, newest first. */
async function* pages(connection: Connection, query: Omit<VoucherQuery, 'before' | 'limit'>): AsyncGenerator<StoredVoucher[]> {
  for (let before: string | null = null; ;) {
    const page = await listVouchers(connection, { ...query, before, limit: PAGE })
    if (page.length > 0) yield page
    before = page.at(-1)?.id ?? null
    if (page.length < PAGE || before === null) return
  }
}

/** `license-bff vouchers list`: where and when each was used, never the code. */
export async function printVouchers(context: Context, { batch, reference, last4, workspace }: VoucherFlags): Promise<void> {
  // Not repeated in the line that refuses it: it may be a whole code.
  if (last4 !== undefined && !/^[A-Za-z0-9]{4}$/.test(last4)) throw new UsageFailure('--last4 takes the last four letters and digits of a code')
  const items = await withStore(context, 'read', async ({ database: { db } }) => {
    const views = []
    for await (const page of pages(db, { batch, reference, last4, workspace })) {
      const uses = Map.groupBy(await usesOf(db, page.map((voucher) => voucher.id)), (use) => use.voucherId)
      views.push(...page.map((voucher) => voucherView(voucher, uses.get(voucher.id) ?? [])))
    }
    return views
  })
  context.out.list(items, [
    ['ID', (one) => one.id], ['ENDS', (one) => one.last4], ['DAYS', (one) => one.days], ['USED', (one) => `${one.used}/${one.maxDevices}`],
    ['WORKSPACE', (one) => one.workspace], ['BATCH', (one) => one.batch], ['REFERENCE', (one) => one.reference], ['REVOKED', (one) => one.revokedAt],
    ['ON', (one) => one.uses.filter((use) => use.undoneAt === null).map((use) => `${use.workspace}/${use.deviceId}`).join(' ') || null],
  ], 'there are no such vouchers')
}

/** `license-bff vouchers revoke`: those of the ids, or all of a batch; all or none. */
export async function revoke(context: Context, ids: readonly string[], { batch }: { batch?: string }): Promise<void> {
  if ((ids.length === 0) === (batch === undefined)) throw new UsageFailure('vouchers revoke needs either ids or --batch')
  const now = Date.now()
  const revoked = await withStore(context, 'write', ({ database }) => inTransaction(database, async (trx) => {
    let count = 0
    for (const voucher of await chosen(trx, ids, batch)) {
      if (!(await revokeVoucher(trx, voucher.id, now))) continue
      count += 1
      await writeAudit(trx, now, {
        who: WHO, workspace: voucher.workspace, action: 'voucher-revoked', target: `voucher:${voucher.id}`, before: { revokedAt: null },
        after: { revokedAt: iso(now) },
      })
    }
    return count
  }))
  context.out.result({ revoked }, `revoked ${revoked === 1 ? '1 voucher' : `${revoked} vouchers`}`)
}

async function chosen(trx: Trx, ids: readonly string[], batch: string | undefined): Promise<StoredVoucher[]> {
  const vouchers: StoredVoucher[] = []
  if (batch !== undefined) for await (const page of pages(trx, { batch })) vouchers.push(...page)
  if (batch !== undefined && vouchers.length === 0) throw new Failure(`there is no batch ${batch}; vouchers list shows them`)
  for (const id of ids) {
    const voucher = await findVoucher(trx, id)
    if (voucher === null) throw new Failure(`there is no voucher ${id}; vouchers list shows their ids`)
    vouchers.push(voucher)
  }
  return vouchers
}
