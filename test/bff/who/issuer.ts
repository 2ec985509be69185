import { CompactSign, type CryptoKey, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose'
import { START } from '../engines.ts'

export const ISSUER = 'https://idp.example'
export const AUDIENCE = 'license-elements'
export const ALGORITHMS = ['RS256', 'ES256', 'EdDSA'] as const

/** A key of an identity provider: private for itself, public for the set. */
export interface IssuerKey {
  alg: string
  kid: string
  privateKey: CryptoKey
  publicKey: CryptoKey
  jwk: JWK
}

export async function issuerKey(alg: string, kid: string): Promise<IssuerKey> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true })
  return { alg, kid, privateKey, publicKey, jwk: { ...await exportJWK(publicKey), kid, alg, use: 'sig' } }
}

/** Seconds since 1970 of the instant where tests begin. */
export const NOW = START / 1_000

/** A token as the identity provider would sign it, changed by the test; `undefined` leaves a claim out. */
export function issue(
  { alg, kid, privateKey }: Pick<IssuerKey, 'alg' | 'kid'> & { privateKey: CryptoKey | Uint8Array }, claims: object = {}, header: object = {},
): Promise<string> {
  return new SignJWT({ iss: ISSUER, aud: AUDIENCE, sub: 'ann', workspace: 'acme', roles: ['member'], iat: NOW, exp: NOW + 300, ...claims })
    .setProtectedHeader({ alg, kid, typ: 'JWT', ...header }).sign(privateKey)
}

/** Anything, signed as if it were a token. */
export function signed({ alg, kid, privateKey }: IssuerKey, payload: string | Uint8Array): Promise<string> {
  return new CompactSign(typeof payload === 'string' ? new TextEncoder().encode(payload) : payload).setProtectedHeader({ alg, kid }).sign(privateKey)
}

/** An unsigned part of a token. */
export function encoded(value: unknown): string {
  return Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')
}
