import type { Ask } from '../http/route.ts'

/** Where webhooks stand in the interface, and who has them there: a workspace its own, the seller those of every workspace. */
export const PLACES = [{ base: '/v1/webhooks', role: 'admin' }, { base: '/v1/vendor/webhooks', role: 'vendor' }] as const
export type Place = (typeof PLACES)[number]

/** Whose endpoints a request is about: the id of a workspace; null = the seller's. */
export function ownerOf({ role }: Place, { workspace }: Ask): string | null {
  return role === 'vendor' ? null : workspace
}
