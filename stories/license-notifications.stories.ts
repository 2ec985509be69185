import { html } from 'lit'
import { answered, askAsPerson, IN_FRAME, inElement, providerIn } from './dialogs.ts'
import { daysAgo, remind, reminded as of } from './reminded.ts'
import { grant, SAMPLES } from './samples.ts'
import type { Meta, Story, StoryContext } from './story.ts'
import { NOW } from './world.ts'

const meta: Meta = { title: 'License notifications', component: 'license-notifications', parameters: { ...IN_FRAME } }
export default meta

/** Opens the panel. */
async function open({ canvasElement, world }: StoryContext): Promise<void> {
  if (canvasElement.querySelector('license-provider') === null) return
  if (world.network !== 'loading') await answered(canvasElement)
  inElement(canvasElement, 'license-notifications', '[part=bell]').click()
  if (world.network !== 'loading') await answered(canvasElement)
}

const { active, expired, expiredYesterday, expiring, expiringTomorrow, trialExpiring, graceExpiring, lastDay, longName, trialExpired } = SAMPLES
const all = of([active, expired, expiredYesterday, expiring, expiringTomorrow, trialExpiring, graceExpiring, lastDay])

/** How it stands in a page's header. */
export const Bell: Story = { ...all, parameters: { ...all.parameters, docs: { story: { inline: true, height: 'auto' } } } }
export const Open: Story = { ...all, play: open }
/** Nine are counted; of more it says so. */
export const Many: Story = {
  ...of(Array.from({ length: 45 }, (_, index) => ({ ...expiring, id: `hp-${index}`, serial: `HP12-${20_000 + index}`, name: `Heat pump ${index + 1}`, grants: [grant('standard', index % 12)] }))),
  play: open,
}
export const One: Story = { ...of([expiringTomorrow]), play: open }
/** Some are read. */
export const SomeRead: Story = {
  ...all,
  loaders: [remind, async ({ world }) => {
    const { items } = await askAsPerson<{ items: { id: string }[] }>(world, 'GET', '/v1/notifications')
    await askAsPerson(world, 'POST', `/v1/notifications/${items[1]?.id}/read`)
    await askAsPerson(world, 'POST', `/v1/notifications/${items[4]?.id}/read`)
    return {}
  }],
  play: open,
}
/** What expires is put off: it is there, but quiet. */
export const Snoozed: Story = {
  ...all,
  loaders: [remind, async ({ world }) => {
    await askAsPerson(world, 'POST', '/v1/alerts/expiring/snooze')
    return {}
  }],
  play: open,
}
/** A viewer reads, and can put nothing off. */
export const Viewer: Story = { ...all, parameters: { world: { ...all.parameters?.world, role: 'viewer' } }, play: open }
export const Empty: Story = { ...of([active]), play: open }
/** Nobody has looked for more than a day whether reminders are due: the bell says so to admins, and the panel too. */
export const Late: Story = {
  ...all,
  loaders: [async ({ world }) => {
    world.clock.set(daysAgo(3))
    await world.bff.reminders.run()
    world.clock.set(NOW)
    return {}
  }],
  play: open,
}
/** Reminders were never switched on. */
export const NeverRan: Story = { ...Late, loaders: [async ({ world }) => { world.clock.set(NOW); return {} }] }
/** Reminders go out by mail, to nobody. */
export const NoRecipient: Story = { ...of([expiring], { mail: true }), play: open }
export const LongName: Story = { ...of([longName, trialExpired]), play: open }
/** The host has no page for a device. */
export const WithoutPages: Story = { ...of([expiring, expired], { policy: { links: { licenseTab: null } } }), play: open }
export const Loading: Story = { ...of([active], { network: 'loading' }), play: open }
export const Unreachable: Story = { ...of([active], { network: 'down' }), play: open }
export const ServerError: Story = { ...of([active], { network: 'error' }), play: open }
/** What was known is shown, and marked as such. */
export const Stale: Story = {
  ...all,
  play: async (context) => {
    await open(context)
    context.world.network = 'down'
    await providerIn(context.canvasElement).refresh()
  },
}
/** In a header, at its end. */
export const InHeader: Story = {
  ...Open,
  render: () => html`<style>header { display: flex; align-items: center; justify-content: space-between; min-height: 48px; border-bottom: 1px solid currentColor }</style>
    <header><strong>Portal</strong><license-notifications></license-notifications></header>`,
}
export const RightToLeft: Story = {
  ...Open,
  render: () => html`<div dir="rtl"><license-notifications></license-notifications></div>`,
}
/** Nothing is shown without a provider, and nothing breaks. */
export const WithoutProvider: Story = { ...all, parameters: { provider: false } }
