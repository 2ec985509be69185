import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Bff } from '../../../bff/index.ts'
import type { LicenseView } from '../../../bff/ledger/view.ts'
import type { World } from '../engines.ts'
import type { Desk } from '../vouchers/desk.ts'
import { makeKey } from '../who/keys.ts'

/** Asks as a person of the desk with an e-mail address. */
export async function visit(bff: Bff, desk: Desk, subject: string, emailVerified = true): Promise<void> {
  const { status } = await bff.fetch(new Request('http://bff.test/v1/me', {
    headers: { 'x-test-as': JSON.stringify({ subject, workspace: desk.workspace, roles: ['viewer'], email: `${subject}@b.example`, emailVerified }) },
  }))
  assert.equal(status, 200)
}

const keys = new WeakMap<Desk, Promise<{ token: string }>>()

/** Where the desk's device stands on the ladder of R24; looked at with a key, because a person would be one more to ask about. */
export async function reasonOf(desk: Desk): Promise<string> {
  const key = keys.get(desk) ?? makeKey(desk.world, 'viewer', desk.workspace)
  keys.set(desk, key)
  const { body } = await desk.world.ask<LicenseView>(null, 'GET', '/v1/devices/pump-1/license', undefined, { authorization: `Bearer ${(await key).token}` })
  return body.grace.reason
}

/** Waits until something is so; fails after three seconds. */
export async function until(done: () => Promise<boolean> | boolean, what = 'it did not come about'): Promise<void> {
  const latest = performance.now() + 3_000
  while (!(await done())) {
    assert.ok(performance.now() < latest, what)
    await sleep(5)
  }
}

/** What still has to be asked about a person. */
export async function askOf({ database: { db } }: World, subject: string): Promise<{ next_at: number; tries: number } | undefined> {
  return db.selectFrom('legacy_asks as a').innerJoin('people as p', 'p.id', 'a.person_id').select(['a.next_at', 'a.tries']).where('p.subject', '=', subject).executeTakeFirst()
}
