import { z } from 'zod'
import { Sender } from '../workspaces/contact.ts'
import { Failure } from './failure.ts'
import { nearest } from './nearest.ts'
import { Address, ALGORITHMS, type DatabaseAddress, isAddressRange, isHostName, isKeyUrl, isOrigin, isSmtpUrl, list, Secrets } from './values.ts'

/** Every environment variable of ours, and the flag that goes before it. */
const VARIABLES = {
  LICENSE_DB: 'db', LICENSE_SECRET: null, LICENSE_POLICY: 'policy', LICENSE_HOST: 'host', LICENSE_PORT: 'port', LICENSE_ORIGINS: null,
  LICENSE_TRUSTED_PROXIES: null, LICENSE_JWKS_URL: null, LICENSE_JWT_KEY: null, LICENSE_ISSUER: null, LICENSE_AUDIENCE: null,
  LICENSE_JWT_ALGORITHMS: null, LICENSE_LEGACY_URL: null, LICENSE_LEGACY_TOKEN: null, LICENSE_WEBHOOK_ALLOW: null,
  LICENSE_PUBLIC_URL: null, LICENSE_SMTP_URL: null, LICENSE_MAIL_FROM: null, LICENSE_MAIL_REPLY_TO: null, LICENSE_METRICS_KEY: null, LICENSE_DEBUG: null,
} as const
type Variable = keyof typeof VARIABLES

/** Variables of the test command, which tests hand on to the programs that they start. */
const OF_TESTS = 'LICENSE_TEST_'

const Environment = z.object({
  LICENSE_DB: Address,
  LICENSE_SECRET: Secrets.optional(),
  LICENSE_POLICY: z.string().optional(),
  LICENSE_HOST: z.string().regex(/^[\w.:%-]+$/, 'is no host name and no address such as 127.0.0.1 or ::1'),
  LICENSE_PORT: z.string().refine((text) => /^\d{1,5}$/.test(text) && Number(text) <= 65_535, 'is no port from 0 to 65535').transform(Number),
  LICENSE_ORIGINS: z.string().transform(list).refine((origins) => origins.every(isOrigin), {
    error: 'holds something that is no origin; separate origins such as https://portal.example by commas, without paths and stars',
  }).optional(),
  LICENSE_TRUSTED_PROXIES: z.string().transform(list).refine((ranges) => ranges.every(isAddressRange), {
    error: 'holds something that is neither an IP address nor a range such as 10.0.0.0/8; separate them by commas',
  }).optional(),
  LICENSE_JWKS_URL: z.string().refine(isKeyUrl, 'is no https address (plain http only within this computer)').optional(),
  LICENSE_JWT_KEY: z.string().optional(),
  LICENSE_ISSUER: z.string().optional(),
  LICENSE_AUDIENCE: z.string().optional(),
  LICENSE_JWT_ALGORITHMS: z.string().transform(list).pipe(z.array(z.enum(ALGORITHMS, {
    error: `may hold ${ALGORITHMS.join(', ')}, separated by commas, and nothing that is not signed with a private key`,
  }))).optional(),
  LICENSE_LEGACY_URL: z.string().refine(isKeyUrl, 'is no https address (plain http only within this computer)').optional(),
  LICENSE_LEGACY_TOKEN: z.string().regex(/^[\x21-\x7e]+$/, 'is no token: printable signs without spaces').optional(),
  LICENSE_WEBHOOK_ALLOW: z.string().transform(list).refine((allowed) => allowed.every((one) => isAddressRange(one) || isHostName(one)), {
    error: 'holds something that is neither a host such as hooks.internal nor an address or a range such as 10.0.0.0/8; separate them by commas',
  }).optional(),
  LICENSE_PUBLIC_URL: z.string().refine(isKeyUrl, 'is no https address (plain http only within this computer)').optional(),
  LICENSE_SMTP_URL: z.string().refine(isSmtpUrl, 'is no address such as smtps://user:password@mail.example or smtp://mail.example:587').optional(),
  LICENSE_MAIL_FROM: Sender.optional(),
  LICENSE_MAIL_REPLY_TO: z.email('is no e-mail address').max(320, 'is longer than 320 characters').optional(),
  LICENSE_METRICS_KEY: z.string().regex(/^[\x21-\x7e]{16,}$/, 'is no key: 16 printable signs or more, without spaces').optional(),
  LICENSE_DEBUG: z.enum(['0', '1'], { error: 'is neither 0 nor 1' }).optional(),
})

