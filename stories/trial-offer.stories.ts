import { html } from 'lit'
import { answered, changeAs, inElement } from './dialogs.ts'
import { LEGACY } from './samples.legacy.ts'
import { SAMPLES } from './samples.ts'
import type { Meta, Story } from './story.ts'
import type { WorldDevice, WorldSpec } from './world.ts'

interface Args {
  deviceId: string
}

const meta: Meta<Args> = {
  title: 'Trial offer',
  component: 'trial-offer',
  render: ({ deviceId }) => html`<trial-offer device-id=${deviceId}></trial-offer>`,
}
export default meta

function of(device: WorldDevice, world: WorldSpec = {}): Story<Args> {
  return { args: { deviceId: device.id }, parameters: { world: { devices: [device], ...world } } }
}

async function start(canvas: HTMLElement): Promise<void> {
  inElement(canvas, 'trial-offer', '[part=start]').click()
  await answered(canvas)
}

const { none } = SAMPLES

export const OnOffer = of(none)
/** The model has a trial of its own length. */
export const DaysByModel = of(none, { policy: { models: { 'VU-450': { trialDays: 30 } } } })
export const Viewer = of(none, { role: 'viewer' })
export const Started: Story<Args> = { ...OnOffer, play: async ({ canvasElement }) => start(canvasElement) }

/** Nothing is shown where there is no trial. */
export const Licensed = of(SAMPLES.active)
export const NoTrialForModel = of(none, { policy: { models: { 'VU-450': { trialDays: 0 } } } })
export const OfTheOldPlatform = of(LEGACY.eligible)
export const UnknownDevice: Story<Args> = { args: { deviceId: 'nowhere' } }

/** A colleague started it at the same moment. */
export const TooLate: Story<Args> = {
  ...OnOffer,
  play: async ({ world, canvasElement }) => {
    world.network = 'loading'
    inElement(canvasElement, 'trial-offer', '[part=start]').click()
    await world.as('member')('POST', `/v1/devices/${none.id}/trial`, {})
    world.network = 'ok'
    await answered(canvasElement)
  },
}
export const RoleTaken: Story<Args> = {
  ...OnOffer,
  play: async ({ canvasElement }) => {
    await changeAs(canvasElement, 'story-viewer')
    await start(canvasElement)
  },
}
/** Nobody knows whether it has started; pressing again is safe. */
export const Unanswered: Story<Args> = {
  ...OnOffer,
  play: async ({ world, canvasElement }) => {
    world.network = 'down'
    await start(canvasElement)
  },
}

export const Loading = of(none, { network: 'loading' })
export const Unreachable = of(none, { network: 'down' })
/** Nothing is shown without a provider, and nothing breaks. */
export const WithoutProvider: Story<Args> = { ...OnOffer, parameters: { provider: false } }
