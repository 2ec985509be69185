import { errors, jwtVerify, type JWTVerifyGetKey } from 'jose'
import type { Status } from '../rules/lists.ts'

/** Who signs entitlements, and the type that keeps them apart from other tokens (RFC 8725 §3.11). */
export const ENTITLEMENT_ISSUER = 'license-elements'
export const ENTITLEMENT_TYPE = 'license-entitlement+jwt'

/** What a licence opens, as an entitlement says it. */
export interface Entitlement {
  deviceId: string
  workspace: string
  status: Status
  features: readonly string[]
  /** Until when it may be believed (ms). */
  expiresAt: number
}

/** Verifies an entitlement where nobody can be asked: at the edge, in a worker, on a device. `keys` finds the public key, such as
 * jose's `createRemoteJWKSet` of `/.well-known/jwks.json`, or `createLocalJWKSet`; `device` is the one that it has to be for.
 * Answers null for a token that is tampered with, expired, of another kind or device. Rejects where the keys cannot be had. */
export async function verifyEntitlement(
  token: string, { keys, device, now = Date.now() }: { keys: JWTVerifyGetKey; device: string; now?: number },
): Promise<Entitlement | null> {
  try {
    const { payload: { ws, status, features, exp = 0 } } = await jwtVerify(token, keys, {
      algorithms: ['EdDSA'], typ: ENTITLEMENT_TYPE, issuer: ENTITLEMENT_ISSUER, subject: device, currentDate: new Date(now),
      requiredClaims: ['exp', 'sub', 'ws', 'status', 'features'],
    })
    return { deviceId: device, workspace: String(ws), status: status as Status, features: features as string[], expiresAt: exp * 1_000 }
  } catch (error) {
    // What only means that the keys could not be asked for says nothing of the token.
    if (error instanceof errors.JWKSTimeout || !(error instanceof errors.JOSEError) || error.code === 'ERR_JOSE_GENERIC') throw error
    return null
  }
}
