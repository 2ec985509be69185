import { z } from 'zod'
import { writeAudit } from '../db/audit.sql.ts'
import { makeCursor, readCursor } from '../http/cursor.ts'
import { Faults } from '../http/faults.ts'
import { IMPORT_LIMIT, ImportAnswer, rowsOfCsv } from '../http/import.ts'
import { Problem } from '../http/problem.ts'
import { change, created, ok, read, type Route } from '../http/route.ts'
import { Id, PAGE, pageOf, Text } from '../http/schemas.ts'
import { iso } from '../ledger/view.ts'
import { importVouchers, IssueBody, issueVouchers, termsOf, vouchersOfCsv } from './issue.ts'
import { findVoucher, listVouchers, revokeVoucher, type StoredVoucher, usesOf, type VoucherUse } from './vouchers.sql.ts'

const instant = z.iso.datetime()

const VoucherView = z.strictObject({
  id: z.string(), last4: z.string(), days: z.int(), maxDevices: z.int(), models: z.array(z.string()).nullable(), workspace: z.string().nullable(),
  notBefore: instant.nullable(), redeemBy: instant.nullable(), batch: z.string(), reference: z.string().nullable(), note: z.string().nullable(),
  createdAt: instant, createdBy: z.string(), revokedAt: instant.nullable(), used: z.int(), undone: z.int(),
  uses: z.array(z.strictObject({
    workspace: z.string(), deviceId: z.string(), serial: z.string(), at: instant, by: z.string(), undoneAt: instant.nullable(),
  })),
}).meta({ id: 'Voucher' })

function isoOrNull(at: number | null): string | null {
  return at === null ? null : iso(at)
}

/** A voucher as the seller sees it; never its code. */
export function voucherView(voucher: StoredVoucher, uses: readonly VoucherUse[]): z.output<typeof VoucherView> {
  const { id, last4, days, maxDevices, models, workspace, batch, reference, note, createdBy, used, undone } = voucher
  return {
    id, last4, days, maxDevices, models: models === null ? null : [...models], workspace, notBefore: isoOrNull(voucher.notBefore),
    redeemBy: isoOrNull(voucher.redeemBy), batch, reference, note, createdAt: iso(voucher.createdAt), createdBy, revokedAt: isoOrNull(voucher.revokedAt),
    used, undone,
    uses: uses.filter((use) => use.voucherId === id).map((use) => ({
      workspace: use.workspace, deviceId: use.deviceId, serial: use.serial, at: iso(use.at), by: use.by, undoneAt: isoOrNull(use.undoneAt),
    })),
  }
}

/** Vouchers for the seller (R14, R15). */
export const vendorVoucherRoutes: readonly Route[] = [
  change({
    method: 'post', path: '/v1/vendor/vouchers', summary: 'Issue vouchers; the only time that codes are shown', role: 'vendor', body: IssueBody,
    status: 201, problems: ['workspace-unknown', 'already-issued'],
    answer: z.strictObject({ batch: z.string(), items: z.array(z.strictObject({ id: z.string(), code: z.string(), last4: z.string() })) }),
    change: async ({ body, who, now, keyring }, trx) => {
      const issued = await issueVouchers(trx, body.count, termsOf(body), { by: who.id, now, keyring })
      return created(issued, { batch: issued.batch, ids: issued.items.map((item) => item.id) })
    },
  }),
  read({
    method: 'get', path: '/v1/vendor/vouchers', summary: 'Vouchers, newest first, with where and when they were used', role: 'vendor',
    query: z.strictObject({ ...PAGE, batch: Id.optional(), reference: Text.optional(), last4: z.string().length(4).optional() }), answer: pageOf(VoucherView),
    read: async ({ query, keyring, now }, db) => {
      const { batch, reference, last4, limit, cursor } = query
      const scope = ['vouchers', batch, reference, last4]
      const position = cursor === undefined ? null : await readCursor(keyring, scope, cursor, now)
      const found = await listVouchers(db, { batch, reference, last4, before: position === null ? null : String(position.after[0]), limit: limit + 1 })
      const vouchers = found.slice(0, limit)
      const uses = await usesOf(db, vouchers.map((voucher) => voucher.id))
      const last = vouchers.at(-1)
      return {
        items: vouchers.map((voucher) => voucherView(voucher, uses)),
        nextCursor: found.length <= limit || last === undefined ? null : await makeCursor(keyring, scope, { at: now, after: [last.id] }),
      }
    },
  }),
  change({
    method: 'post', path: '/v1/vendor/vouchers/{id}/revoke', summary: 'Revoke a voucher; opened licences stay', role: 'vendor', answer: VoucherView,
    problems: ['voucher-not-found'],
    change: async ({ params, who, now }, trx) => {
      const revoked = await revokeVoucher(trx, params.id, now)
      const voucher = await findVoucher(trx, params.id)
      if (voucher === null) throw new Problem('voucher-not-found')
      if (revoked) {
        await writeAudit(trx, now, {
          who: who.id, workspace: voucher.workspace, action: 'voucher-revoked', target: `voucher:${voucher.id}`, before: { revokedAt: null },
          after: { revokedAt: iso(now) },
        })
      }
      return ok(voucherView(voucher, await usesOf(trx, [voucher.id])))
    },
  }),
  change({
    method: 'post', path: '/v1/vendor/vouchers/import', summary: 'Import vouchers from CSV', role: 'vendor', rows: 'text/csv', limit: IMPORT_LIMIT,
    answer: ImportAnswer,
    before: (ask) => rowsOfCsv(ask, vouchersOfCsv),
    change: async ({ who, now, keyring }, trx, { rows, faults }) => ok(await importVouchers(trx, rows, new Faults(faults), { by: who.id, now, keyring })),
  }),
]
