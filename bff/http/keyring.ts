/** A keyed hash and the secret that it was made with. */
export interface KeyedHash {
  hash: string
  secretId: string
}

/** A key that signs entitlements (Ed25519, RFC 8037), and its public half as a JWK. */
export interface SigningKey {
  kid: string
  privateKey: CryptoKey
  publicJwk: { kty: string; crv: string; x: string; kid: string; alg: 'EdDSA'; use: 'sig' }
}

interface Secret {
  id: string
  key: CryptoKey
}

/** Least length of a secret in bytes. */
export const SECRET_BYTES = 32

const encoder = new TextEncoder()

function base64url(bytes: ArrayBuffer): string {
  return btoa(String.fromCharCode(...new Uint8Array(bytes))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

async function hmac(key: CryptoKey, text: string): Promise<ArrayBuffer> {
  return crypto.subtle.sign('HMAC', key, encoder.encode(text))
}

async function toSecret(bytes: Uint8Array): Promise<Secret> {
  if (bytes.length < SECRET_BYTES) throw new RangeError(`a secret needs ${SECRET_BYTES} bytes or more, this one has ${bytes.length}`)
  const key = await crypto.subtle.importKey('raw', Uint8Array.from(bytes), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
  return { id: base64url(await hmac(key, 'id')).slice(0, 16), key }
}

/** What a hash is for, so that the hash of one thing is never that of another. */
export type HashDomain = 'voucher' | 'key' | 'body' | 'cursor' | 'calendar' | 'address' | 'unsubscribe'

/** The secrets that key every hash: the first makes new ones, all of them find old ones, so that a secret can be rotated. */
export class Keyring {
  readonly #secrets: Promise<[Secret, ...Secret[]]>
  #signingKeys: Promise<SigningKey[]> | null = null

  /** Secrets of 32 bytes or more, the current one first. `ready` throws a RangeError where one is shorter. */
  constructor(secrets: readonly [Uint8Array, ...Uint8Array[]]) {
    const [first, ...rest] = secrets
    this.#secrets = Promise.all([toSecret(first), ...rest.map(toSecret)])
    this.#secrets.catch(() => {})
  }

  /** Check values of the secrets, the current one first: what the database keeps of them. */
  async ids(): Promise<[string, ...string[]]> {
    const [first, ...rest] = await this.#secrets
    return [first.id, ...rest.map((secret) => secret.id)]
  }

  /** The hash of a value by the current secret (HMAC-SHA-256, base64url). */
  async hash(domain: HashDomain, value: string): Promise<KeyedHash> {
    const [current] = await this.#secrets
    return { hash: base64url(await hmac(current.key, `${domain}:${value}`)), secretId: current.id }
  }

  /** The hashes that a value may be stored under, by every secret. */
  async hashes(domain: HashDomain, value: string): Promise<string[]> {
    const secrets = await this.#secrets
    return Promise.all(secrets.map(async ({ key }) => base64url(await hmac(key, `${domain}:${value}`))))
  }

  /** Keys that sign sessions, by secret id, the current one first. */
  async sessionKeys(): Promise<Map<string, Uint8Array>> {
    const secrets = await this.#secrets
    const keys = new Map<string, Uint8Array>()
    for (const { id, key } of secrets) keys.set(id, new Uint8Array(await hmac(key, 'session')))
    return keys
  }

  /** The key that signs what is sent to an endpoint: derived from the secret with an id, or from every secret (null), so that it stands
   * nowhere. Each generation of an endpoint has another one. Empty where the secret is not given any more. */
  async webhookKeys(secretId: string | null, endpoint: string, generation: number): Promise<Uint8Array[]> {
    const secrets = (await this.#secrets).filter(({ id }) => secretId === null || id === secretId)
    return Promise.all(secrets.map(async ({ key }) => new Uint8Array(await hmac(key, `webhook:${endpoint}:${generation}`))))
  }

  /** Keys that sign entitlements, the current one first: each is derived from a secret, so that every server has the same. */
  async signingKeys(): Promise<SigningKey[]> {
    return this.#signingKeys ??= this.#secrets.then(async (secrets) => Promise.all(secrets.map(async ({ id, key }) => signingKey(id, await hmac(key, 'entitlement')))))
  }
}

/** What stands before the 32 bytes of an Ed25519 key in PKCS #8 (RFC 8410 §7). */
const PKCS8_PREFIX = [0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20]

async function signingKey(kid: string, seed: ArrayBuffer): Promise<SigningKey> {
  const pkcs8 = Uint8Array.from([...PKCS8_PREFIX, ...new Uint8Array(seed)])
  const extractable = await crypto.subtle.importKey('pkcs8', pkcs8, 'Ed25519', true, ['sign'])
  const { kty = '', crv = '', x = '' } = await crypto.subtle.exportKey('jwk', extractable)
  return { kid, privateKey: await crypto.subtle.importKey('pkcs8', pkcs8, 'Ed25519', false, ['sign']), publicJwk: { kty, crv, x, kid, alg: 'EdDSA', use: 'sig' } }
}
