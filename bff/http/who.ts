import { decodeProtectedHeader, errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey, type ProtectedHeaderParameters, SignJWT } from 'jose'
import type { Database } from '../db/database.ts'
import { ROLES, type Role, WORKSPACE_ROLES, type WorkspaceRole } from '../rules/lists.ts'
import type { Keyring } from './keyring.ts'
import { Problem } from './problem.ts'
import { Locale } from './schemas.ts'
import { findKey, type PersonClaims, recognise, workspaceExists } from './who.sql.ts'

/** Who is asking. */
export interface Principal {
  /** Internal id, as audit and ledger hold it: of a person, or of an API key. */
  id: string
  kind: 'person' | 'key'
  /** The workspace that this principal belongs to; null for keys of `vendor`, `host` and `gateway`. */
  workspace: string | null
  roles: readonly Role[]
}

/** Whether a key asks for gateways. */
export function isGateway({ roles }: Principal): boolean {
  return roles.includes('gateway')
}

/** The roles by which somebody is told what to do: a gateway asks for members. */
export function rolesToAdvise(principal: Principal): readonly Role[] {
  return isGateway(principal) ? ['member'] : principal.roles
}

/** How the host's own tokens are verified (JWT, RFC 7519). */
export interface HostTokens {
  /** Finds the key of a token: `hostKeysByUrl`, jose's `createLocalJWKSet`, or a function that answers the one key. */
  keys: JWTVerifyGetKey
  issuer: string
  audience: string
  /** Algorithms that are accepted (RFC 7518), never `none`. */
  algorithms: readonly string[]
}

/** Where the host's tokens keep what we need. */
export interface ClaimNames {
  workspace: string
  roles: string
  /** The host's role names, and ours for them; ours are known by themselves. */
  roleNames: Readonly<Record<string, WorkspaceRole | 'vendor'>>
}

/** What it takes to find out who is asking. */
export interface WhoOptions {
  database: Database
  keyring: Keyring
  hostTokens: HostTokens | null
  claims: ClaimNames
  /** Has a remote legacy platform asked for the records of people who are new (R23). */
  askLegacy?: (() => void) | null
  /** The host's own way, asked first: cookies, or the demo's identities. `undefined` = ask the Authorization header. */
  authenticate: ((request: Request) => Promise<HostIdentity | undefined> | HostIdentity | undefined) | null
}

/** What a host's own `authenticate` says of a person. */
export interface HostIdentity extends Partial<Omit<PersonClaims, 'subject'>> {
  subject: string
  workspace: string | null
  roles: readonly Role[]
}

/** Seconds that a session token lives. */
export const SESSION_SECONDS = 900

const SESSION_TYPE = 'license-session+jwt'
const KEY_PREFIX = 'lk_'
/** Tokens whose hash is remembered, to spare the computation; whether the key still stands is asked every time. */
const REMEMBERED = 1_000

/** A new API key in clear: shown once, stored hashed. */
export function newApiKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32))
  return KEY_PREFIX + Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

function unauthenticated(detail: string): Problem {
  return new Problem('unauthenticated', detail, {}, { 'www-authenticate': 'Bearer realm="license-elements"' })
}

/** Signs a session token for a person in a workspace (HS256); answers it with its end (ms). */
export async function signSession(
  keyring: Keyring, session: { person: string; workspace: string; roles: readonly WorkspaceRole[] }, now: number,
): Promise<{ token: string; expiresAt: number }> {
  const [[kid, key] = ['', new Uint8Array()]] = await keyring.sessionKeys()
  const iat = Math.floor(now / 1_000)
  const token = await new SignJWT({ ws: session.workspace, roles: [...session.roles] })
    .setProtectedHeader({ alg: 'HS256', typ: SESSION_TYPE, kid }).setSubject(session.person)
    .setIssuedAt(iat).setExpirationTime(iat + SESSION_SECONDS).sign(key)
  return { token, expiresAt: (iat + SESSION_SECONDS) * 1_000 }
}

