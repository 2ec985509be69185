import { html } from 'lit'
import { answered, providerIn } from './dialogs.ts'
import { SAMPLES } from './samples.ts'
import type { Meta, Story } from './story.ts'
import type { WorldDevice, WorldSpec } from './world.ts'

interface Args {
  deviceId: string
}

const meta: Meta<Args> = {
  title: 'License features',
  component: 'license-features',
  args: { deviceId: '' },
  render: ({ deviceId }) => html`<license-features device-id=${deviceId}></license-features>`,
}
export default meta

function of(device: WorldDevice, world: WorldSpec = {}): Story<Args> {
  return { args: { deviceId: device.id }, parameters: { world: { devices: [device], ...world } } }
}

export const Policy: Story<Args> = {}
export const Active = of(SAMPLES.active)
export const Expiring = of(SAMPLES.expiring)
export const Grace = of(SAMPLES.grace)
export const Expired = of(SAMPLES.expired)
export const None = of(SAMPLES.none)
/** No column is marked. */
export const UnknownDevice: Story<Args> = { args: { deviceId: 'nowhere' } }

/** Features of the host's own, one of them named by it. */
export const HostFeatures: Story<Args> = {
  ...of(SAMPLES.grace, {
    policy: { features: [{ id: 'energy-report', openIn: ['active', 'expiring'] }, { id: 'manual', openIn: ['none', 'active', 'expiring', 'grace', 'expired'] }] },
  }),
  play: async ({ canvasElement }) => {
    providerIn(canvasElement).texts = { 'feature.manual': 'Instruction manual' }
    await answered(canvasElement)
  },
}
export const LongNames = of(SAMPLES.expiring, {
  policy: { features: [{ id: 'a-feature-with-an-id-that-is-as-long-as-an-id-can-be-0123456789', openIn: ['active'] }] },
})
export const RightToLeft: Story<Args> = {
  ...Expiring,
  render: ({ deviceId }) => html`<div dir="rtl"><license-features device-id=${deviceId}></license-features></div>`,
}

export const Loading: Story<Args> = { parameters: { world: { network: 'loading' } } }
export const Unreachable: Story<Args> = { parameters: { world: { network: 'down' } } }
/** What was known is shown, and marked as such. */
export const Stale: Story<Args> = {
  ...Expiring,
  play: async ({ world, canvasElement }) => {
    world.network = 'down'
    await providerIn(canvasElement).refresh()
  },
}
/** Nothing is shown without a provider, and nothing breaks. */
export const WithoutProvider: Story<Args> = { ...Active, parameters: { provider: false } }
