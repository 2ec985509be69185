import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import { SignJWT } from 'jose'
import { Keyring, routes } from '../../../bff/index.ts'
import type { Route } from '../../../bff/http/route.ts'
import { SESSION_SECONDS, signSession } from '../../../bff/http/who.ts'
import { ROLES, type Role, WORKSPACE_ROLES } from '../../../bff/rules/lists.ts'
import { type Answered, onEveryEngine, START, type World } from '../engines.ts'
import { type Example, EXAMPLES, Fresh } from './examples.ts'
import { makeKey } from './keys.ts'

const HOST_KEY = new Uint8Array(32).fill(7)
const HOST_TOKENS = { keys: async () => HOST_KEY, issuer: 'https://idp.example', audience: 'license', algorithms: ['HS256'] }

/** What stands between a request and its route. */
type Verdict = 'in' | 'unauthenticated' | 'role-required'

/** Who is let in by the role that a route declares (R31). */
function verdictOf(route: Route, role: Role, workspace: string | null): Verdict {
  if (route.role === 'anyone' || (role === 'gateway' && route.gateway === true)) return 'in'
  const needed = (WORKSPACE_ROLES as readonly string[]).indexOf(route.role)
  if (needed < 0) return role === route.role ? 'in' : 'role-required'
  return workspace !== null && (WORKSPACE_ROLES as readonly string[]).indexOf(role) >= needed ? 'in' : 'role-required'
}

/** Everybody who can ask: the token, and whom the BFF should take its owner for. */
async function everybody(world: World): Promise<[name: string, token: string | null, who: { role: Role; workspace: string | null } | null][]> {
  const session = (roles: readonly (typeof WORKSPACE_ROLES)[number][], now: number, keyring = world.keyring): Promise<string> =>
    signSession(keyring, { person: 'somebody', workspace: 'acme', roles }, now).then(({ token }) => token)
  const stranger = new Keyring([new Uint8Array(32).fill(1)])
  const hostToken = (claims: object, audience = HOST_TOKENS.audience): Promise<string> => new SignJWT({ workspace: 'acme', roles: ['admin'], ...claims })
    .setProtectedHeader({ alg: 'HS256' }).setIssuer(HOST_TOKENS.issuer).setAudience(audience).setSubject('ann').setExpirationTime(START / 1_000 + 60).sign(HOST_KEY)
  const admin = { role: 'admin', workspace: 'acme' } as const
  return [
    ['nobody', null, null],
    ['a token that is none', 'garbage', null],
    ['a token with dots', 'a.b.c', null],
    ['a key that nobody made', `lk_${'0'.repeat(64)}`, null],
    ['a session that has expired', await session(['admin'], START - SESSION_SECONDS * 1_000), null],
    ['a session signed with another secret', await session(['admin'], START, stranger), null],
    ['a key stored with another secret', (await makeKey(world, 'admin', 'acme', stranger)).token, null],
    ["the host's token for another audience", await hostToken({}, 'shop'), null],
    ["the host's token", await hostToken({}), admin],
    ["the host's token with roles of the platform", await hostToken({ roles: ['vendor', 'host', 'gateway'] }), { role: 'viewer', workspace: 'acme' }],
    ...await Promise.all(WORKSPACE_ROLES.map(async (role): Promise<[string, string, { role: Role; workspace: string }]> =>
      [`a session of the role ${role}`, await session([role], START), { role, workspace: 'acme' }])),
    ...await Promise.all(ROLES.map(async (role): Promise<[string, string, { role: Role; workspace: string | null }]> => {
      const workspace = (WORKSPACE_ROLES as readonly string[]).includes(role) ? 'acme' : null
      return [`a key of the role ${role}`, (await makeKey(world, role, workspace)).token, { role, workspace }]
    })),
  ]
}

suite('every route', () => {
  test('declares a role', () => {
    for (const { method, path, role } of routes) assert.ok(([...ROLES, 'anyone'] as unknown[]).includes(role), `${method} ${path} has the role ${role}`)
  })

  test('has an example', () => {
    assert.deepEqual(Object.keys(EXAMPLES).sort(), routes.map(({ method, path }) => `${method} ${path}`).sort())
  })

  test('of the seller, and of the host’s server, is for them alone', () => {
    for (const { method, path, role } of routes) {
      const area = path.split('/')[2] ?? ''
      assert.equal(role === 'vendor', area === 'vendor', `${method} ${path}`)
      assert.equal(role === 'host', area === 'host', `${method} ${path}`)
    }
  })

  test("that changes something but a reader's own marks is for no viewer", () => {
    const mayViewers = routes.filter((route) => verdictOf(route, 'viewer', 'acme') === 'in' && !route.path.startsWith('/v1/notifications/'))
    assert.deepEqual(mayViewers.filter((route) => 'change' in route).map(({ method, path }) => `${method} ${path}`), [])
  })
})

onEveryEngine('who is let in', (world) => {
  let asking: Awaited<ReturnType<typeof everybody>> = []
  before(async () => {
    await world().setUp()
    asking = await everybody(world())
  })

  for (const route of routes) {
    const name = `${route.method} ${route.path}`
    test(`${name} is for the role ${route.role}`, async () => {
      const make = EXAMPLES[name]
      assert.ok(make !== undefined)
      const refused = await make(new Fresh(world()))
      for (const [who, token, principal] of asking) {
        const verdict = principal === null ? 'unauthenticated' : verdictOf(route, principal.role, principal.workspace)
        const request: Example = verdict === 'in' ? await make(new Fresh(world())) : refused
        const path = principal?.role === 'gateway' && route.gateway === true ? `${request.path}?workspace=acme` : request.path
        const answer: Answered<{ code?: string }> = await world().ask(null, route.method.toUpperCase(), path, request.body, {
          ...request.headers, ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        })
        const got: string = answer.status < 300 ? 'in' : `${answer.status} ${answer.body.code}`
        assert.equal(got, { in: 'in', unauthenticated: '401 unauthenticated', 'role-required': '403 role-required' }[verdict], `${name} by ${who}`)
      }
    })
  }
}, { memberAddsDevices: true }, { hostTokens: HOST_TOKENS })
