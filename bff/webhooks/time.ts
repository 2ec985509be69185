import { breathe } from '../breathe.ts'
import type { Database, Trx } from '../db/database.ts'
import { readMeta } from '../db/meta.sql.ts'
import { inTransaction } from '../db/transaction.ts'
import { address, type EventType, type Fact, storeEvents } from '../ledger/facts.sql.ts'
import { licenseFact } from '../ledger/facts.ts'
import { type Device, findDevices, type LedgerGrant, ledgersOf } from '../ledger/ledger.sql.ts'
import { graceFor, judge } from '../ledger/view.ts'
import type { BffPolicy } from '../policy.ts'
import { coverNow } from '../rules/license.ts'
import { changedWorkspace, dropMarks, graceCandidates, moveMark, type Turn, turnsAfter, wantedTypes } from './time.sql.ts'

/** Devices that are looked at in one transaction. */
const PAGE = 500
/** How long a change may be on its way to the database (ms): what would be passed over meanwhile is told so much later. */
const SETTLE_MS = 5_000
/** How far a mark may stay behind while nothing happens (ms), which spares the database. */
const BEHIND_MS = 60_000
const GRACE = 'grace.available:'

/** What is kept of how far each kind of event is told, and the types that it tells. */
const MARKS = {
  expiring: { key: 'webhooks expiring', types: ['license.expiring'] },
  ended: { key: 'webhooks ended', types: ['license.expired', 'grace.available'] },
  grace: { key: 'webhooks grace', types: ['grace.available'] },
} as const satisfies Record<string, { key: string; types: readonly EventType[] }>

interface Context {
  policy: BffPolicy
  now: number
  wants: (workspace: string, type: EventType) => boolean
  /** Whether somebody, anywhere, wants to know of grace: then it is remembered for every device. */
  wantsGrace: boolean
}

/** Tells what happened by time alone since the last time, once whoever looks (R4): nothing where no endpoint wants it, and nothing of the
 * time before one did. */
export async function tellOfTime(database: Database, policy: BffPolicy, now: () => number): Promise<void> {
  const wanted = await wantedTypes(database.db)
  const isWanted = (type: EventType): boolean => wanted.some(({ types }) => types.includes(type))
  const wants = (workspace: string, type: EventType): boolean => wanted.some(({ owner, types }) => (owner === null || owner === workspace) && types.includes(type))
  for (const [kind, { key, types }] of Object.entries(MARKS)) {
    if (!types.some(isWanted)) {
      if (await readMeta(database.db, key) !== null) await dropMarks(database.db, key)
      continue
    }
    const step = kind === 'grace' ? lookForGrace : (trx: Trx, context: Context) => turn(trx, kind as 'expiring' | 'ended', context)
    while (await inTransaction(database, (trx) => step(trx, { policy, now: now(), wants, wantsGrace: isWanted('grace.available') }))) await breathe()
  }
}

/** Tells a page of what began or ended by time; answers whether there is more. */
async function turn(trx: Trx, kind: 'expiring' | 'ended', context: Context): Promise<boolean> {
  const { key } = MARKS[kind]
  const end = context.now - SETTLE_MS
  const ahead = JSON.stringify([end + 1, '', ''])
  const mark = await readMeta(trx, key)
  const [at, workspace, device] = JSON.parse(mark ?? ahead) as [number, string, string]
  // The first time begins now; and where the clock was put back, what comes again is told already.
  if (mark === null || at > end + 1) {
    await moveMark(trx, key, mark, ahead)
    return false
  }
  const page = await turnsAfter(trx, kind, { at, workspace, device }, end, PAGE)
  const last = page.length < PAGE ? null : page.at(-1)
  if (page.length === 0 && end - at < BEHIND_MS) return false
  if (!(await moveMark(trx, key, mark, last == null ? ahead : JSON.stringify([last.at, last.workspace, last.device])))) return true
  await store(trx, await factsOf(trx, kind, page, context), context.now)
  return last != null
}

