import type { Database } from '../db/database.ts'
import { Problem } from '../http/problem.ts'
import type { Decided } from '../http/route.ts'
import { iso } from '../ledger/view.ts'
import { type BffPolicy, isReportOnly, whenDownOf } from '../policy.ts'
import type { DecisionSource } from '../rules/lists.ts'
import { allFeatures, type Feature, policyFor } from '../rules/policy.ts'
import { type Ruling, ruleAt, type Span, timelineOf } from '../rules/timeline.ts'
import { holds } from '../rules/view.ts'
import { devicesOfSite, ledgerPeriods, ledgerState, type LedgerState } from './decisions.sql.ts'

/** Devices whose timelines are remembered, about 400 bytes each. */
const REMEMBERED = 100_000
/** Workspaces that are followed. */
const FOLLOWED = 1_000
const HOUR_MS = 3_600_000

interface Known {
  state: LedgerState
  timeline: readonly Span[]
  /** When the database said so last (ms), and in which epoch of its workspace; -1 = in none. */
  at: number
  epoch: number
}

/** What would have been refused, had the policy not said to report only. */
export interface Report {
  workspace: string
  deviceId: string
  feature: string
  code: string
}

/** The changes of a workspace as they are told of. */
export interface Following {
  /** Whether every change of up to a moment ago was told. */
  isCurrent: () => boolean
  end: () => void
}

/** What a decider may be given. */
export interface DeciderOptions {
  /** Is told of what would have been refused where the policy only reports. */
  report?: ((report: Report) => void) | null
  /** Follows the changes of a workspace, so that not every decision has to ask the database. */
  follow?: ((workspace: string, changed: (deviceIds: readonly string[] | null) => void) => Following) | null
}

interface Workspace {
  following: Following
  /** Counts what makes all that is known doubtful, and every change. */
  epoch: number
  changes: number
}

/** Decides by timelines: what a ledger says is computed once for each revision. Which revision it has, the database is asked each time, or,
 * where that is enough (`near`), not again until a change is told of. */
export class Decider {
  readonly #database: Database
  readonly #policy: BffPolicy
  readonly #features: ReadonlyMap<string, Feature>
  readonly #known = new Map<string, Known>()
  readonly #workspaces = new Map<string, Workspace>()
  readonly #options: DeciderOptions

  constructor(database: Database, policy: BffPolicy, options: DeciderOptions = {}) {
    this.#database = database
    this.#policy = policy
    this.#features = new Map(allFeatures(policy).map((feature) => [feature.id, feature]))
    this.#options = options
  }

