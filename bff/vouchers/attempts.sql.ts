import type { Connection, Trx } from '../db/database.ts'
import { newId } from '../ids.ts'
import { prepared } from '../db/prepared.ts'
import type { AttemptsTable } from '../db/tables.ts'
import type { Transact } from '../http/route.ts'

/** Whose attempts are counted, and how many refused ones pause redeeming (R19). */
export interface AttemptScope {
  caller: string
  workspace: string
  now: number
  limits: { person: number; workspace: number; minutes: number }
}

/** An attempt that was taken: refused or given back later. */
export interface Attempt extends AttemptScope {
  id: string
}

/** How long a place is waited for while other look-ups of the same caller are under way (ms): successes never count. */
const WAIT_MS = 5_000
const PAUSE_MS = 10
/** How long a look-up can be under way (ms); what is older was cut off by a crash or a failure, and counts for nothing. */
const UNDER_WAY_MS = 30_000

const lockScopes = prepared<{ caller: string; workspace: string }, never>((db, arg) =>
  db.insertInto('attempt_scopes').values([{ scope: arg('caller'), taken: 1 }, { scope: arg('workspace'), taken: 1 }])
    .onConflict((conflict) => conflict.column('scope').doUpdateSet((row) => ({ taken: row('attempt_scopes.taken', '+', 1) }))))

type Counted = Pick<AttemptsTable, 'caller' | 'workspace_id' | 'at' | 'refused'>

const inWindow = prepared<{ caller: string; workspace: string; since: number }, Counted>((db, arg) =>
  db.selectFrom('attempts').select(['caller', 'workspace_id', 'at', 'refused'])
    .where((row) => row.or([row('caller', '=', arg('caller')), row('workspace_id', '=', arg('workspace'))]))
    .where('at', '>', arg('since')).orderBy('at'))

const insert = prepared<AttemptsTable, never>((db, arg) => db.insertInto('attempts').values({
  id: arg('id'), caller: arg('caller'), workspace_id: arg('workspace_id'), at: arg('at'), refused: arg('refused'),
}))
const remove = prepared<{ id: string }, never>((db, arg) => 
  db.deleteFrom('attempts').where('id', '=', arg('id')).where('refused', '=', 0))
const mark = prepared<{ id: string }, never>((db, arg) => db.updateTable('attempts').set({ refused: 1 }).where('id', '=', arg('id')))
const forget = prepared<{ until: number; caller: string; workspace: string }, never>((db, arg) =>
  db.deleteFrom('attempts').where('at', '<=', arg('until'))
    .where((row) => row.or([row('caller', '=', arg('caller')), row('workspace_id', '=', arg('workspace'))])))

function sinceOf({ now, limits }: AttemptScope): number {
  return now - limits.minutes * 60_000
}

/** The instant at which the oldest of the attempts that pause leaves the window; null if nothing pauses. */
function pausedUntil(counted: readonly Counted[], { caller, workspace, limits }: AttemptScope): number | null {
  const ends = [
    { of: counted.filter((one) => one.caller === caller), limit: limits.person },
    { of: counted.filter((one) => one.workspace_id === workspace), limit: limits.workspace },
  ].flatMap(({ of, limit }) => {
    const oldest = of.at(-limit)
    return oldest === undefined ? [] : [oldest.at + limits.minutes * 60_000]
  })
  return ends.length === 0 ? null : Math.max(...ends)
}

/**
 * Takes an attempt before a code is looked up (R19), in a transaction of its own, so that parallel guesses gain nothing.
 * Answers the attempt, or until when redeeming is paused (ms). Where only look-ups under way fill the limit, it waits for them.
 */
export async function takeAttempt(transact: Transact, scope: AttemptScope): Promise<Attempt | { pausedUntil: number }> {
  const end = performance.now() + WAIT_MS
  for (;;) {
    const taken = await transact((trx) => tryAttempt(trx, scope))
    if (taken !== 'wait') return taken
    if (performance.now() > end) return { pausedUntil: scope.now + 1_000 }
    await new Promise((resolve) => { setTimeout(resolve, PAUSE_MS * (1 + Math.random())) })
  }
}

async function tryAttempt(trx: Trx, scope: AttemptScope): Promise<Attempt | { pausedUntil: number } | 'wait'> {
  const { caller, workspace, now } = scope
  await lockScopes(trx, { caller: `caller ${caller}`, workspace: `workspace ${workspace}` })
  const { rows } = await inWindow(trx, { caller, workspace, since: sinceOf(scope) })
  const until = pausedUntil(rows.filter((row) => row.refused === 1), scope)
  if (until !== null) return { pausedUntil: until }
  if (pausedUntil(rows.filter((row) => row.refused === 1 || row.at > now - UNDER_WAY_MS), scope) !== null) return 'wait'
  const id = newId(now)
  await insert(trx, { id, caller, workspace_id: workspace, at: now, refused: 0 })
  return { ...scope, id }
}

/** Gives an attempt back: its look-up was not refused. One that was stays, whoever believes that it was rolled back. */
export async function giveBack(trx: Trx, attempt: Attempt): Promise<void> {
  await remove(trx, attempt)
}

/** Lets an attempt count; answers how many are left. */
export async function countRefusal(trx: Trx, attempt: Attempt): Promise<number> {
  const { caller, workspace, limits } = attempt
  await mark(trx, attempt)
  await forget(trx, { until: sinceOf(attempt), caller, workspace })
  const rows = (await refusalsOf(trx, attempt)).filter((row) => row.refused === 1)
  const ofCaller = rows.filter((row) => row.caller === caller).length
  const ofWorkspace = rows.filter((row) => row.workspace_id === workspace).length
  return Math.max(0, Math.min(limits.person - ofCaller, limits.workspace - ofWorkspace))
}

async function refusalsOf(connection: Connection, scope: AttemptScope): Promise<Counted[]> {
  return (await inWindow(connection, { caller: scope.caller, workspace: scope.workspace, since: sinceOf(scope) })).rows
}
