import { writeAudit } from '../db/audit.sql.ts'
import type { Trx } from '../db/database.ts'
import { Problem } from '../http/problem.ts'
import type { Ask } from '../http/route.ts'
import { lockLedger, undoGrant } from '../ledger/change.sql.ts'
import { saveCovers } from '../ledger/covers.sql.ts'
import { tell } from '../ledger/facts.sql.ts'
import { licenseFact } from '../ledger/facts.ts'
import { findDeviceWithLedger } from '../ledger/ledger.sql.ts'
import { type GrantView, grantView, iso, judge, type LicenseView, licenseView, viewContext } from '../ledger/view.ts'
import { policyFor } from '../rules/policy.ts'
import { latestGrant, undoUntil } from '../rules/vouchers.ts'
import { freeVoucher } from './vouchers.sql.ts'

/** Takes the latest voucher's grant back (R20). Throws `device-not-found` and `undo-not-possible` with its reason. */
export async function undo(ask: Ask<{ id: string }>, trx: Trx): Promise<{ license: LicenseView; grant: GrantView }> {
  const { workspace, who, now, policy } = ask
  const seq = await lockLedger(trx, workspace, ask.params.id)
  const found = seq === null ? null : await findDeviceWithLedger(trx, workspace, ask.params.id)
  if (found === null) throw new Problem('device-not-found')
  const { device, ledger } = found
  const grant = latestGrant(ledger)
  const { undo: reason } = judge(device, ledger, policy, now)
  if (reason !== 'possible' || grant?.voucherId == null) throw new Problem('undo-not-possible', undefined, { reason, remedy: 'contact' })
  const reuseUntil = undoUntil(now, policyFor(policy, device.model).undoDays, device.timeZone)
  if (!(await freeVoucher(trx, grant.voucherId, now, reuseUntil))) throw new Problem('undo-not-possible', undefined, { reason: 'undone-too-often', remedy: 'contact' })
  await undoGrant(trx, grant.id, who.id, now)
  const undone = { ...grant, undone: true, undoneAt: now, undoneBy: who.id }
  const after = ledger.map((one) => (one.id === grant.id ? undone : one))
  await saveCovers(trx, device, after, policy)
  await writeAudit(trx, now, {
    who: who.id, workspace, action: 'grant-undone', target: `device:${device.id}`,
    before: { grant: grant.id, from: iso(grant.from), to: iso(grant.to) }, after: { grant: grant.id, voucher: grant.voucherId, undoneAt: iso(now) },
  })
  await tell(trx, now, licenseFact('license.undone', { device, ledger: after, grant: undone }, policy, now))
  return { license: licenseView(device, after, await viewContext(trx, ask)), grant: grantView(undone) }
}
