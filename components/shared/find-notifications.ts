import type { Client } from './client.ts'
import type { Notifications } from './wire.ts'

/** Reminders that are shown at first, and more each time. */
export const NOTIFICATIONS = 20
/** What one request answers at most. */
const PAGE = 200

/** The newest reminders that hold, up to `count` or a few more. Throws a ProblemError. */
export async function findNotifications(client: Client, count: number): Promise<Notifications> {
  const first = await client.notifications(Math.min(count, PAGE), null)
  const items = [...first.items]
  let cursor = first.nextCursor
  while (cursor !== null && items.length < count) {
    const page = await client.notifications(Math.min(count - items.length, PAGE), cursor)
    items.push(...page.items)
    cursor = page.nextCursor
  }
  return { ...first, items, nextCursor: cursor }
}
