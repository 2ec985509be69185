import { answered, IN_FRAME, inElement } from './dialogs.ts'
import type { Meta, Story } from './story.ts'
import type { WorldSpec } from './world.ts'

const meta: Meta = { title: 'License support button', component: 'license-support-button', parameters: { ...IN_FRAME } }
export default meta

function opened(world: WorldSpec = {}): Story {
  return {
    parameters: { world },
    play: async ({ canvasElement }) => {
      inElement(canvasElement, 'license-support-button', '[part=button]').click()
      if (world.network !== 'loading') await answered(canvasElement)
    },
  }
}

export const Button: Story = {}
export const Opened = opened()
export const WholeCard = opened({ contact: { support: {
  name: 'Velthorn Support', email: 'support@example.com', phone: '+49 30 23125 020', hours: 'Mon–Fri, 8:00–17:00, Berlin time', url: 'https://velthorn.example/support',
} } })
export const PhoneOnly = opened({ contact: { support: { phone: '+49 30 23125 020' } } })
export const NobodyStored = opened({ contact: { support: {} } })
export const Loading = opened({ network: 'loading' })
export const Failed = opened({ network: 'down' })
/** A page with a chat of its own leaves it out, or hides it. */
export const Hidden: Story = {
  play: async ({ canvasElement }) => { canvasElement.querySelector('license-support-button')?.toggleAttribute('hidden', true) },
}
/** Without a provider it only asks the page. */
export const WithoutProvider: Story = { parameters: { provider: false } }
