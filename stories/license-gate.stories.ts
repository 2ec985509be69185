import { html, type TemplateResult } from 'lit'
import { loseConnection } from './gates.ts'
import { SAMPLES } from './samples.ts'
import type { Meta, Story } from './story.ts'
import type { WorldDevice, WorldSpec } from './world.ts'

interface Args {
  deviceId: string
  feature: string
}

/** What a host has in a gate. */
const content = html`<h2>Flow temperature</h2>
  <p><label>Set point, °C <input value="38"></label> <button type="button">Save</button></p>`

const meta: Meta<Args> = {
  title: 'License gate',
  component: 'license-gate',
  args: { feature: 'dashboard' },
  render: ({ deviceId, feature }) => html`<license-gate device-id=${deviceId} feature=${feature}>${content}</license-gate>`,
}
export default meta

/** A story of one device. */
function of(device: WorldDevice, world: WorldSpec = {}, play?: Story<Args>['play']): Story<Args> {
  const story = { args: { deviceId: device.id }, parameters: { world: { devices: [device], ...world }, docs: { story: { autoplay: true } } } }
  return play === undefined ? story : { ...story, play }
}

const { active, expired, expiring, grace, graceExpired, lastDay, none, trialExpired } = SAMPLES

export const Open = of(active)
/** Ten minutes before the licence ends. */
export const ClosesSoon = of(lastDay, { now: '2026-11-21T22:50:00.000Z' })
export const ClosesSoonForViewer = of(lastDay, { now: '2026-11-21T22:50:00.000Z', role: 'viewer' })
export const NeverActivated = of(none)
export const Expired = of(expired)
export const TrialEnded = of(trialExpired)
export const GraceEnded = of(graceExpired)
/** A viewer is told whom to ask. */
export const Viewer = of(expired, { role: 'viewer' })
/** A feature of the host's own that grace does not open. */
export const NotInThisStatus: Story<Args> = {
  ...of(grace, { policy: { features: [{ id: 'energy-report', openIn: ['active', 'expiring'] }] } }),
  args: { deviceId: grace.id, feature: 'energy-report' },
}
/** Where the host has no page for the licence, no link leads there. */
export const WithoutLink = of(none, { policy: { links: { device: null, assets: null, licenseTab: null } } })
export const UnknownDevice: Story<Args> = { args: { deviceId: 'nowhere' } }

/** Nobody knows yet: neither the content nor the panel is shown. */
export const Loading = of(active, { network: 'loading' })
/** The host says something of its own meanwhile. */
export const PendingSlot: Story<Args> = {
  ...Loading,
  render: ({ deviceId, feature }) => html`<license-gate device-id=${deviceId} feature=${feature}>${content}<p slot="pending">One moment …</p></license-gate>`,
}
/** The host has its own words for what is closed. */
export const LockedSlot: Story<Args> = {
  ...of(expired),
  render: ({ deviceId, feature }) => html`<license-gate device-id=${deviceId} feature=${feature}>${content}<p slot="locked">Ask Facility Management to renew.</p></license-gate>`,
}

/** Nothing could be asked yet. */
export const Unreachable = of(active, { network: 'down' })
export const ServerError = of(active, { network: 'error' })
/** It was open: a feature that the policy closes when nobody answers. */
export const Outage = of(expiring, {}, loseConnection)
export const OutageOpen = of(expiring, { policy: { whenDown: { dashboard: 'open' } } }, loseConnection)
/** Open for some hours after the last answer. */
export const OutageLastKnown = of(expiring, { policy: { whenDown: { dashboard: { lastKnownHours: 4 } } } }, loseConnection)
/** It was closed by the licence before; that may have changed since. */
export const ExpiredAsLastKnown = of(expired, {}, loseConnection)
/** What would be closed is only reported. */
export const ReportOnly = of(expired, { policy: { reportOnly: ['dashboard'] } })

/** Several gates, one in another, ask once. */
export const Several: Story<Args> = {
  ...of(active),
  render: ({ deviceId }): TemplateResult => html`<license-gate device-id=${deviceId} feature="dashboard">${content}
      <license-gate device-id=${deviceId} feature="functions"><p>Start the pump</p></license-gate></license-gate>
    <license-gate device-id=${deviceId} feature="listing"><p>Name and place</p></license-gate>`,
}

/** A name of the host's that is as long as it can be. */
export const LongName: Story<Args> = {
  ...of(expired, { policy: { features: [{ id: 'a-feature-with-an-id-that-is-as-long-as-an-id-can-be-0123456789', openIn: ['active'] }] } }),
  args: { deviceId: expired.id, feature: 'a-feature-with-an-id-that-is-as-long-as-an-id-can-be-0123456789' },
}
export const RightToLeft: Story<Args> = {
  ...ClosesSoon,
  render: ({ deviceId, feature }) => html`<div dir="rtl"><license-gate device-id=${deviceId} feature=${feature}>${content}</license-gate>
    <license-gate device-id="nowhere" feature=${feature}>${content}</license-gate></div>`,
}
/** Without a provider nobody knows, so that nothing is shown. */
export const WithoutProvider: Story<Args> = { ...Open, parameters: { provider: false } }
