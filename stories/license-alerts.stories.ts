import { answered, IN_FRAME, inElement, providerIn } from './dialogs.ts'
import { grant, SAMPLES } from './samples.ts'
import { ALL_LEGACY, LEGACY, legacyFleet } from './samples.legacy.ts'
import type { Meta, Story } from './story.ts'
import type { WorldDevice, WorldSpec } from './world.ts'

const meta: Meta = { title: 'License alerts', component: 'license-alerts' }
export default meta

function of(devices: readonly WorldDevice[], world: WorldSpec = {}): Story {
  return { parameters: { world: { devices, ...world } } }
}

const { active, expired, expiredYesterday, graceExpired, expiring, expiringTomorrow, trialExpiring, graceExpiring, lastDay } = SAMPLES

/** All three, as on the page of assets. */
export const All = of([active, expired, expiredYesterday, graceExpired, expiring, trialExpiring, graceExpiring, ...ALL_LEGACY])
export const Expired = of([active, expired, expiredYesterday])
export const OneExpired = of([expired])
export const Expiring = of([expiring, trialExpiring, graceExpiring])
export const OneExpiring = of([expiringTomorrow])
export const OneExpiringToday = of([lastDay])
/** Devices of the old platform can have grace. */
export const GraceAvailable = of(ALL_LEGACY)
export const OneGraceAvailable = of([LEGACY.eligible])
/** Nothing is wrong, so nothing is shown. */
export const Nothing = of([active])
/** What will not be renewed is not warned of (R26). */
export const NotRenewed = of([{ ...expired, notRenewed: true }, { ...expiring, notRenewed: true }, trialExpiring])
/** A viewer reads, and can put nothing off. */
export const Viewer: Story = { parameters: { world: { ...All.parameters?.world, role: 'viewer' } } }
export const Member: Story = { parameters: { world: { ...All.parameters?.world, role: 'member' } } }
/** Many of each. */
export const Many = of([
  ...Array.from({ length: 1_240 }, (_, index) => ({ ...expired, id: `expired-${index}`, serial: `E-${index}` })),
  ...legacyFleet(60), expiring,
])
/** A model has days of its own. */
export const DaysByModel = of([expiring, { ...trialExpiring, grants: [grant('trial', 80)] }, ...ALL_LEGACY], { policy: { models: { 'VU-450': { expiringWithinDays: 90 }, 'WS-20': { graceDays: 90 } } } })
export const LongName = of([{ ...expiringTomorrow, name: SAMPLES.longName.name ?? '' }])

export const Loading: Story = { parameters: { world: { devices: [expired], network: 'loading' } } }
export const Unreachable = of([expired], { network: 'down' })
export const ServerError = of([expired], { network: 'error' })
/** What was known is shown, and marked as such. */
export const Stale: Story = {
  ...All,
  play: async ({ world, canvasElement }) => {
    world.network = 'down'
    await providerIn(canvasElement).refresh()
  },
}

/** Who cannot have grace, and why. */
export const Details: Story = {
  ...All,
  play: async ({ canvasElement }) => {
    inElement(canvasElement, 'grace-banner', '[part=details]').click()
    await answered(canvasElement)
  },
}
/** Grace was started on all devices that can have it. */
export const Activated: Story = {
  ...All,
  play: async ({ canvasElement }) => {
    inElement(canvasElement, 'grace-banner', '[part=activate]').click()
    await answered(canvasElement)
  },
}
/** The warning of what has expired is put off. */
export const Snoozed: Story = {
  ...All,
  play: async ({ canvasElement }) => {
    inElement(canvasElement, 'license-alerts', '[part=snooze]').click()
    await answered(canvasElement)
  },
}
/** The way to support. */
export const Support: Story = {
  ...All,
  tags: ['!autodocs'],
  parameters: { ...All.parameters, ...IN_FRAME },
  play: async ({ canvasElement }) => {
    inElement(canvasElement, 'license-alerts', '[part=support]').click()
    await answered(canvasElement)
  },
}

/** Nothing is shown without a provider, and nothing breaks. */
export const WithoutProvider: Story = { ...All, parameters: { provider: false } }
