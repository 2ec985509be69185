import type { Story, StoryContext } from './story.ts'
import { NOW, type World, type WorldDevice, type WorldSpec } from './world.ts'

/** Days before now at which a world begins if nothing else is said, and at which it is looked whether reminders are due. */
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
  const began = world.clock.now() - DAY_MS
  for (const days of LOOKS.filter((days) => Date.parse(daysAgo(days)) > began)) {
    world.clock.set(daysAgo(days))
    await world.bff.reminders.run()
  }
  return {}
}

/** A story of devices of which reminders have been sent; `began`: as many days ago as no license of them has begun since. */
export function reminded(devices: readonly WorldDevice[], world: WorldSpec = {}, began = BEGAN): Pick<Story, 'loaders' | 'parameters'> {
  return { loaders: [remind], parameters: { world: { now: daysAgo(began), devices: devices.map((device) => since(device, began)), ...world } } }
}

/** A device as it is now, in a world that begins earlier. */
function since({ grants = [], ...device }: WorldDevice, began: number): WorldDevice {
  return { ...device, grants: grants.map((one) => ({ ...one, left: one.left + began })) }
}
