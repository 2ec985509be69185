import { writeAudit } from '../db/audit.sql.ts'
import type { Trx } from '../db/database.ts'
import { Problem } from '../http/problem.ts'
import type { Ask } from '../http/route.ts'
import { appendGrant, lockLedger, lockWorkspace } from '../ledger/change.sql.ts'
import { saveCovers } from '../ledger/covers.sql.ts'
import { tell } from '../ledger/facts.sql.ts'
import { licenseFact } from '../ledger/facts.ts'
import { takeTrial } from '../ledger/serials.sql.ts'
import { type GrantView, grantView, iso, type LicenseView, licenseView, loadDevice, viewContext } from '../ledger/view.ts'
import { termFrom } from '../rules/license.ts'
import { policyFor } from '../rules/policy.ts'

type Loaded = NonNullable<Awaited<ReturnType<typeof loadDevice>>>

/** Starts the first-device trial (R21, R22). Throws `device-not-found` and `trial-not-eligible` with its reason. */
export async function startTrial(ask: Ask<{ id: string }>, trx: Trx): Promise<{ license: LicenseView; grant: GrantView }> {
  const { workspace, who, now, policy, params: { id } } = ask
  // Looks without a lock first, so that what is refused changes nothing; what is found under the lock decides.
  await eligible(ask, trx)
  if (policy.trialsPerWorkspace !== null) await lockWorkspace(trx, workspace)
  const seq = await lockLedger(trx, workspace, id)
  const { device, ledger, view } = await eligible(ask, trx)
  if (seq === null) throw new Problem('device-not-found')
  if (!(await takeTrial(trx, device.serialKey, now))) throw refusal('already-used', view.license)
  const days = policyFor(policy, device.model).trialDays
  const { from, to } = termFrom(null, days, device.timeZone, now)
  const grant = await appendGrant(trx, device, seq, { kind: 'trial', from, to, days, source: 'trial' }, who.id, now)
  const after = [...ledger, grant]
  await saveCovers(trx, device, after, policy)
  await writeAudit(trx, now, {
    who: who.id, workspace, action: 'trial-started', target: `device:${id}`, after: { grant: grant.id, from: iso(from), to: iso(to) },
  })
  await tell(trx, now, licenseFact('trial.started', { device, ledger: after, grant }, policy, now))
  return { license: licenseView({ ...device, trialUsed: true }, after, await viewContext(trx, ask)), grant: grantView(grant) }
}

async function eligible(ask: Ask<{ id: string }>, trx: Trx): Promise<Loaded> {
  const loaded = await loadDevice(trx, ask, ask.params.id)
  if (loaded === null) throw new Problem('device-not-found')
  const { license } = loaded.view
  if (!license.trial.eligible) throw refusal(license.trial.reason, license)
  return loaded
}

function refusal(reason: string, license: LicenseView): Problem {
  return new Problem('trial-not-eligible', undefined, { reason, remedy: license.actions.find((action) => action !== 'start-trial') ?? 'contact' })
}
