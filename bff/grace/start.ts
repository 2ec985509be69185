import { breathe } from '../breathe.ts'
import { writeAudit } from '../db/audit.sql.ts'
import type { Trx } from '../db/database.ts'
import { Problem } from '../http/problem.ts'
import type { Ask } from '../http/route.ts'
import { appendGrants, lockLedgers, type NewGrant } from '../ledger/change.sql.ts'
import { saveManyCovers } from '../ledger/covers.sql.ts'
import { tell } from '../ledger/facts.sql.ts'
import { licenseFact } from '../ledger/facts.ts'
import { takeGrace } from '../ledger/serials.sql.ts'
import { type Device, findDevices, type LedgerGrant, ledgersOf } from '../ledger/ledger.sql.ts'
import { graceFor, type GrantView, grantView, iso, type LicenseView, licenseView, viewContext, type ViewContext } from '../ledger/view.ts'
import { coverNow, termFrom } from '../rules/license.ts'
import type { GraceReason } from '../rules/lists.ts'
import { policyFor } from '../rules/policy.ts'
import { legacyDeviceIds } from './grace.sql.ts'

/** Devices that are started at once. */
const CHUNK = 500

/** What became of one device. */
export interface GraceItem {
  deviceId: string
  outcome: 'started' | Exclude<GraceReason, 'eligible'>
  license?: LicenseView
}

/** A device whose grace was started. */
interface Started {
  device: Device
  license: LicenseView
  grant: LedgerGrant
}

/** Starts the grace of one device (R24, R25). Throws `device-not-found` and `grace-not-eligible` with its reason. */
export async function startGrace(ask: Ask<{ id: string }>, trx: Trx): Promise<{ license: LicenseView; grant: GrantView }> {
  const { started, refused } = await start(ask, trx, [ask.params.id])
  const [one] = started
  if (one !== undefined) return { license: one.license, grant: grantView(one.grant) }
  const refusal = refused.get(ask.params.id)
  if (refusal === undefined) throw new Problem('device-not-found')
  const { reason, device, ledger } = refusal
  const license = licenseView(device, ledger, await viewContext(trx, ask))
  const away = reason === 'claimed-by-other' || reason === 'in-several-workspaces' || reason === 'in-several-sites'
  throw new Problem('grace-not-eligible', undefined, { reason, remedy: away ? 'contact' : license.actions[0] ?? 'contact' })
}

/** Starts the grace of every eligible device of the workspace, or of those that are named, all at once (R25). Throws
 * `device-not-found` where one that is named is none. */
export async function startAllGrace(
  ask: Ask<unknown, unknown, { deviceIds?: readonly string[] | undefined }>, trx: Trx,
): Promise<{ started: number; items: GraceItem[] }> {
  const named = ask.body.deviceIds
  const ids = named === undefined ? await legacyDeviceIds(trx, ask.workspace) : [...new Set(named)].sort()
  const { started, refused } = await start(ask, trx, ids)
  if (named !== undefined && started.length + refused.size < ids.length) throw new Problem('device-not-found')
  const byId = new Map(started.map((one) => [one.device.id, one]))
  return {
    started: started.length,
    items: ids.flatMap((deviceId): GraceItem[] => {
      const license = byId.get(deviceId)?.license
      if (license !== undefined) return [{ deviceId, outcome: 'started', license }]
      const refusal = refused.get(deviceId)
      return refusal === undefined ? [] : [{ deviceId, outcome: refusal.reason }]
    }),
  }
}

type Refusals = Map<string, Looked & { reason: Exclude<GraceReason, 'eligible'> }>

async function start(ask: Ask, trx: Trx, ids: readonly string[]): Promise<{ started: Started[]; refused: Refusals }> {
  const context = await viewContext(trx, ask)
  const started: Started[] = []
  const refused: Refusals = new Map()
  for (let first = 0; first < ids.length; first += CHUNK) {
    started.push(...await startSome(ask, trx, ids.slice(first, first + CHUNK), context, refused))
    if (ids.length > CHUNK) await breathe()
  }
  return { started, refused }
}

/** Looks without a lock first, so that what is refused changes nothing; what is found under the lock decides. */
async function startSome(ask: Ask, trx: Trx, ids: readonly string[], context: ViewContext, refused: Refusals): Promise<Started[]> {
  const { workspace } = ask
  const hopeful = (await eligibleOf(trx, ask, ids, refused)).map(({ device }) => device.id)
  if (hopeful.length === 0) return []
  const seqs = await lockLedgers(trx, workspace, hopeful)
  const eligible = await eligibleOf(trx, ask, hopeful, refused)
  const taken = await takeGrace(trx, eligible.map(({ device }) => device.serialKey), ask.now)
  const won = eligible.filter((one) => {
    const has = taken.has(one.device.serialKey)
    if (!has) refused.set(one.device.id, { ...one, reason: 'already-used' })
    return has
  })
  return append(ask, trx, won, seqs, context)
}

interface Looked {
  device: Device
  ledger: LedgerGrant[]
}

/** Those of some devices that are eligible; the others are put among the refused. */
async function eligibleOf(trx: Trx, { workspace, policy, now }: Ask, ids: readonly string[], refused: Refusals): Promise<Looked[]> {
  const devices = new Map((await findDevices(trx, workspace, ids)).map((device) => [device.id, device]))
  const ledgers = await ledgersOf(trx, workspace, ids)
  return ids.flatMap((id) => {
    const device = devices.get(id)
    if (device === undefined) return []
    const ledger = ledgers.get(id) ?? []
    const reason = graceFor(device, coverNow(ledger, now) !== null, policy, now)
    if (reason === 'eligible') return [{ device, ledger }]
    refused.set(id, { device, ledger, reason })
    return []
  })
}

async function append(ask: Ask, trx: Trx, won: readonly Looked[], seqs: ReadonlyMap<string, number>, context: ViewContext): Promise<Started[]> {
  const { workspace, who, now, policy } = ask
  const grants = await appendGrants(trx, won.map(({ device }) => ({ device, seq: seqs.get(device.id) ?? 0, grant: graceOf(device, ask) })), who.id, now)
  const after = won.map(({ device, ledger }, index) => ({ device, ledger: [...ledger, ...grants.slice(index, index + 1)] }))
  await saveManyCovers(trx, workspace, after, policy)
  await writeAudit(trx, now, ...grants.map((grant, index) => ({
    who: who.id, workspace, action: 'grace-started' as const, target: `device:${won[index]?.device.id ?? ''}`,
    after: { grant: grant.id, from: iso(grant.from), to: iso(grant.to) },
  })))
  await tell(trx, now, ...after.map((one, index) => licenseFact('grace.started', { ...one, grant: grants[index] }, policy, now)))
  return grants.flatMap((grant, index) => {
    const one = after[index]
    const used = one === undefined ? null : { ...one.device, graceUsed: true }
    return one === undefined || used === null ? [] : [{ device: used, grant, license: licenseView(used, one.ledger, context) }]
  })
}

function graceOf(device: Device, { now, policy }: Ask): NewGrant {
  const days = policyFor(policy, device.model).graceDays
  const { from, to } = termFrom(null, days, device.timeZone, now)
  return { kind: 'grace', from, to, days, source: 'grace' }
}
