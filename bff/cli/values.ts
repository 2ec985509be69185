import { isIP } from 'node:net'
import { z } from 'zod'
import { SECRET_BYTES } from '../http/keyring.ts'

/** Where a database is. */
export type DatabaseAddress = { engine: 'sqlite'; path: string } | { engine: 'postgres'; url: string }

function addressOf(text: string): DatabaseAddress | null {
  if (/^postgres(ql)?:\/\//.test(text)) return URL.canParse(text) ? { engine: 'postgres', url: text } : null
  const path = /^sqlite:(?!\/\/(?!\/))(.+)$/.exec(text)?.[1]
  return path === undefined || path.startsWith(':') || path.includes('\0') ? null : { engine: 'sqlite', path }
}

/** The address of a database. */
export const Address = z.string().transform((text, context) => {
  const address = addressOf(text)
  if (address !== null) return address
  context.addIssue({ code: 'custom', message: 'is neither sqlite:./license.db nor postgres://user@host:5432/database' })
  return z.NEVER
})

function secretOf(text: string): Uint8Array | null {
  const plain = text.trim().replaceAll('-', '+').replaceAll('_', '/').replace(/=+$/, '')
  const bytes = Buffer.from(plain, 'base64')
  return /^[A-Za-z0-9+/]+$/.test(plain) && plain.length % 4 !== 1 && bytes.length >= SECRET_BYTES ? bytes : null
}

/** What is said of a secret that is none. */
export const NO_SECRET = 'is not 32 bytes or more in base64, such as the output of: openssl rand -base64 32'

/** Secrets in base64, separated by commas, the current one first; null where one of them is none. */
export function secretsOf(text: string): [Uint8Array, ...Uint8Array[]] | null {
  const [first, ...rest] = text.split(',').map(secretOf)
  return first == null || rest.includes(null) ? null : [first, ...rest as Uint8Array[]]
}

/** One secret or, while it is rotated, several. */
export const Secrets = z.string().transform((text, context) => {
  const secrets = secretsOf(text)
  if (secrets !== null) return secrets
  context.addIssue({ code: 'custom', message: NO_SECRET })
  return z.NEVER
})

/** The parts of a list with commas. */
export const list = (text: string): string[] => text.split(',').map((one) => one.trim())

/** Whether a text is the origin of a page, exactly as browsers send it (RFC 6454 §6.2). */
export function isOrigin(text: string): boolean {
  return /^https?:/.test(text) && URL.canParse(text) && new URL(text).origin === text
}

/** Whether a text is an IP address, or a range of them in CIDR notation (RFC 4632, RFC 4291 §2.3). */
export function isAddressRange(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/')
  const version = address.includes('%') ? 0 : isIP(address)
  if (version === 0 || more.length > 0) return false
  return bits === undefined || (/^(0|[1-9]\d{0,2})$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128))
}

/** Whether a text is the name of a host (RFC 1123 §2.1); numbers alone are an address that is none. */
export function isHostName(text: string): boolean {
  return text.length <= 253 && /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i.test(text) && /[a-z][a-z0-9-]*$/i.test(text)
}

/** HTTPS, or plain HTTP within this computer: who can change the keys on their way can sign tokens. */
export function isKeyUrl(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, hostname } = new URL(text)
  return protocol === 'https:' || (protocol === 'http:' && /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname))
}

/** Where mail is handed over by SMTP, by the schemes that mail programs know. */
export function isSmtpUrl(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, hostname, pathname, hash } = new URL(text)
  return (protocol === 'smtp:' || protocol === 'smtps:') && hostname !== '' && pathname.length <= 1 && hash === ''
}

/** Signatures with a public key (RFC 7518, RFC 8037). */
export const ALGORITHMS = [
  'RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519',
] as const
