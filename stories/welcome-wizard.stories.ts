import { html } from 'lit'
import type { WelcomeWizard } from '../components/index.ts'
import { answered, IN_FRAME, inElement } from './dialogs.ts'
import { LEGACY } from './samples.legacy.ts'
import { NEW_DEVICE, SAMPLES } from './samples.ts'
import type { Meta, Story, StoryContext } from './story.ts'
import type { WorldSpec } from './world.ts'

interface Args {
  deviceId: string
  models: readonly string[]
  open: boolean
}

const meta: Meta<Args> = {
  title: 'Welcome wizard',
  component: 'welcome-wizard',
  args: { deviceId: '', models: [], open: true },
  parameters: { world: { devices: [SAMPLES.expiring, SAMPLES.none], vouchers: { good: {} } }, ...IN_FRAME },
  // What was begun is kept for the tab of the browser, and a story begins anew.
  loaders: [async () => {
    sessionStorage.clear()
    return {}
  }],
  render: ({ deviceId, models, open }) => html`<button type="button" @click=${show}>Add device</button>
    <welcome-wizard device-id=${deviceId} .models=${models} ?open=${open}></welcome-wizard>`,
}
export default meta

function show({ currentTarget }: Event): void {
  ((currentTarget as HTMLElement).nextElementSibling as WelcomeWizard).show()
}

/** Fills the form and sends it. */
async function add({ canvasElement }: StoryContext, device: { serial: string; model: string; name: string }): Promise<void> {
  await answered(canvasElement)
  for (const [field, text] of Object.entries(device)) {
    const input = inElement<HTMLInputElement>(canvasElement, 'welcome-wizard', `#${field}`)
    input.value = text
    input.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }))
  }
  await answered(canvasElement)
  inElement(canvasElement, 'welcome-wizard', '[part=submit]').click()
  await answered(canvasElement)
}

function adding(device: { serial: string; model: string; name: string }, world: WorldSpec = {}, more: (context: StoryContext) => Promise<void> = async () => {}): Story<Args> {
  return {
    parameters: { world },
    play: async (context) => {
      await add(context, device)
      await more(context)
    },
  }
}

export const Empty: Story<Args> = {}
/** It opens by a button, to which the focus goes back. */
export const Closed: Story<Args> = { args: { open: false }, parameters: { docs: { story: { inline: true } } } }
export const Models: Story<Args> = { args: { models: ['HP-8', 'HP-12', 'VU-450', 'WS-20'] } }
/** The button says what is missing. */
export const NothingEntered = adding({ serial: '', model: '', name: '' })
export const TooLong = adding({ ...NEW_DEVICE, name: 'x'.repeat(201) })
/** In other spelling than it stands in the list. */
export const Exists = adding({ ...NEW_DEVICE, serial: ' hp12 20817 51' })
export const Claimed = adding({ ...NEW_DEVICE, serial: 'HP12-99999-01' }, { claimed: ['HP12-99999-01'] })
export const Unreachable: Story<Args> = {
  play: async (context) => {
    await answered(context.canvasElement)
    context.world.network = 'down'
    await add(context, NEW_DEVICE)
  },
}
/** The host adds devices itself, and refuses this one. */
export const HostRefuses: Story<Args> = {
  play: async (context) => {
    context.canvasElement.addEventListener('license-device-add', (event) => { event.respondWith(Promise.reject(new Error('This site is full. Choose another one.'))) })
    await add(context, NEW_DEVICE)
  },
}

/** It is added, and its trial is on offer. */
export const TrialOnOffer = adding(NEW_DEVICE)
export const TrialStarted = adding(NEW_DEVICE, {}, async ({ canvasElement }) => {
  inElement(canvasElement, 'welcome-wizard', '[part=start]').click()
  await answered(canvasElement)
})
/** A device that is there already. */
export const OfADevice: Story<Args> = { args: { deviceId: SAMPLES.none.id } }
export const SeenBefore = adding({ ...NEW_DEVICE, serial: 'HP12-99999-02' }, { seenBefore: ['HP12-99999-02'] })
export const NoTrialForModel = adding(NEW_DEVICE, { policy: { models: { 'VU-450': { trialDays: 0 } } } })
export const WorkspaceLimit = adding(NEW_DEVICE, { policy: { trialsPerWorkspace: 0 } })
/** From the old platform: it can have a grace period instead. */
export const OfTheOldPlatform: Story<Args> = { args: { deviceId: LEGACY.eligible.id }, parameters: { world: { devices: [LEGACY.eligible] } } }
export const Licensed: Story<Args> = { args: { deviceId: SAMPLES.expiring.id } }
export const LongName = adding({ ...NEW_DEVICE, name: SAMPLES.longName.name ?? '' })

/** Members add devices only where the policy says so. */
export const Member: Story<Args> = { parameters: { world: { role: 'member' } } }
export const Viewer: Story<Args> = { parameters: { world: { role: 'viewer' } } }
export const Loading: Story<Args> = { parameters: { world: { network: 'loading' } } }
export const LoadingFailed: Story<Args> = { parameters: { world: { network: 'down' } } }
/** Without a provider nothing happens but a note in the console. */
export const WithoutProvider: Story<Args> = { args: { open: false }, parameters: { provider: false } }
