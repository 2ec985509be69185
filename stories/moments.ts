import type { World, WorldSpec } from './world.ts'

/** Where a story's clock can be put: where the story begins, or by the end of a licence. Dates (`2027-05-12`) go too. */
export const MOMENTS = ['today', 'before', 'last', 'expired'] as const
export type Moment = (typeof MOMENTS)[number]

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** How far from its end a licence is looked at (ms): with 31 days left it begins to expire. */
const FROM_END: Readonly<Record<string, number>> = { before: -31 * DAY_MS - 8.25 * HOUR_MS, last: -8.25 * HOUR_MS, expired: 9.5 * HOUR_MS }

/** Of how many devices it is asked at most whether they have a licence. */
const MOST_ASKED = 20

/** Turns the clock of a world to a moment of a device's licence, or else of the first that has one; or to a date (`2027-05-12`). */
export async function turnClock(world: World, spec: WorldSpec, choice: string, deviceId?: unknown): Promise<void> {
  world.clock.turn(await instantOf(world, spec, choice, deviceId))
  if (spec.reminders === true) await world.bff.reminders.run()
}

/** The instant that is meant (ms); null: the story's own. */
async function instantOf(world: World, { devices = [] }: WorldSpec, choice: string, deviceId: unknown): Promise<number | null> {
  const fromEnd = FROM_END[choice]
  if (fromEnd === undefined) {
    const date = Date.parse(`${choice}T09:30:00Z`)
    return Number.isNaN(date) ? null : date
  }
  for (const { id } of [...devices.filter((device) => device.id === deviceId), ...devices].slice(0, MOST_ASKED)) {
    // A story may have removed it.
    const license = await world.as('viewer')<{ expiresAt: string | null }>('GET', `/v1/devices/${id}/license`).catch(() => null)
    if (license !== null && license.expiresAt !== null) return Date.parse(license.expiresAt) + fromEnd
  }
  return null
}
