import { answered, providerIn } from './dialogs.ts'
import type { StoryContext } from './story.ts'

/** How long a gate waits (ms) before it takes requests that fail for an outage, and a little more. */
const OUTAGE_MS = 5_200

/** Cuts the network, and waits until the gate takes that for an outage. */
export async function loseConnection({ world, canvasElement }: Pick<StoryContext, 'world' | 'canvasElement'>): Promise<void> {
  world.network = 'down'
  await providerIn(canvasElement).refresh()
  await new Promise((resolve) => { setTimeout(resolve, OUTAGE_MS) })
  await answered(canvasElement)
}
