import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { Client } from '../../components/shared/client.ts'
import { findNotifications } from '../../components/shared/find-notifications.ts'
import type { Notifications } from '../../components/shared/wire.ts'

/** A client of a BFF that holds so many reminders; `asked` are the limits and cursors that it was asked with. */
function clientOf(count: number): { client: Client; asked: [limit: number, cursor: string | null][] } {
  const asked: [number, string | null][] = []
  const notifications = async (limit: number, cursor: string | null): Promise<Notifications> => {
    asked.push([limit, cursor])
    const first = Number(cursor ?? 0)
    const items = Array.from({ length: Math.min(limit, count - first) }, (_, index) => ({ id: String(first + index) })) as Notifications['items']
    return { items, nextCursor: first + limit < count ? String(first + limit) : null, unread: count, snoozedUntil: { expired: null, expiring: null }, warnings: [], now: '2026-11-21T09:30:00.000Z' }
  }
  return { client: { notifications } as unknown as Client, asked }
}

suite('reminders that are shown', () => {
  for (const [wanted, there, asked, more] of [
    [20, 5, [[20, null]], false], [20, 20, [[20, null]], false], [40, 100, [[40, null]], true], [220, 500, [[200, null], [20, '200']], true], [500, 401, [[200, null], [200, '200'], [100, '400']], false],
  ] as const) {
    test(`${wanted} of ${there} are asked for in ${asked.length} requests`, async () => {
      const bff = clientOf(there)
      const { items, nextCursor } = await findNotifications(bff.client, wanted)
      assert.deepEqual([bff.asked, items.map(({ id }) => id), nextCursor !== null], [asked, Array.from({ length: Math.min(wanted, there) }, (_, index) => String(index)), more])
    })
  }
})