  /** Decides for who has these roles. Throws `feature-not-found`, `device-not-found`, and `storage-unavailable` where the policy knows
   * nothing better. */
  async decide({ workspace, deviceId, feature: id }: { workspace: string; deviceId: string; feature: string }, roles: readonly string[], now: number, near = false): Promise<Decided> {
    const feature = this.#features.get(id)
    const key = `${workspace}\n${deviceId}`
    const followed = near ? this.#follow(workspace) : null
    const kept = followed?.following.isCurrent() === true ? this.#known.get(key) : undefined
    if (kept !== undefined && feature !== undefined && kept.epoch === followed?.epoch) return this.#decided(kept, 'cache', { workspace, deviceId, feature }, roles, now)
    let known
    try {
      known = await this.#learn(key, { workspace, id: deviceId }, now, followed)
    } catch (error) {
      if (this.#database.failure(error) !== 'unavailable') throw error
      if (feature === undefined) throw new Problem('feature-not-found')
      return this.#fallback(this.#known.get(key), feature, roles, now)
    }
    if (known === null) throw new Problem('device-not-found')
    if (feature === undefined) throw new Problem('feature-not-found')
    return this.#decided(known, 'live', { workspace, deviceId, feature }, roles, now)
  }

  #decided(
    { timeline }: Known, source: DecisionSource, { workspace, deviceId, feature }: { workspace: string; deviceId: string; feature: Feature }, roles: readonly string[], now: number,
  ): Decided {
    const ruling = ruleAt(timeline, feature, now)
    const decided = decidedBy(ruling, roles, source)
    if (ruling.allowed || !isReportOnly(this.#policy, feature.id)) return decided
    this.#options.report?.({ workspace, deviceId, feature: feature.id, code: ruling.status })
    return { ...decided, allowed: true, until: null }
  }

  /** Ends the following of every workspace. */
  close(): void {
    for (const { following } of this.#workspaces.values()) following.end()
    this.#workspaces.clear()
  }

  #follow(id: string): Workspace | null {
    const { follow } = this.#options
    const known = this.#workspaces.get(id)
    if (known !== undefined || follow === null || follow === undefined) return known ?? null
    if (this.#workspaces.size >= FOLLOWED) {
      const [oldest = ''] = this.#workspaces.keys()
      this.#workspaces.get(oldest)?.following.end()
      this.#workspaces.delete(oldest)
    }
    const workspace: Workspace = {
      epoch: 0, changes: 0, following: follow(id, (deviceIds) => {
        workspace.changes += 1
        if (deviceIds === null) workspace.epoch += 1
        else for (const device of deviceIds) {
          const entry = this.#known.get(`${id}\n${device}`)
          if (entry !== undefined) entry.epoch = -1
        }
      }),
    }
    this.#workspaces.set(id, workspace)
    return workspace
  }

  /** Which of many devices a licence opens a feature of; others, unknown ones too, are counted. */
  async licensed(workspace: string, devices: readonly string[] | { site: string }, feature: string, now: number): Promise<{ deviceIds: string[]; leftOut: number }> {
    if (!this.#features.has(feature)) throw new Problem('feature-not-found')
    const ids = 'site' in devices ? await devicesOfSite(this.#database.db, workspace, devices.site) : devices
    const deviceIds: string[] = []
    for (const deviceId of ids) {
      const decided = await this.decide({ workspace, deviceId, feature }, [], now).catch((error: unknown) => {
        if (error instanceof Problem && error.code === 'device-not-found') return null
        throw error
      })
      if (decided?.allowed === true) deviceIds.push(deviceId)
    }
    return { deviceIds, leftOut: ids.length - deviceIds.length }
  }

  async #learn(key: string, device: { workspace: string; id: string }, now: number, followed: Workspace | null): Promise<Known | null> {
    const { db } = this.#database
    const changes = followed?.following.isCurrent() === true ? followed.changes : null
    const epochNow = (): number => (followed !== null && followed.changes === changes ? followed.epoch : -1)
    const state = await ledgerState(db, device)
    const known = this.#known.get(key)
    if (state === null) {
      this.#known.delete(key)
      return null
    }
    if (known !== undefined && known.state.revision === state.revision && known.state.model === state.model && known.state.timeZone === state.timeZone) {
      known.at = now
      known.epoch = epochNow()
      return known
    }
    const { expiringWithinDays } = policyFor(this.#policy, state.model)
    const learned = { state, timeline: timelineOf(await ledgerPeriods(db, device), state.timeZone, expiringWithinDays), at: now, epoch: epochNow() }
    // The oldest goes: what is asked again soon is learned again.
    if (known === undefined && this.#known.size >= REMEMBERED) this.#known.delete(this.#known.keys().next().value ?? '')
    this.#known.set(key, learned)
    return learned
  }

  #fallback(known: Known | undefined, feature: Feature, roles: readonly string[], now: number): Decided {
    const policy = whenDownOf(this.#policy, feature.id)
    const ruling = known === undefined ? null : ruleAt(known.timeline, feature, now)
    if (policy === 'open' || isReportOnly(this.#policy, feature.id)) {
      return { ...(ruling === null ? { code: 'storage-unavailable', until: null, remedy: null, changesAt: null } as const : decidedBy(ruling, roles, 'fallback')), allowed: true, until: ruling?.allowed === true && ruling.until !== null ? iso(ruling.until) : null, source: 'fallback' }
    }
    if (policy === 'closed' || known === undefined || ruling === null || now - known.at > policy.lastKnownHours * HOUR_MS) {
      throw new Problem('storage-unavailable', undefined, { source: 'fallback' }, { 'retry-after': '1' })
    }
    return decidedBy(ruling, roles, 'fallback')
  }
}

function decidedBy({ allowed, status, until, changesAt }: Ruling, roles: readonly string[], source: DecisionSource): Decided {
  const remedy = allowed ? null : !holds(roles, 'member') ? 'contact' : status === 'none' ? 'activate' : 'renew'
  return { allowed, code: status, until: until === null ? null : iso(until), remedy, source, changesAt }
}
