import { html } from 'lit'
import type { DeviceView } from '../components/shared/wire.ts'
import { ALL_SAMPLES, fleet, SAMPLES } from './samples.ts'
import type { Meta, Story } from './story.ts'
import type { WorldDevice } from './world.ts'

interface Args {
  deviceId: string
  compact: boolean
  linked: boolean
}

const meta: Meta<Args> = {
  title: 'License badge',
  component: 'license-badge',
  args: { compact: false, linked: false },
  parameters: { world: { devices: ALL_SAMPLES } },
  render: ({ deviceId, compact, linked }) => html`<license-badge device-id=${deviceId} ?compact=${compact} ?linked=${linked}></license-badge>`,
}
export default meta

function of({ id }: WorldDevice): Story<Args> {
  return { args: { deviceId: id } }
}

export const Active = of(SAMPLES.active)
export const ActiveTrial = of(SAMPLES.trial)
export const Grace = of(SAMPLES.grace)
export const Expiring = of(SAMPLES.expiring)
/** The first day on which a licence counts as expiring: the ring is full. */
export const ExpiringFirstDay = of(SAMPLES.expiringFirst)
export const ExpiringTomorrow = of(SAMPLES.expiringTomorrow)
export const ExpiringTrial = of(SAMPLES.trialExpiring)
export const ExpiringGrace = of(SAMPLES.graceExpiring)
export const LastDay = of(SAMPLES.lastDay)
export const LastDayOfTrial = of(SAMPLES.trialLastDay)
export const LastDayOfGrace = of(SAMPLES.graceLastDay)
export const Expired = of(SAMPLES.expired)
export const ExpiredYesterday = of(SAMPLES.expiredYesterday)
export const ExpiredTrial = of(SAMPLES.trialExpired)
export const ExpiredGrace = of(SAMPLES.graceExpired)
export const None = of(SAMPLES.none)

/** The answer never comes. */
export const Loading: Story<Args> = { ...Active, parameters: { world: { network: 'loading' } } }

/** Nobody answers. */
export const Unreachable: Story<Args> = { ...Active, parameters: { world: { network: 'down' } } }

/** The BFF answers with an error. */
export const Failed: Story<Args> = { ...Active, parameters: { world: { network: 'error' } } }

export const UnknownDevice: Story<Args> = { args: { deviceId: 'nowhere' } }

/** The network went away after the licence was known: it is still shown, and marked. */
export const AsLastKnown: Story<Args> = {
  ...Expiring,
  parameters: { docs: { story: { autoplay: true } } },
  play: async ({ world, canvasElement }) => {
    world.network = 'down'
    await canvasElement.querySelector('license-provider')?.refresh()
  },
}

/** Icon and days; the words are read out and stand in a hint. */
export const Compact: Story<Args> = { args: { ...Expiring.args, compact: true } }

/** A link to the device's License tab, whose address the server's policy names. */
export const Linked: Story<Args> = { args: { ...Expiring.args, linked: true } }

/** Without a provider: the licence comes from an answer that the host has itself. */
export const WithoutProvider: Story<Args> = {
  parameters: { provider: false },
  loaders: [async ({ world }) => ({ device: await world.as('viewer')('GET', `/v1/devices/${SAMPLES.expiring.id}`) })],
  render: ({ compact }, { loaded }) => html`<license-badge .license=${(loaded['device'] as DeviceView).license} ?compact=${compact}></license-badge>`,
}

/** Nothing is shown without a provider and without a licence, and nothing breaks. */
export const WithNothing: Story<Args> = { ...Active, parameters: { provider: false } }

/** Every status of every kind, as rows of a host's table. */
export const EveryStatus: Story<Args> = {
  render: () => html`<table>
    <thead><tr><th scope="col">Device</th><th scope="col">License</th><th scope="col">Compact</th></tr></thead>
    <tbody>${ALL_SAMPLES.map(({ id, name }) => html`<tr>
      <td>${name}</td>
      <td><license-badge device-id=${id}></license-badge></td>
      <td><license-badge device-id=${id} compact></license-badge></td>
    </tr>`)}</tbody>
  </table>`,
}

/** It follows the text around it, from a dense table to a heading. */
export const InTextOfEverySize: Story<Args> = {
  render: () => html`<style>.s13 { font-size: 13px } .s18 { font-size: 18px } .s28 { font-size: 28px }</style>
    ${['s13', 's18', 's28'].map((size) => html`<p class=${size}>Heat pump <license-badge device-id=${SAMPLES.expiring.id}></license-badge> in the south wing</p>`)}`,
}

/** There is less room than the words need. */
export const Narrow: Story<Args> = {
  render: () => html`<style>.narrow { inline-size: 96px }</style>
    <div class="narrow">${[SAMPLES.graceExpiring, SAMPLES.trialExpiring].map(({ id }) => html`<p><license-badge device-id=${id}></license-badge></p>`)}</div>`,
}

const FLEET = fleet(1_000)

/** A thousand badges ask once. Accessibility is looked at in `EveryStatus`, which has them all. */
export const AThousand: Story<Args> = {
  name: 'A thousand',
  tags: ['!autodocs'],
  parameters: { world: { devices: FLEET }, axe: false },
  render: ({ compact }) => html`<ul>${FLEET.map(({ id, name }) => html`<li>${name} <license-badge device-id=${id} ?compact=${compact}></license-badge></li>`)}</ul>`,
}
