import { answered, changeAs, inElement } from './dialogs.ts'
import { ALL_LEGACY, LEGACY, legacyFleet } from './samples.legacy.ts'
import type { Meta, Story, StoryContext } from './story.ts'
import type { WorldDevice, WorldSpec } from './world.ts'

const meta: Meta = { title: 'Grace banner', component: 'grace-banner' }
export default meta

function of(devices: readonly WorldDevice[], world: WorldSpec = {}): Story {
  return { parameters: { world: { devices, ...world } } }
}

async function press({ canvasElement }: StoryContext, part: string): Promise<void> {
  inElement(canvasElement, 'grace-banner', part).click()
  await answered(canvasElement)
}

/** The same, after the button was pressed. */
function activated(story: Story): Story {
  return { ...story, play: async (context) => press(context, '[part=activate]') }
}

/** Some can have grace, others not. */
export const Some = of(ALL_LEGACY)
export const One = of([LEGACY.eligible])
export const OneNotEligible = of([LEGACY.eligible, LEGACY.claimedByOther])
export const Many = of(legacyFleet(1_200))
/** Nothing is shown where no device can have grace. */
export const None = of([LEGACY.claimedByOther])
export const WindowClosed = of(ALL_LEGACY, { policy: { graceOpenUntil: '2026-11-20' } })
export const LastDayOfWindow = of(ALL_LEGACY, { policy: { graceOpenUntil: '2026-11-21' } })
/** Models have days of their own, so no day is named. */
export const DaysByModel = of(ALL_LEGACY, { policy: { models: { 'WS-20': { graceDays: 90 } } } })
export const Viewer = of(ALL_LEGACY, { role: 'viewer' })

/** Who cannot have it, and why. */
export const Details: Story = {
  ...Some,
  play: async (context) => {
    await press(context, '[part=details]')
    for (const group of context.canvasElement.querySelector('grace-banner')?.shadowRoot?.querySelectorAll('details') ?? []) group.open = true
    await new Promise((resolve) => { requestAnimationFrame(resolve) })
    await answered(context.canvasElement)
  },
}

export const Activated = activated(Some)
export const OneActivated = activated(One)
export const ManyActivated = activated(Many)
/** A colleague was faster. */
export const NothingLeft: Story = {
  ...Some,
  play: async (context) => {
    context.world.network = 'loading'
    inElement(context.canvasElement, 'grace-banner', '[part=activate]').click()
    await context.world.as('member')('POST', '/v1/grace', {})
    context.world.network = 'ok'
    await answered(context.canvasElement)
  },
}
export const RoleTaken: Story = {
  ...Some,
  play: async (context) => {
    await changeAs(context.canvasElement, 'story-viewer')
    await press(context, '[part=activate]')
  },
}
/** Nobody knows whether it has started; pressing again is safe. */
export const Unanswered: Story = {
  ...Some,
  play: async (context) => {
    context.world.network = 'down'
    await press(context, '[part=activate]')
  },
}

export const Loading = of(ALL_LEGACY, { network: 'loading' })
export const Unreachable = of(ALL_LEGACY, { network: 'down' })
/** Nothing is shown without a provider, and nothing breaks. */
export const WithoutProvider: Story = { ...Some, parameters: { provider: false } }
