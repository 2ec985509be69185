import type { Story, StoryContext } from './story.ts'
import { NOW, type World, type WorldDevice, type WorldSpec } from './world.ts'

/** Days before now at which a world begins, and at which it is looked whether reminders are due. */
const BEGAN = 30
const LOOKS = [BEGAN, 9, 7, 3, 1, 0]
const DAY_MS = 86_400_000

const done = new WeakSet<World>()

/** The instant that many days before the stories' now. */
export function daysAgo(days: number): string {
  return new Date(Date.parse(NOW) - days * DAY_MS).toISOString()
}

/** Lets a world run from its beginning until now, with its reminders. */
export async function remind({ world }: Pick<StoryContext, 'world'>): Promise<Record<string, unknown>> {
  if (done.has(world)) return {}
  done.add(world)
  for (const days of LOOKS) {
    world.clock.set(daysAgo(days))
    await world.bff.reminders.run()
  }
  return {}
}

/** A story of devices of which reminders have been sent. */
export function reminded(devices: readonly WorldDevice[], world: WorldSpec = {}): Pick<Story, 'loaders' | 'parameters'> {
  return { loaders: [remind], parameters: { world: { now: daysAgo(BEGAN), devices: devices.map(since), ...world } } }
}

/** A device as it is now, in a world that begins earlier. */
function since({ grants = [], ...device }: WorldDevice): WorldDevice {
  return { ...device, grants: grants.map((one) => ({ ...one, left: one.left + BEGAN })) }
}
