import type { FeatureRule } from '../components/shared/wire.ts'
import { answered, providerIn } from './dialogs.ts'
import type { StoryContext } from './story.ts'

/** How long a gate waits (ms) before it takes requests that fail for an outage, and a little more. */
const OUTAGE_MS = 5_200

/** Lets the policy say more of the feature `dashboard`. */
export async function withRule(canvas: HTMLElement, rule: Partial<FeatureRule>): Promise<void> {
  providerIn(canvas).fetch = async (address, init) => {
    const response = await fetch(address, init)
    if (!response.ok || !String(address).endsWith('/v1/me')) return response
    const me = await response.json() as { policy: { features: FeatureRule[] } }
    for (const feature of me.policy.features) if (feature.id === 'dashboard') Object.assign(feature, rule)
    return Response.json(me)
  }
  await answered(canvas)
}

/** Cuts the network, and waits until the gate takes that for an outage. */
export async function loseConnection({ world, canvasElement }: Pick<StoryContext, 'world' | 'canvasElement'>): Promise<void> {
  world.network = 'down'
  await providerIn(canvasElement).refresh()
  await new Promise((resolve) => { setTimeout(resolve, OUTAGE_MS) })
  await answered(canvasElement)
}
