import type { HostIdentity } from '../../http/who.ts'
import { ROLES, type Role, WORKSPACE_ROLES } from '../../rules/lists.ts'

/** The sample workspace. */
export const WORKSPACE = 'demo'

/** By which the old platform's records know the visitor. */
export const VISITOR_EMAIL = 'demo@example.com'

/** Who reads German, and gets reminders as a member does. */
const CARETAKER = { name: 'Demo member', email: 'haustechnik@example.com', emailVerified: true, locale: 'de-DE' }

/** Who asks without credentials: everything that a person of the workspace, and its seller, may do. */
const VISITOR: HostIdentity = {
  subject: 'demo', workspace: WORKSPACE, roles: ['admin', 'vendor'], name: 'Demo visitor', email: VISITOR_EMAIL, emailVerified: true,
}

/** The bearer token of a role. */
export function demoToken(role: Role): string {
  return `demo-${role}`
}

const BY_TOKEN = new Map<string, HostIdentity>(ROLES.map((role) => [demoToken(role), {
  subject: demoToken(role),
  workspace: (WORKSPACE_ROLES as readonly Role[]).includes(role) ? WORKSPACE : null,
  roles: [role],
  ...(role === 'member' ? CARETAKER : { name: `Demo ${role}` }),
}]))

/** The demo's identities; `undefined` for every other Authorization, which is then checked as usual. */
export function authenticate(request: Request): HostIdentity | undefined {
  const header = request.headers.get('authorization')
  if (header === null) return VISITOR
  return BY_TOKEN.get(/^Bearer +(\S+)$/i.exec(header)?.[1] ?? '')
}