const DEFAULTS = { LICENSE_DB: 'sqlite:./license.db', LICENSE_HOST: '127.0.0.1', LICENSE_PORT: '8787' }
const DEFAULT_ALGORITHMS = ['RS256', 'PS256', 'ES256', 'EdDSA'] as const

/** How the host's own tokens are verified, before any key is read. */
export interface TokenSettings {
  keys: { url: string } | { text: string }
  issuer: string
  audience: string
  algorithms: readonly string[]
}

/** Everything that can be set. */
export interface Settings {
  database: DatabaseAddress
  /** The current secret first; null = the file beside the SQLite database. */
  secrets: [Uint8Array, ...Uint8Array[]] | null
  /** Path of the policy file; null = the default policy. */
  policy: string | null
  host: string
  port: number
  origins: readonly string[]
  /** IP addresses and ranges of proxies whose forwarded headers may be believed. */
  trustedProxies: readonly string[]
  /** Where the legacy platform is asked, and by which bearer token; null = it is not. */
  legacy: { url: string; token: string | null } | null
  /** Hosts, IP addresses and ranges that are not on the public internet and may be sent webhooks all the same. */
  webhookAllow: readonly string[]
  /** The address that people reach the server by; null = not known. */
  publicUrl: string | null
  /** Where mail is handed over, and who it comes from; null = none is sent. */
  mail: { url: string; from: string; replyTo: string } | null
  /** The bearer token that reads metrics; null = nobody does. */
  metricsKey: string | null
  /** Null = only tokens of ours are accepted. */
  tokens: TokenSettings | null
}

/** Flags that go before the environment. */
export type Flags = Partial<Record<NonNullable<(typeof VARIABLES)[Variable]>, string>>

/** Reads the settings: flags, then `LICENSE_*` variables, then defaults. Throws a Failure that names all that is wrong. */
export function readSettings(flags: Flags, env: Readonly<Record<string, string | undefined>>): Settings {
  const faults: string[] = []
  let usage = false
  const given: Record<string, string> = { ...DEFAULTS }
  for (const [name, value] of Object.entries(env)) {
    if (!name.startsWith('LICENSE_') || name.startsWith(OF_TESTS) || value === undefined) continue
    if (!Object.hasOwn(VARIABLES, name)) faults.push(`${name} is no setting; did you mean ${nearest(name, Object.keys(VARIABLES))}?`)
    else if (value.trim() === '') faults.push(`${name} is empty; give it a value or unset it`)
    else given[name] = value
  }
  for (const [name, flag] of Object.entries(VARIABLES)) {
    const value = flag === null ? undefined : flags[flag]
    if (value !== undefined) given[name] = value
  }
  const parsed = Environment.safeParse(given)
  for (const { path: [name], message } of parsed.error?.issues ?? []) {
    const flag = VARIABLES[name as Variable]
    const byFlag = flag !== null && flags[flag] !== undefined
    usage ||= byFlag
    faults.push(`${byFlag ? `--${flag}` : String(name)} ${message}`)
  }
  if (parsed.data !== undefined) faults.push(...tokenFaults(parsed.data), ...mailFaults(parsed.data))
  if (parsed.data?.LICENSE_LEGACY_TOKEN !== undefined && parsed.data.LICENSE_LEGACY_URL === undefined) faults.push('LICENSE_LEGACY_TOKEN needs LICENSE_LEGACY_URL')
  if (faults.length > 0 || parsed.data === undefined) throw new Failure([...new Set(faults)].join('; '), usage ? 2 : 1)
  return toSettings(parsed.data)
}

