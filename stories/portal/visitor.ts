import type { Role } from './settings.ts'

/** The bearer token of a role in the demo, where an admin needs none; a real portal's server mints one for who is signed in. */
export function tokenOf(role: Role): string | null {
  return role === 'admin' ? null : `demo-${role}`
}

/** The same for the elements: how `<license-provider>` gets a token. */
export function getTokenOf(role: Role): (() => string) | null {
  const token = tokenOf(role)
  return token === null ? null : () => token
}
