import { writeAudit } from '../db/audit.sql.ts'
import type { Connection, Trx } from '../db/database.ts'
import { preparedList } from '../db/prepared.ts'
import type { BouncesTable } from '../db/tables.ts'
import type { Keyring } from '../http/keyring.ts'
import { newId } from '../ids.ts'
import type { BffPolicy } from '../policy.ts'

const DAY_MS = 86_400_000
/** How long an address that refused mail for good is left alone (ms). */
export const PAUSE_MS = 30 * DAY_MS

/** Somebody whom a workspace's digests go to. */
export interface Recipient {
  /** `person:ID`, or `address:HASH` of one of its `notifyEmails`. */
  key: string
  address: string
  /** BCP 47; null = not known. */
  locale: string | null
}

/** What it takes to know whom to write to. */
export interface Asked {
  keyring: Keyring
  policy: Pick<BffPolicy, 'recipientSeenDays'>
  /** The instant (ms). */
  now: number
}

/** An address as it is compared. */
function normal(address: string): string {
  return address.trim().toLowerCase()
}

/** The hashes of an address by every secret, the current one first: what was kept before a rotation still counts. */
async function hashesOf(keyring: Keyring, address: string): Promise<[string, ...string[]]> {
  const [first = '', ...rest] = await keyring.hashes('address', normal(address))
  return [first, ...rest]
}

/** Members and admins with a verified address who were there not too long ago (R29). */
async function peopleOf(connection: Connection, workspace: string, { policy, now }: Asked): Promise<Recipient[]> {
  const rows = await connection.selectFrom('memberships as m').innerJoin('people as p', 'p.id', 'm.person_id').select(['p.id', 'p.email', 'p.locale'])
    .where('m.workspace_id', '=', workspace).where('m.role', 'in', ['member', 'admin']).where('m.seen_at', '>', now - policy.recipientSeenDays * DAY_MS)
    .where('p.email_verified', '=', 1).where('p.email', 'is not', null).orderBy('p.id').execute()
  return rows.map((row) => ({ key: `person:${row.id}`, address: row.email ?? '', locale: row.locale }))
}

async function notifiedOf(connection: Connection, workspace: string, keyring: Keyring): Promise<Recipient[]> {
  const row = await connection.selectFrom('workspaces').select('notify_emails').where('id', '=', workspace).executeTakeFirst()
  const addresses = JSON.parse(row?.notify_emails ?? '[]') as string[]
  return Promise.all(addresses.map(async (address) => ({ key: `address:${(await hashesOf(keyring, address))[0]}`, address, locale: null })))
}

const someBounces = preparedList<object, BouncesTable>((db, _arg, keys) => db.selectFrom('bounces').selectAll().where('address_hash', 'in', keys))

async function pausedOf(connection: Connection, hashes: readonly string[], now: number): Promise<Set<string>> {
  return new Set((await someBounces(connection, {}, hashes)).filter(({ at }) => now - at < PAUSE_MS).map((row) => row.address_hash))
}

/** Whom a workspace's digests go to now: its `notifyEmails`, and its people; each address once, none that opted out or is paused (R29). */
export async function recipientsOf(connection: Connection, workspace: string, asked: Asked): Promise<Recipient[]> {
  const { keyring, now } = asked
  const known = [...await peopleOf(connection, workspace, asked), ...await notifiedOf(connection, workspace, keyring)]
  const out = new Set((await connection.selectFrom('recipients').select('recipient').where('workspace_id', '=', workspace).where('opted_out_at', 'is not', null).execute())
    .map((row) => row.recipient))
  const hashes = await Promise.all(known.map(({ address }) => hashesOf(keyring, address)))
  const paused = await pausedOf(connection, hashes.flat(), now)
  const reachable: Recipient[] = []
  const taken = new Set<string>()
  for (const [index, recipient] of known.entries()) {
    const own = hashes[index] ?? ['']
    const isOut = out.has(recipient.key) || (recipient.key.startsWith('address:') && own.some((hash) => out.has(`address:${hash}`)))
    if (isOut || taken.has(own[0]) || own.some((hash) => paused.has(hash))) continue
    taken.add(own[0])
    reachable.push(recipient)
  }
  return reachable
}

/** Ids of recipients, each of which has a row from now on, in their order. */
export async function rowsOf(connection: Connection, workspace: string, recipients: readonly Recipient[], now: number): Promise<string[]> {
  if (recipients.length === 0) return []
  await connection.insertInto('recipients').values(recipients.map(({ key }) => ({ id: newId(now), workspace_id: workspace, recipient: key, opted_out_at: null, created_at: now })))
    .onConflict((conflict) => conflict.doNothing()).execute()
  const rows = await connection.selectFrom('recipients').select(['id', 'recipient']).where('workspace_id', '=', workspace)
    .where('recipient', 'in', recipients.map(({ key }) => key)).execute()
  const ids = new Map(rows.map((row) => [row.recipient, row.id]))
  return recipients.map(({ key }) => ids.get(key) ?? '')
}

/** Notes that an address refused mail for good, with the code that it said. */
export async function pauseAddress(connection: Connection, keyring: Keyring, address: string, { code, now }: { code: string; now: number }): Promise<void> {
  await connection.insertInto('bounces').values({ address_hash: (await hashesOf(keyring, address))[0], at: now, code })
    .onConflict((conflict) => conflict.column('address_hash').doUpdateSet({ at: now, code })).execute()
}

/** A recipient by its row; null if there is none. */
export async function findRecipient(connection: Connection, id: string): Promise<{ workspace: string; key: string; optedOut: boolean } | null> {
  const row = await connection.selectFrom('recipients').selectAll().where('id', '=', id).executeTakeFirst()
  return row === undefined ? null : { workspace: row.workspace_id, key: row.recipient, optedOut: row.opted_out_at !== null }
}

/** Stops or goes on with mail to a recipient (R29, R32). */
export async function optOut(trx: Trx, id: string, out: boolean, now: number): Promise<void> {
  const row = await trx.updateTable('recipients').set({ opted_out_at: out ? now : null }).where('id', '=', id)
    .where('opted_out_at', out ? 'is' : 'is not', null).returning('workspace_id').executeTakeFirst()
  if (row === undefined) return
  await writeAudit(trx, now, { who: `recipient:${id}`, workspace: row.workspace_id, action: out ? 'reminders-stopped' : 'reminders-resumed', target: `recipient:${id}` })
}