/** Makes the function that says who is asking. It throws `unauthenticated`, `workspace-unknown`, `identity-unavailable`. */
export function whoIsAsking(options: WhoOptions): (request: Request, now: number) => Promise<Principal> {
  const { database, keyring, hostTokens, claims: names, askLegacy = null } = options
  const { db, failure } = database
  const hashes = new Map<string, Promise<string[]>>()
  let sessionKeys: Promise<Map<string, Uint8Array>> | null = null

  async function byKey(token: string): Promise<Principal> {
    let known = hashes.get(token)
    if (known === undefined) {
      if (hashes.size >= REMEMBERED) hashes.clear()
      hashes.set(token, (known = keyring.hashes('key', token)))
    }
    const key = await findKey(db, await known)
    if (key === null) {
      hashes.delete(token)
      throw unauthenticated('The key is unknown or revoked.')
    }
    return { id: key.id, kind: 'key', workspace: key.workspace, roles: [key.role as Role] }
  }

  async function bySession(token: string, kid: string, now: number): Promise<Principal> {
    const keys = await (sessionKeys ??= keyring.sessionKeys())
    const key = keys.get(kid)
    if (key === undefined) throw unauthenticated('The session token was signed by somebody else.')
    const payload = await verified(jwtVerify(token, key, {
      algorithms: ['HS256'], typ: SESSION_TYPE, currentDate: new Date(now), requiredClaims: ['sub', 'exp', 'ws', 'roles'],
    }))
    return { id: payload.sub ?? '', kind: 'person', workspace: String(payload['ws']), roles: payload['roles'] as Role[] }
  }

  async function byIdentity(identity: HostIdentity, now: number): Promise<Principal> {
    if (identity.workspace !== null && !(await workspaceExists(db, identity.workspace))) throw new Problem('workspace-unknown')
    // What can only be read has to be readable while nothing can be written.
    const claims = { name: null, email: null, emailVerified: false, locale: null, ...identity }
    const id = await recognise(database, claims, { workspace: identity.workspace, roles: identity.roles, now, askLegacy }, (error) => failure(error) === 'unavailable')
    return { id, kind: 'person', workspace: identity.workspace, roles: identity.roles }
  }

  async function byHostToken(token: string, now: number): Promise<Principal> {
    if (hostTokens === null) throw unauthenticated('The token is none of ours, and no other issuer is set up.')
    const payload = await verified(jwtVerify(token, async (header, jws) => keyOf(hostTokens, header, jws), {
      algorithms: [...hostTokens.algorithms], issuer: hostTokens.issuer, audience: hostTokens.audience,
      currentDate: new Date(now), requiredClaims: ['sub', 'exp'],
    }))
    return byIdentity(identityOf(payload, names), now)
  }

  return async (request, now) => {
    if (options.authenticate !== null) {
      const identity = await options.authenticate(request)
      if (identity !== undefined) return byIdentity(identity, now)
    }
    const header = request.headers.get('authorization')
    const token = /^Bearer +([\x21-\x7e]+)$/i.exec(header ?? '')?.[1]
    if (token === undefined) throw unauthenticated(header === null ? 'The request carries no token.' : 'The header Authorization holds no bearer token.')
    if (token.startsWith(KEY_PREFIX)) return byKey(token)
    const { typ, kid } = headerOf(token)
    return typ === SESSION_TYPE ? bySession(token, String(kid), now) : byHostToken(token, now)
  }
}

/** The key of a host's token; an identity provider that cannot be asked is a 503, a key that it does not have is not. */
async function keyOf({ keys }: HostTokens, ...asked: Parameters<JWTVerifyGetKey>): Promise<Awaited<ReturnType<JWTVerifyGetKey>>> {
  try {
    return await keys(...asked)
  } catch (error) {
    if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys || error instanceof errors.JOSENotSupported) throw error
    throw new Problem('identity-unavailable', undefined, {}, { 'retry-after': '5' })
  }
}

/** Waits for a verification; a token that is not good, for whatever reason, is a 401. */
async function verified(verification: Promise<{ payload: JWTPayload }>): Promise<JWTPayload> {
  try {
    return (await verification).payload
  } catch (error) {
    if (error instanceof Problem) throw error
    throw unauthenticated(error instanceof errors.JWTExpired ? 'The token has expired.' : 'The token is not valid here.')
  }
}

function headerOf(token: string): ProtectedHeaderParameters {
  try {
    return decodeProtectedHeader(token)
  } catch {
    throw unauthenticated('The token cannot be read.')
  }
}

function identityOf(payload: JWTPayload, names: ClaimNames): HostIdentity {
  const text = (name: string): string | null => {
    const value = payload[name]
    return isKeepable(value, 320) ? value : null
  }
  const { sub: subject, [names.workspace]: workspace } = payload
  if (!isKeepable(subject, 255)) throw unauthenticated('The subject of the token is no text of 1 to 255 signs.')
  if (!isKeepable(workspace, 64)) throw new Problem('workspace-unknown')
  return {
    subject,
    workspace,
    roles: rolesOf(payload[names.roles], names),
    name: text('name'),
    email: text('email'),
    emailVerified: payload['email_verified'] === true,
    locale: localeOf(text('locale')),
  }
}

/** A language tag as it is, or as some identity providers write it, with an underscore; null where it is none. */
function localeOf(text: string | null): string | null {
  const tag = text?.replaceAll('_', '-') ?? ''
  return Locale.safeParse(tag).success ? tag : null
}

/** Whether every database keeps a text alike: it is well-formed, holds no U+0000, and has 1 to `max` UTF-16 units. */
function isKeepable(text: unknown, max: number): text is string {
  return typeof text === 'string' && text !== '' && text.length <= max && !text.includes('\0') && text.isWellFormed()
}

/** The roles that a token gives: names of the policy's, then ours. `vendor` only where the policy names it, `host` and
 * `gateway` never; without any, a viewer. */
function rolesOf(claim: unknown, names: ClaimNames): Role[] {
  const told = Array.isArray(claim) ? claim : typeof claim === 'string' ? claim.split(/[\s,]+/) : []
  const roles = new Set<Role>()
  for (const name of told) {
    if (typeof name !== 'string') continue
    const role = Object.hasOwn(names.roleNames, name) ? names.roleNames[name] : WORKSPACE_ROLES.find((one) => one === name)
    if (role !== undefined) roles.add(role)
  }
  const known = ROLES.filter((role) => roles.has(role))
  return known.length === 0 ? ['viewer'] : known
}
