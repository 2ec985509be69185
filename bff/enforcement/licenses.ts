import { Problem } from '../http/problem.ts'
import type { Decision, Question } from './decision.ts'
import type { Decider } from './decide.ts'
import { Leases, type Lease, type LeaseSource } from './leases.ts'

/** What gates of a host ask: in the BFF's own process (`bff.licenses`), or from another server (`connectLicenses`). */
export interface Licenses {
  /** Decides; a device or feature that is not known is closed, by the problem's code. Rejects for bugs alone. */
  decide: (question: Question) => Promise<Decision>
  /** Which of many devices have a feature open; the others are left out and counted. Rejects where nobody can be asked, or the feature is
   * not known. */
  licensed: (question: { workspace: string | null; deviceIds: readonly string[]; feature: string }) => Promise<{ deviceIds: string[]; leftOut: number }>
  leases: Leases
  /** Ends what goes on between questions, and every lease. */
  close: () => void
}

/** A decision that a gate hands on, with what ends when it does. */
export interface Pass extends Decision {
  /** Aborts when the feature closes: at the second of expiry, within a second of an undoing. It is watched for from the first reading on. */
  readonly signal: AbortSignal
  /** Ends the watching, once the request has its whole answer. */
  leave: () => void
}

/** Asks for a pass: the decision, and a signal to end what runs by it. */
export async function enter(licenses: Licenses, question: Question): Promise<Pass> {
  const decision = await licenses.decide(question)
  let lease: Lease | null = null
  return Object.defineProperty({ ...decision, leave: () => { lease?.leave() } } as Pass, 'signal', {
    enumerable: true,
    get: () => (lease ??= decision.allowed ? licenses.leases.hold(question, decision) : { signal: AbortSignal.abort(decision), leave: () => {} }).signal,
  })
}

/** A decision where nobody could decide. */
export function closedBy(error: unknown): Decision {
  if (!(error instanceof Problem)) throw error
  return { allowed: false, code: error.code, until: null, remedy: null, source: error.fields.source ?? 'live' }
}

/** Decisions in the BFF's own process: each is asked of the database. A host has no person to name, so that `remedy` is what a member
 * can do. */
export function localLicenses(decider: Decider, watch: (workspace: string, changed: (deviceIds: readonly string[] | null) => void) => () => void, now: () => number): Licenses {
  const named = (workspace: string | null): string => {
    if (workspace === null) throw new TypeError('a gate in the process of the BFF has to name the workspace')
    return workspace
  }
  const ask = (near: boolean) => async ({ workspace: told, deviceId, feature }: Question): Promise<Decision> => {
    const workspace = named(told)
    try {
      const { changesAt: _changesAt, ...decision } = await decider.decide({ workspace, deviceId, feature }, ['member'], now(), near)
      return decision
    } catch (error) {
      return closedBy(error)
    }
  }
  const decide = ask(true)
  const source: LeaseSource = { decide: ask(false), watch: (workspace, changed) => watch(named(workspace), changed), now }
  const leases = new Leases(source)
  return {
    decide,
    licensed: async ({ workspace, deviceIds, feature }) => decider.licensed(named(workspace), deviceIds, feature, now()),
    leases,
    close: () => { leases.end() },
  }
}
