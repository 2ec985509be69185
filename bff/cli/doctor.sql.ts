import { sql } from 'kysely'
import type { Connection } from '../db/database.ts'
import { prepared, preparedList } from '../db/prepared.ts'
import type { AuditTable, GrantsTable } from '../db/tables.ts'

/** Faults of one kind that are looked for at most. */
const SOME = 20

/** Vouchers whose counts are not those of their grants, or that are used too often (R15, R20). */
export async function miscountedVouchers(connection: Connection): Promise<{ id: string; used: number; undone: number; max: number; standing: number; gone: number }[]> {
  const rows = await sql<{ id: string; used: number; undone: number; max: number; standing: number; gone: number }>`
    select v.id, v.used, v.undone, v.max_devices as max, coalesce(g.standing, 0) as standing, coalesce(g.gone, 0) as gone
    from vouchers v left join (
      select voucher_id, sum(case when undone_at is null then 1 else 0 end) as standing, sum(case when undone_at is null then 0 else 1 end) as gone
      from grants where voucher_id is not null group by voucher_id
    ) g on g.voucher_id = v.id
    where v.used > v.max_devices or v.used <> coalesce(g.standing, 0) or v.undone <> coalesce(g.gone, 0)
    order by v.id limit ${SOME}`.execute(connection)
  return rows.rows
}

/** A grant that a voucher opened, as far as its audit entries tell of it. */
export type RedeemedGrant = Pick<GrantsTable, 'id' | 'workspace_id' | 'device_id' | 'voucher_id' | 'from_at' | 'to_at' | 'undone_at'>

const GRANT = ['id', 'workspace_id', 'device_id', 'voucher_id', 'from_at', 'to_at', 'undone_at'] as const
const grantPage = prepared<{ after: string; limit: number }, RedeemedGrant>((db, arg) =>
  db.selectFrom('grants').select(GRANT).where('source', '=', 'voucher').where('id', '>', arg('after')).orderBy('id').limit(arg('limit')))

/** Grants of vouchers in order of ids, from the one after `after` on. */
export async function redeemedGrants(connection: Connection, after: string, limit: number): Promise<RedeemedGrant[]> {
  return (await grantPage(connection, { after, limit })).rows
}

const grantsById = preparedList<object, { id: string }>((db, _arg, keys) => db.selectFrom('grants').select('id').where('id', 'in', keys))

/** Those of these ids that are grants. */
export async function existingGrants(connection: Connection, ids: readonly string[]): Promise<Set<string>> {
  return new Set((await grantsById(connection, {}, ids)).map((row) => row.id))
}

const ofTargets = preparedList<object, AuditTable>((db, _arg, keys) =>
  db.selectFrom('audit').selectAll().where('target', 'in', keys).where('action', 'in', ['voucher-redeemed', 'grant-undone']))

/** What the audit tells of redemptions on these targets, and of their undoing. */
export async function redemptionEntries(connection: Connection, targets: readonly string[]): Promise<AuditTable[]> {
  return ofTargets(connection, {}, targets)
}

const entryPage = prepared<{ after: string; limit: number }, AuditTable>((db, arg) =>
  db.selectFrom('audit').selectAll().where('action', '=', 'voucher-redeemed').where('id', '>', arg('after')).orderBy('id').limit(arg('limit')))

/** Audit entries of redemptions in order of ids, from the one after `after` on. */
export async function redemptionsAfter(connection: Connection, after: string, limit: number): Promise<AuditTable[]> {
  return (await entryPage(connection, { after, limit })).rows
}

/** What must not stand alone: the rows that miss their other, and what they are called. */
const ALONE = {
  'device without workspace': sql`select d.workspace_id || '/' || d.id as id from devices d left join workspaces w on w.id = d.workspace_id where w.id is null`,
  'device without serial number': sql`select d.workspace_id || '/' || d.id as id from devices d left join serials s on s.serial_key = d.serial_key where s.serial_key is null`,
  'grant without device': sql`select g.id from grants g left join devices d on d.workspace_id = g.workspace_id and d.id = g.device_id where d.id is null`,
  'grant without voucher': sql`select g.id from grants g left join vouchers v on v.id = g.voucher_id where v.id is null and (g.voucher_id is not null or g.source = 'voucher')`,
  'cover without device': sql`select c.workspace_id || '/' || c.device_id as id from covers c left join devices d on d.workspace_id = c.workspace_id and d.id = c.device_id where d.id is null`,
  'reminder without device': sql`select r.workspace_id || '/' || r.device_id as id from reminders r left join devices d on d.workspace_id = r.workspace_id and d.id = r.device_id where d.id is null`,
  'digest without recipient': sql`select g.id from digests g left join recipients r on r.workspace_id = g.workspace_id and r.id = g.recipient_id where r.id is null`,
  'delivery without webhook': sql`select l.webhook_id || '/' || l.id as id from webhook_deliveries l left join webhooks h on h.id = l.webhook_id where h.id is null`,
  'delivery without event': sql`select l.webhook_id || '/' || l.id as id from webhook_deliveries l left join webhook_events e on e.id = l.event_id where e.id is null`,
  'voucher without workspace': sql`select v.id from vouchers v left join workspaces w on w.id = v.workspace_id where w.id is null and v.workspace_id is not null`,
  'key without workspace': sql`select k.id from api_keys k left join workspaces w on w.id = k.workspace_id where w.id is null and k.workspace_id is not null`,
}

