import { z } from 'zod'
import { Text } from '../http/schemas.ts'

/** One contact: whom to ask, and how. */
export const Card = z.strictObject({
  name: Text.optional(), email: z.email().max(320).optional(), phone: z.string().min(1).max(64).optional(), hours: Text.optional(),
  url: z.url({ protocol: /^https?$/ }).max(2_000).optional(),
}).meta({ id: 'ContactCard' })

/** How to reach sales and support. */
export const Contact = z.strictObject({ sales: Card.optional().transform((card) => card ?? {}), support: Card.optional().transform((card) => card ?? {}) })

/** Who mail of a workspace comes from. */
export const Mail = z.strictObject({ from: z.string().min(3).max(400), replyTo: z.email().max(320).optional() })
