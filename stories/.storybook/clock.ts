import { NOW, type World, type WorldSpec } from '../world.ts'

/** Where the clock of the toolbar can stand. */
export const CLOCK_ITEMS = [
  { value: 'today', title: 'Today' },
  { value: '1', title: '+1 day' },
  { value: '30', title: '+30 days' },
  { value: '151', title: '+151 days' },
  { value: 'last', title: 'Last day of the license' },
]

/** How long before its end a licence is looked at on its last day (ms). */
const BEFORE_END = (8 * 60 + 14) * 60_000

/** Where each world's clock was set last. */
const set = new WeakMap<World, string>()

/** Sets the clock of a world as the toolbar says, where `deviceId` is the device that the story is about; answers whether
 * that moved it. */
export async function setClock(world: World, spec: WorldSpec, choice: string, deviceId: unknown): Promise<boolean> {
  if ((set.get(world) ?? 'today') === choice) return false
  set.set(world, choice)
  world.clock.set(spec.now ?? NOW)
  if (choice === 'last') await setLastDay(world, spec, deviceId)
  else if (choice !== 'today') world.clock.addDays(Number(choice))
  return true
}

/** Moves to the last day of the device's licence, or else of the first that has one. */
async function setLastDay(world: World, { devices = [] }: WorldSpec, deviceId: unknown): Promise<void> {
  for (const { id } of [...devices.filter((device) => device.id === deviceId), ...devices]) {
    const { expiresAt } = await world.as('viewer')<{ expiresAt: string | null }>('GET', `/v1/devices/${id}/license`)
    if (expiresAt === null) continue
    world.clock.set(new Date(Date.parse(expiresAt) - BEFORE_END).toISOString())
    return
  }
}
