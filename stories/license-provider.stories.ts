import { html, type TemplateResult } from 'lit'
import { SAMPLES } from './samples.ts'
import type { Meta, Story } from './story.ts'

const SHOWN = [SAMPLES.active, SAMPLES.expiring, SAMPLES.grace, SAMPLES.expired, SAMPLES.none]

/** A list of devices, as a host would write it. */
function list(): TemplateResult {
  return html`<ul>${SHOWN.map(({ id, name }) => html`<li>${name} <license-badge device-id=${id}></license-badge></li>`)}</ul>`
}

const meta: Meta = {
  title: 'License provider',
  parameters: { world: { devices: SHOWN } },
  render: list,
}
export default meta

/** Everything is known. */
export const Ready: Story = {}

/** Nothing has come yet. */
export const Loading: Story = { parameters: { world: { network: 'loading' } } }

/** The BFF cannot be reached, and nothing is known. */
export const Unreachable: Story = { parameters: { world: { network: 'down' } } }

/** The BFF could be reached before: what was known is still shown, and marked. */
export const Outage: Story = {
  play: async ({ world, canvasElement }) => {
    world.network = 'down'
    await canvasElement.querySelector('license-provider')?.refresh()
  },
}
