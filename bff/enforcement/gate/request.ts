import type { Problem } from '../../http/problem.ts'
import { type Question, refusalOf } from '../decision.ts'
import { enter, type Licenses, type Pass } from '../licenses.ts'

/** What a gate in front of a host's own route needs to know of a request. */
export interface GateOptions<Req> {
  /** `connectLicenses(…)`, or `bff.licenses` in the process of the BFF. */
  licenses: Licenses
  /** The device that the request is about; null = none, which is refused. */
  device: (request: Req) => string | null | undefined
  /** The workspace of the person who asks, for keys that belong to none. Never what the request merely claims. */
  workspace?: (request: Req) => string | null | undefined
}

/** Lets a request pass, or says why not. Throws a TypeError where the host's own functions answer nothing that can be asked. */
export async function passFor<Req>(feature: string, { licenses, device, workspace }: GateOptions<Req>, request: Req): Promise<{ pass: Pass; refusal: null } | { pass: null; refusal: Problem }> {
  const deviceId = device(request)
  const named = workspace?.(request)
  if (typeof deviceId !== 'string' || deviceId === '' || (workspace !== undefined && (typeof named !== 'string' || named === ''))) {
    throw new TypeError(`the gate of ${feature} was told no ${typeof deviceId === 'string' && deviceId !== '' ? 'workspace' : 'device'}`)
  }
  const question: Question = { workspace: named ?? null, deviceId, feature }
  const pass = await enter(licenses, question)
  return pass.allowed ? { pass, refusal: null } : { pass: null, refusal: refusalOf(pass) }
}