async function factsOf(trx: Trx, kind: 'expiring' | 'ended', page: readonly Turn[], context: Context): Promise<Fact[]> {
  const facts: Fact[] = []
  for (const [workspace, turns] of Map.groupBy(page, (one) => one.workspace)) {
    if (!context.wantsGrace && !MARKS[kind].types.some((type) => context.wants(workspace, type))) continue
    const found = await load(trx, workspace, turns.map(({ device }) => device))
    for (const { at, device } of turns) facts.push(...found.get(device)?.flatMap((one) => factsAt(kind, one, at, context)) ?? [])
  }
  return facts
}

interface Found {
  device: Device
  ledger: LedgerGrant[]
}

async function load(trx: Trx, workspace: string, ids: readonly string[]): Promise<Map<string, [Found]>> {
  const ledgers = await ledgersOf(trx, workspace, ids)
  return new Map((await findDevices(trx, workspace, ids)).map((device) => [device.id, [{ device, ledger: ledgers.get(device.id) ?? [] }]]))
}

/** What an instant of a cover means now: nothing where the licence has changed since, or a later cover decides (R6). */
function factsAt(kind: 'expiring' | 'ended', found: Found, at: number, { policy, now }: Context): Fact[] {
  const { device, ledger } = found
  const { license: { status, expiresAt, expiringSoon } } = judge(device, ledger, policy, now)
  const once = (type: Fact['type']): Fact => ({ ...licenseFact(type, found, policy, now), at, once: `${type}:${device.workspace}:${device.id}:${expiresAt}` })
  if (kind === 'expiring') return expiringSoon && status !== 'expired' ? [once('license.expiring')] : []
  if (status !== 'expired' || expiresAt !== at) return []
  return [once('license.expired'), ...graceFact(found, at, { policy, now })]
}

/** That a device may have grace (R24), which is told once ever. */
function graceFact(found: Found, at: number, { policy, now }: Pick<Context, 'policy' | 'now'>): Fact[] {
  const { device, ledger } = found
  if (graceFor(device, coverNow(ledger, now) !== null, policy, now) !== 'eligible') return []
  return [{ ...licenseFact('grace.available', found, policy, now), at, once: `${GRACE}${device.workspace}:${device.id}` }]
}

/** Looks at the devices of a workspace that has changed: records came, an account was recognised, or a device. Answers whether there is
 * more to look at. The first time, what is found is only remembered. */
async function lookForGrace(trx: Trx, context: Context): Promise<boolean> {
  const { key } = MARKS.grace
  const mark = await readMeta(trx, key)
  const changed = await changedWorkspace(trx, `${key} `)
  if (changed === null) {
    if (mark === null) await moveMark(trx, key, null, 'begun')
    return false
  }
  const { workspace, seq, mark: before } = changed
  const after = before?.startsWith(`${seq} `) === true ? before.slice(`${seq} `.length) : ''
  const ids = await graceCandidates(trx, workspace, after, GRACE, context.now, PAGE)
  const last = ids.length < PAGE ? undefined : ids.at(-1)
  if (!(await moveMark(trx, `${key} ${workspace}`, before, last === undefined ? String(seq) : `${seq} ${last}`))) return true
  const found = await load(trx, workspace, ids)
  const facts = ids.flatMap((id) => found.get(id)?.flatMap((one) => graceFact(one, context.now, context)) ?? [])
  if (mark === null) await storeEvents(trx, context.now, facts.map((fact) => ({ fact, readers: [] })))
  else await store(trx, facts, context.now)
  return true
}

/** Stores what somebody wants to know, and of what is told once ever also what nobody does. */
async function store(trx: Trx, facts: readonly Fact[], now: number): Promise<void> {
  const addressed = await address(trx, facts)
  await storeEvents(trx, now, addressed.filter(({ fact, readers }) => readers.length > 0 || fact.type === 'grace.available'))
}