/** Rows that miss what they belong to, such as `device without workspace acme/1`. */
export async function aloneRows(connection: Connection): Promise<string[]> {
  const found: string[] = []
  for (const [what, query] of Object.entries(ALONE)) {
    const { rows } = await sql<{ id: string }>`${query} limit ${SOME}`.execute(connection)
    found.push(...rows.map((row) => `${what} ${row.id}`))
  }
  return found
}

/** Serial numbers with more than one trial, or more than one grace, that was started here (R21, R24). */
export async function startedTwice(connection: Connection): Promise<{ serial: string; source: string; count: number }[]> {
  const { rows } = await sql<{ serial: string; source: string; count: number }>`
    select d.serial_key as serial, g.source, count(*) as count
    from grants g join devices d on d.workspace_id = g.workspace_id and d.id = g.device_id
    where g.source in ('trial', 'grace') and g.undone_at is null
    group by d.serial_key, g.source having count(*) > 1 limit ${SOME}`.execute(connection)
  return rows
}

/** Serial numbers with a trial or grace that is not kept as used (R24, R33). */
export async function notKeptAsUsed(connection: Connection): Promise<{ serial: string; kind: string }[]> {
  const { rows } = await sql<{ serial: string; kind: string }>`
    select distinct d.serial_key as serial, g.kind
    from grants g join devices d on d.workspace_id = g.workspace_id and d.id = g.device_id join serials s on s.serial_key = d.serial_key
    where g.undone_at is null and ((g.kind = 'trial' and s.trial_used_at is null) or (g.kind = 'grace' and s.grace_used_at is null))
    limit ${SOME}`.execute(connection)
  return rows
}

/** Rungs that were decided more than once for the same end of a licence (R28). */
export async function decidedTwice(connection: Connection): Promise<{ device: string; rung: number; count: number }[]> {
  const { rows } = await sql<{ device: string; rung: number; count: number }>`
    select workspace_id || '/' || device_id as device, rung, count(*) as count from reminders
    group by workspace_id, device_id, expires_at, rung having count(*) > 1 limit ${SOME}`.execute(connection)
  return rows
}

/** How many keys, vouchers and links of calendars that can still be used were hashed with each secret. */
export async function hashedWith(connection: Connection): Promise<{ secret: string; keys: number; vouchers: number; links: number }[]> {
  const { rows } = await sql<{ secret: string; keys: number; vouchers: number; links: number }>`
    select secret_id as secret, sum(is_key) as keys, sum(1 - is_key - is_link) as vouchers, sum(is_link) as links from (
      select secret_id, 1 as is_key, 0 as is_link from api_keys where revoked_at is null
      union all select secret_id, 0 as is_key, 0 as is_link from vouchers where revoked_at is null and used < max_devices
      union all select secret_id, 0 as is_key, 1 as is_link from calendar_links where revoked_at is null
    ) hashed group by secret_id`.execute(connection)
  return rows.map((row) => ({ secret: row.secret, keys: Number(row.keys), vouchers: Number(row.vouchers), links: Number(row.links) }))
}

/** How many webhooks have secrets that are derived from each secret of ours. */
export async function derivedFrom(connection: Connection): Promise<{ secret: string; webhooks: number }[]> {
  const rows = await connection.selectFrom('webhooks').select((row) => ['secret_id as secret', row.fn.countAll<number>().as('webhooks')])
    .where('removed_at', 'is', null).groupBy('secret_id').execute()
  return rows.map((row) => ({ secret: row.secret, webhooks: Number(row.webhooks) }))
}

/** What SQLite finds wrong with its own file; nothing on PostgreSQL, which checks itself. */
export async function damagedPages(connection: Connection): Promise<string[]> {
  const { rows } = await sql<{ quick_check: string }>`pragma quick_check(${sql.lit(SOME)})`.execute(connection)
  return rows.map((row) => row.quick_check).filter((found) => found !== 'ok')
}
