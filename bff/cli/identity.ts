import { createLocalJWKSet, type JSONWebKeySet, type JWK, type JWTVerifyGetKey } from 'jose'
import { createPublicKey, type KeyObject } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { hostKeysByUrl } from '../http/host-keys.ts'
import type { HostTokens } from '../http/who.ts'
import { codeOf, Failure, oneLine } from './failure.ts'
import type { TokenSettings } from './settings.ts'

/** Shortest RSA modulus (RFC 7518 §3.3). */
const RSA_BITS = 2_048

/** How the host's own tokens are verified, by the settings. Throws a Failure where a key is none. */
export function hostTokens({ keys, issuer, audience, algorithms }: TokenSettings): HostTokens {
  return { keys: 'url' in keys ? hostKeysByUrl(keys.url) : keysOf(keys.text), issuer, audience, algorithms }
}

/** Keys of a PEM, a JWK or a JWKS, given as text or as the path of a file. */
function keysOf(textOrPath: string): JWTVerifyGetKey {
  const text = isText(textOrPath) ? textOrPath : readKey(textOrPath)
  const { keys } = text.trimStart().startsWith('{') ? jwksOf(text) : { keys: [pemToJwk(text)] }
  for (const key of keys) checkPublic(key)
  const set = createLocalJWKSet({ keys })
  // A single key without an id is meant whatever id a token names.
  if (keys.length > 1 || keys[0]?.kid !== undefined) return set
  return (header, token) => set(withoutId(header), { ...token, header: withoutId(token?.header ?? {}) } as typeof token)
}

function withoutId<T extends { kid?: unknown }>(header: T): Omit<T, 'kid'> & T {
  const { kid: _, ...rest } = header
  return rest as Omit<T, 'kid'> & T
}

function isText(value: string): boolean {
  return /^\s*[{-]/.test(value) && !existsSync(value)
}

function readKey(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    // Not the message, which would repeat what may be a key.
    throw wrong(`is neither a key nor a file that can be read (${codeOf(error)})`)
  }
}

function wrong(why: string): Failure {
  return new Failure(`LICENSE_JWT_KEY ${why}; give a public key as PEM (SPKI), JWK or JWKS, or the path of a file with one`)
}

function pemToJwk(text: string): JWK {
  // Environment files often carry line breaks as \n.
  const pem = text.replaceAll('\\n', '\n')
  if (/PRIVATE KEY/.test(pem)) throw wrong('is a private key')
  return toKey(() => createPublicKey(pem)).export({ format: 'jwk' }) as JWK
}

function jwksOf(text: string): JSONWebKeySet {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw wrong('is no JSON')
  }
  const keys = typeof value === 'object' && value !== null && 'keys' in value ? value.keys : [value]
  if (!Array.isArray(keys) || keys.length === 0) throw wrong('holds no key')
  return { keys: keys as JWK[] }
}

function checkPublic(jwk: JWK): void {
  if (jwk.d !== undefined) throw wrong('holds a private key')
  if (jwk.kty === 'oct') throw wrong('holds a symmetric key')
  const { asymmetricKeyType, asymmetricKeyDetails } = toKey(() => createPublicKey({ key: jwk as never, format: 'jwk' }))
  if (asymmetricKeyType === 'rsa' && (asymmetricKeyDetails?.modulusLength ?? 0) < RSA_BITS) throw wrong(`has fewer than ${RSA_BITS} bits`)
}

function toKey(make: () => KeyObject): KeyObject {
  try {
    return make()
  } catch (error) {
    throw wrong(`holds no key that can be read (${oneLine(error)})`)
  }
}
