import { type Bff, createBff, type Database, Keyring, policyOf, SECRET_BYTES } from '../../bff/index.ts'
import type { Role, WorkspaceRole } from '../../bff/rules/lists.ts'
import { openDatabase } from './database.ts'
import { type Ask, askAs, identify } from './people.ts'
import { seed } from './seed.ts'
import { NOW, TIME_ZONE, type WorldSpec } from './spec.ts'

/** One for the page, as codes are hashed with it and databases are copied. */
const keyring = new Keyring([crypto.getRandomValues(new Uint8Array(SECRET_BYTES))])

const LINKS = { device: '#/devices/{deviceId}', assets: '#/assets', licenseTab: '#/devices/{deviceId}/license' }

/** What the person in front of a world's page may do, if nothing else is said. */
export function roleIn({ role = 'admin' }: WorldSpec): WorkspaceRole {
  return role
}

/** Makes the BFF of a world over its database. */
export function makeBff(spec: WorldSpec, database: Database, now: () => number, roleOf = (): WorkspaceRole => roleIn(spec)): Bff {
  return createBff({
    database, keyring, now, readCsv,
    policy: policyOf({ ...spec.policy, links: { ...LINKS, ...spec.policy?.links } }),
    ...(spec.mail === true ? { mail: { from: 'license@velthorn.example', replyTo: 'license@velthorn.example', send: async () => ({ refused: null }) }, publicUrl: 'https://bff.example' } : {}),
    authenticate: identify(roleOf),
    onError: (_instance, error) => { console.error(error) },
  })
}

/** Reads the file that seeding writes, which quotes nothing. */
async function* readCsv(text: AsyncIterable<string>): AsyncGenerator<{ line: number; fields: string[] }> {
  let whole = ''
  for await (const part of text) whole += part
  for (const [index, line] of whole.split('\n').entries()) yield { line: index + 1, fields: line.split(',') }
}

/** A filled database, and the codes of its vouchers by their names. */
interface Seeded {
  bytes: Uint8Array
  codes: Record<string, string>
}

const known = new Map<string, Promise<Seeded>>()

/** What a world begins with; made once a page for all that hold the same. */
export function seededOf(spec: WorldSpec): Promise<Seeded> {
  const key = JSON.stringify({ ...spec, role: undefined, network: undefined })
  let seeded = known.get(key)
  if (seeded === undefined) known.set(key, (seeded = makeSeeded(spec)))
  return seeded
}

async function makeSeeded(spec: WorldSpec): Promise<Seeded> {
  const { database, bytes } = await openDatabase()
  const now = Date.parse(spec.now ?? NOW)
  const bff = makeBff(spec, database, () => now)
  const codes = await seed(spec, { as: (role: Role): Ask => askAs(bff, role), now, timeZone: spec.timeZone ?? TIME_ZONE })
  // Nobody has seen it without these changes.
  await database.db.deleteFrom('feeds').execute()
  await database.db.deleteFrom('changes').execute()
  const seeded = { bytes: bytes(), codes }
  await database.close()
  return seeded
}