type Parsed = z.output<typeof Environment>

function tokenFaults({ LICENSE_JWKS_URL: url, LICENSE_JWT_KEY: key, LICENSE_ISSUER: issuer, LICENSE_AUDIENCE: audience, LICENSE_JWT_ALGORITHMS: algorithms }: Parsed): string[] {
  if (url !== undefined && key !== undefined) return ['LICENSE_JWKS_URL and LICENSE_JWT_KEY exclude each other; unset one']
  const named = url !== undefined ? 'LICENSE_JWKS_URL' : 'LICENSE_JWT_KEY'
  if (url !== undefined || key !== undefined) {
    return Object.entries({ LICENSE_ISSUER: issuer, LICENSE_AUDIENCE: audience })
      .flatMap(([name, value]) => (value === undefined ? [`${name} is missing; ${named} needs it`] : []))
  }
  return Object.entries({ LICENSE_ISSUER: issuer, LICENSE_AUDIENCE: audience, LICENSE_JWT_ALGORITHMS: algorithms })
    .flatMap(([name, value]) => (value === undefined ? [] : [`${name} needs LICENSE_JWKS_URL or LICENSE_JWT_KEY`]))
}

/** Mail needs a sender, somebody who gets answers, and the address of the link that stops it. */
function mailFaults({ LICENSE_SMTP_URL: url, LICENSE_MAIL_FROM: from, LICENSE_MAIL_REPLY_TO: replyTo, LICENSE_PUBLIC_URL: publicUrl }: Parsed): string[] {
  const missing = (given: Readonly<Record<string, string | undefined>>): string[] => Object.entries(given).flatMap(([name, value]) => (value === undefined ? [name] : []))
  if (url !== undefined) {
    return missing({ LICENSE_MAIL_FROM: from, LICENSE_MAIL_REPLY_TO: replyTo, LICENSE_PUBLIC_URL: publicUrl }).map((name) => `${name} is missing; LICENSE_SMTP_URL needs it`)
  }
  return Object.entries({ LICENSE_MAIL_FROM: from, LICENSE_MAIL_REPLY_TO: replyTo }).flatMap(([name, value]) => (value === undefined ? [] : [`${name} needs LICENSE_SMTP_URL`]))
}

function toSettings(parsed: Parsed): Settings {
  const { LICENSE_JWKS_URL: url, LICENSE_JWT_KEY: key } = parsed
  const keys = url !== undefined ? { url } : key !== undefined ? { text: key } : null
  return {
    database: parsed.LICENSE_DB,
    secrets: parsed.LICENSE_SECRET ?? null,
    policy: parsed.LICENSE_POLICY ?? null,
    host: parsed.LICENSE_HOST,
    port: parsed.LICENSE_PORT,
    origins: parsed.LICENSE_ORIGINS ?? [],
    trustedProxies: parsed.LICENSE_TRUSTED_PROXIES ?? [],
    legacy: parsed.LICENSE_LEGACY_URL === undefined ? null : { url: parsed.LICENSE_LEGACY_URL, token: parsed.LICENSE_LEGACY_TOKEN ?? null },
    webhookAllow: parsed.LICENSE_WEBHOOK_ALLOW ?? [],
    publicUrl: parsed.LICENSE_PUBLIC_URL ?? null,
    mail: parsed.LICENSE_SMTP_URL === undefined ? null : {
      url: parsed.LICENSE_SMTP_URL, from: parsed.LICENSE_MAIL_FROM ?? '', replyTo: parsed.LICENSE_MAIL_REPLY_TO ?? '',
    },
    metricsKey: parsed.LICENSE_METRICS_KEY ?? null,
    tokens: keys === null ? null : {
      keys, issuer: parsed.LICENSE_ISSUER ?? '', audience: parsed.LICENSE_AUDIENCE ?? '', algorithms: parsed.LICENSE_JWT_ALGORITHMS ?? DEFAULT_ALGORITHMS,
    },
  }
}
