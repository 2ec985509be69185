import type { Statement } from 'better-sqlite3'
import { inTransaction } from '../../bff/db/transaction.ts'
import { newId } from '../../bff/ids.ts'
import { issueVouchers } from '../../bff/vouchers/issue.ts'
import { load } from './load.ts'
import type { Figure } from './run.ts'
import { type BenchWorld, context, makeWorld, median, openRaw, startChild } from './world.ts'

const ROUND = 4_000
const ROUNDS = 3

/** Redeeming over HTTP, durably, against a bare loop of the same transaction. */
export async function run(): Promise<Figure[]> {
  const world = await makeWorld(ROUND * ROUNDS, false)
  const terms = { days: 365, maxDevices: 1, models: null, workspace: null, notBefore: null, redeemBy: null, batch: null, reference: null, note: null }
  const { items } = await inTransaction(world.store, (trx) => issueVouchers(trx, ROUND * ROUNDS, terms, { ...context(), keyring: world.keyring }))
  const peer = await makeWorld(ROUND * ROUNDS, false)
  const { items: bare } = await inTransaction(peer.store, (trx) => issueVouchers(trx, ROUND * ROUNDS, terms, { ...context(), keyring: peer.keyring }))
  const rates: Record<'ours' | 'peer', number[]> = { ours: [], peer: [] }
  for (let round = 0; round < ROUNDS; round += 1) {
    rates.peer.push(bareLoop(peer, bare.slice(round * ROUND, (round + 1) * ROUND).map((item) => item.id), round * ROUND))
    const child = await startChild('./bff.child.ts', [world.file])
    let place = round * ROUND
    rates.ours.push(await load(child.port, world.key, () => {
      const at = place % (ROUND * ROUNDS)
      place += 1
      return { method: 'POST', path: `/v1/devices/device-${at}/voucher`, body: JSON.stringify({ code: items[at]?.code }) }
    }, { amount: ROUND }))
    await child.stop()
  }
  await Promise.all([world.close(), peer.close()])
  const [ours, other] = [median(rates.ours), median(rates.peer)]
  return [
    { name: 'redeeming over HTTP, durable', ours, peer: other, unit: 'redemptions/s', goal: 'ratio 0.4', reached: ours >= other * 0.4 },
    { name: 'redeeming over HTTP, durable', ours, unit: 'redemptions/s', goal: '1,000 a second', reached: ours >= 1_000 },
  ]
}

/** What a redemption does to the database, in one loop of prepared statements: the attempt, committed; then voucher, ledger,
 * covers and audit in one transaction. Answers rounds a second. */
function bareLoop(world: BenchWorld, vouchers: readonly string[], firstDevice: number): number {
  const db = openRaw(world.file)
  db.pragma('foreign_keys = on')
  const prepare = (sql: string): Statement<unknown[]> => db.prepare<unknown[]>(sql)
  const scopes = prepare('insert into attempt_scopes (scope, taken) values (+?, 1), (+?, 1) on conflict (scope) do update set taken = taken + 1')
  const window = prepare('select * from attempts where (caller = +? or workspace_id = +?) and at > +? order by at')
  const attempt = prepare('insert into attempts values (+?, +?, +?, +?, 0)')
  const device = prepare('select * from devices where workspace_id = +? and id = +? and removed_at is null')
  const voucher = prepare('select * from vouchers where id = +?')
  const lock = prepare('update devices set revision = revision + 1 where workspace_id = +? and id = +? returning revision')
  const ledger = prepare('select * from grants where workspace_id = +? and device_id = +? order by seq')
  const take = prepare('update vouchers set used = used + 1 where id = +? and used < max_devices and revoked_at is null')
  const grant = prepare(`insert into grants (workspace_id, device_id, seq, id, kind, from_at, to_at, days, at, "by", source, voucher_id, last4)
    values (+?, +?, +?, +?, 'standard', +?, +?, 365, +?, 'bench', 'voucher', +?, 'ABCD')`)
  const dropCovers = prepare('delete from covers where workspace_id = +? and device_id = +?')
  const cover = prepare("insert into covers values (+?, +?, +?, +?, null, +?, 'standard')")
  const audit = prepare("insert into audit values (+?, +?, 'bench', +?, 'voucher-redeemed', +?, null, +?)")
  const giveBack = prepare('delete from attempts where id = +?')
  const started = performance.now()
  vouchers.forEach((id, index) => {
    const now = Date.now()
    const to = now + 365 * 86_400_000
    const deviceId = `device-${firstDevice + index}`
    const attemptId = newId(now)
    db.exec('begin immediate')
    scopes.run('caller bench', 'workspace acme')
    window.all('bench', 'acme', now - 900_000)
    attempt.run(attemptId, 'bench', 'acme', now)
    db.exec('commit')
    db.exec('begin immediate')
    device.get('acme', deviceId)
    voucher.get(id)
    const { revision } = lock.get('acme', deviceId) as { revision: number }
    ledger.all('acme', deviceId)
    if (take.run(id).changes !== 1) throw new Error('the voucher is used')
    const grantId = newId(now)
    grant.run('acme', deviceId, revision, grantId, now, to, now, id)
    dropCovers.run('acme', deviceId)
    cover.run('acme', deviceId, now, to - 31 * 86_400_000, to)
    audit.run(newId(now), now, 'acme', `device:${deviceId}`, JSON.stringify({ grant: grantId, voucher: id }))
    giveBack.run(attemptId)
    db.exec('commit')
  })
  const rate = vouchers.length / ((performance.now() - started) / 1_000)
  db.close()
  return rate
}
