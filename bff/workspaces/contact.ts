import { z } from 'zod'
import { Line } from '../http/schemas.ts'

/** One contact: whom to ask, and how. */
export const Card = z.strictObject({
  name: Line.optional(), email: z.email().max(320).optional(), phone: Line.max(64).optional(), hours: Line.optional(),
  url: z.url({ protocol: /^https?$/ }).max(2_000).optional(),
}).meta({ id: 'ContactCard' })

/** How to reach sales and support. */
export const Contact = z.strictObject({ sales: Card.optional().transform((card) => card ?? {}), support: Card.optional().transform((card) => card ?? {}) })

/** A name that needs no quotes, or one in quotes, before an address in angle brackets (RFC 5322 §3.4). */
const NAMED = /^(?:[^\p{Cc}\p{Zl}\p{Zp}()<>[\]:;@\\,"]+|"[^\p{Cc}\p{Zl}\p{Zp}"\\]*") ?<([^<>]+)>$/u

function isSender(text: string): boolean {
  return z.email().max(320).safeParse(NAMED.exec(text)?.[1] ?? text).success
}

/** An e-mail address, also with a name: `Name <address>`. */
export const Sender = z.string().min(3).max(400).refine(isSender, 'is neither an e-mail address nor Name <address>')

/** Who mail of a workspace comes from. */
export const Mail = z.strictObject({ from: Sender, replyTo: z.email().max(320).optional() })
