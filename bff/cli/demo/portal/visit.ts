import type { Context } from 'hono'
import type { MountOptions } from '../../../http/mount.ts'
import type { Bff } from '../../../index.ts'
import type { Clock } from '../clock.ts'
import { PortalApi } from './api.ts'
import type { Html } from './icons.ts'
import { type Language, languageOf } from './language.ts'

/** What the demo is made of. */
export interface DemoParts extends Pick<MountOptions, 'database' | 'keyring' | 'policy'> {
  bff: Bff
  clock: Clock
  onError: (instance: string, error: unknown) => void
}

/** What a page of the portal may load: its style sheet and its sign. It has no script at all. */
export const PORTAL_POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"

const PAGE_HEADERS = {
  'content-type': 'text/html; charset=utf-8', 'content-security-policy': PORTAL_POLICY, 'x-content-type-options': 'nosniff', 'cache-control': 'no-store',
  // Not `no-referrer`: forms would then name no origin, and be refused.
  'referrer-policy': 'same-origin', vary: 'accept-language',
}

/** One request for a page, and what it takes to answer it. */
export interface Visit {
  request: Request
  language: Language
  api: PortalApi
  clock: Clock
  answer: (page: Html, status?: number) => Promise<Response>
}

/** Makes a visit of a request. */
export function visitOf(c: Context, { bff, clock }: DemoParts): Visit {
  const language = languageOf(c.req.raw)
  return {
    request: c.req.raw,
    language,
    api: new PortalApi(bff, c.req.header('authorization') ?? null),
    clock,
    answer: async (page, status = 200) => new Response(`${await page}`, { status, headers: { ...PAGE_HEADERS, 'content-language': language.code } }),
  }
}
