import type { HostIdentity } from '../../bff/index.ts'
import { ROLES, type Role, WORKSPACE_ROLES, type WorkspaceRole } from '../../bff/rules/lists.ts'

/** The workspace of every world. */
export const WORKSPACE = 'lindenhof'

function tokenOf(role: Role): string {
  return `story-${role}`
}

const OTHERS = new Map<string, HostIdentity>(ROLES.map((role) => [tokenOf(role), {
  subject: tokenOf(role), workspace: (WORKSPACE_ROLES as readonly Role[]).includes(role) ? WORKSPACE : null, roles: [role], name: `Colleague (${role})`,
}]))

/** The account of the person in front of the page, also on the old platform. */
export const PERSON = 'jane'

/** Who asks: without credentials the person in front of the page, who has the role that `roleOf` says then; with a token of `askAs` somebody
 * else. */
export function identify(roleOf: () => WorkspaceRole): (request: Request) => HostIdentity | undefined {
  const person = { subject: PERSON, workspace: WORKSPACE, name: 'Jane Doe', email: 'jane@lindenhof.example' }
  return (request) => {
    const header = request.headers.get('authorization')
    return header === null ? { ...person, roles: [roleOf()] } : OTHERS.get(header.replace('Bearer ', ''))
  }
}

/** Asks the BFF as somebody; a text goes as `type`, all else as JSON. Throws what it refuses. */
export type Ask = <T = unknown>(method: string, path: string, body?: unknown, type?: string) => Promise<T>

/** Makes the function that asks with a role, not as the person in front of the page. */
export function askAs(bff: (request: Request) => Promise<Response>, role: Role): Ask {
  return async <T>(method: string, path: string, body?: unknown, type = 'application/json') => {
    const response = await bff(new Request(`https://bff.example${path}`, {
      method,
      headers: { authorization: `Bearer ${tokenOf(role)}`, ...(body === undefined ? {} : { 'content-type': type }) },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    }))
    const text = await response.text()
    if (!response.ok) throw new Error(`${role} was refused ${method} ${path}: ${response.status} ${text}`)
    return JSON.parse(text) as T
  }
}
