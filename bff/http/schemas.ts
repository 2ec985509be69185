import { z } from 'zod'
import { MAX_DAYS } from '../policy.ts'
import { isTimeZone } from '../rules/calendar.ts'

/** An opaque id of at most 64 characters; the portal's own, or ours. Not `.` or `..`, which no address can name. */
export const Id = z.string().min(1).max(64).refine((id) => !/[\s\p{Cc}]/u.test(id), 'an id holds no spaces and control characters')
  .refine((id) => !/^\.\.?$/.test(id), 'no address can name . and ..')

/** A text that people wrote, of at most 200 characters, not only spaces. */
export const Text = z.string().max(200).refine((text) => text.trim() !== '', 'is empty')

/** A text of one line, without anything that cannot be printed. */
export const Line = Text.refine((text) => !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(text), 'holds line breaks or control characters')

/** Whether a text is a language tag (BCP 47), such as `de` or `pt-BR`. */
export function isLocale(text: string): boolean {
  try {
    return Intl.getCanonicalLocales(text).length === 1
  } catch {
    return false
  }
}

/** A language tag (BCP 47). */
export const Locale = z.string().min(2).max(35).refine(isLocale, 'not a language tag such as de or pt-BR')

/** An instant as JSON carries it; answers ms since 1970 UTC. Its year has four digits in UTC too. */
export const Instant = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text))
  .refine((at) => /^\d/.test(new Date(at).toISOString()), 'is before the year 0 or after 9999')

/** Days of a term. */
export const Days = z.int().min(1).max(MAX_DAYS)

/** An IANA time zone. */
export const TimeZone = z.string().max(64).refine(isTimeZone, 'not an IANA time zone such as Europe/Berlin')

/** A whole number in a query. */
function integerInQuery(min: number, max: number): z.ZodType<number> {
  return z.string().regex(/^\d{1,9}$/, `not a whole number from ${min} to ${max}`)
    .meta({ type: 'integer', minimum: min, maximum: max }).transform(Number)
    .refine((value) => value >= min && value <= max, `not a whole number from ${min} to ${max}`)
}

/** `limit` and `cursor` of every list. */
export const PAGE = {
  limit: integerInQuery(1, 200).optional().transform((limit) => limit ?? 50),
  cursor: z.string().max(2_000).optional(),
}

/** The answer of a list. */
export function pageOf<T extends z.ZodType>(item: T): z.ZodType {
  return z.strictObject({ items: z.array(item), nextCursor: z.string().nullable() })
}

/** The workspace that a key of the role `gateway` asks about; everybody else has one. */
export const GATEWAY_QUERY = { workspace: Id.optional() }
