import { hostPage, type HostStyle } from './host-page.ts'
import { reminded } from './reminded.ts'
import { SAMPLES } from './samples.ts'
import type { Meta, Story } from './story.ts'

const { expiring, active, expired, trialExpiring } = SAMPLES
const DEVICES = [expiring, active, expired, trialExpiring]

const meta: Meta = { title: 'In your page', parameters: { docs: { story: { inline: false, height: '900px' } } } }
export default meta

function on(style: HostStyle, axe = true): Story {
  const { loaders, parameters } = reminded(DEVICES)
  return { ...(loaders === undefined ? {} : { loaders }), parameters: { ...parameters, axe }, render: () => hostPage(style, DEVICES) }
}

/** What a browser makes of a page without a style sheet. */
export const BareHtml = on('bare')
/** Its colours and radius are told to the elements by four custom properties. */
export const Bootstrap = on('bootstrap')
/** A reset that takes margins, borders and headings from everything. */
export const TailwindReset = on('tailwind')
/** A page that is dark in any theme: `color-scheme: dark` is all that the elements have to be told; three properties do the rest. */
export const DarkDashboard = on('dashboard')
/** A dense page; the elements follow the size of its text. Accessibility is looked at in the pages above, as in those below. */
export const At13Px: Story = { ...on('small', false), name: 'At 13 px' }
export const At18Px: Story = { ...on('large', false), name: 'At 18 px' }
/** A page that takes everything from everything, elements too. */
export const AllUnset: Story = { ...on('unset', false), name: 'With * { all: unset }' }
