import { html } from 'lit'
import { answered, inElement } from './dialogs.ts'
import { LEGACY } from './samples.legacy.ts'
import { grant, SAMPLES } from './samples.ts'
import type { Meta, Story, StoryContext } from './story.ts'
import { NOW, type World, type WorldDevice, type WorldSpec } from './world.ts'

interface Args {
  deviceId: string
}

const meta: Meta<Args> = {
  title: 'License tab',
  component: 'license-tab',
  render: ({ deviceId }) => html`<license-tab device-id=${deviceId}></license-tab>`,
}
export default meta

/** A story of one device. */
function of(device: WorldDevice, world: WorldSpec = {}): Story<Args> {
  return { args: { deviceId: device.id }, parameters: { world: { devices: [device], ...world } } }
}

const YEAR = 365
const prepared = new WeakSet<World>()

/** What happens in a story's world before it is shown, once; the clock stands at its beginning. */
function once(steps: (world: World) => Promise<void>): NonNullable<Story['loaders']> {
  return [async ({ world }) => {
    if (prepared.has(world)) return {}
    prepared.add(world)
    await steps(world)
    return {}
  }]
}

/** Redeems a code as the person in front of the page. */
async function redeem({ bff, codes }: World, { id }: WorldDevice, voucher: string): Promise<void> {
  const response = await bff(new Request(`https://bff.example/v1/devices/${id}/voucher`, {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ code: codes[voucher] }),
  }))
  if (!response.ok) throw new Error(await response.text())
}

export const Active = of(SAMPLES.active)
export const ActiveTrial = of(SAMPLES.trial)
export const Grace = of(SAMPLES.grace)
export const Expiring = of(SAMPLES.expiring)
export const ExpiringTrial = of(SAMPLES.trialExpiring)
export const ExpiringGrace = of(SAMPLES.graceExpiring)
/** On the last day hours and minutes count. */
export const LastDay = of(SAMPLES.lastDay)
export const LastDayOfTrial = of(SAMPLES.trialLastDay)
export const LastDayOfGrace = of(SAMPLES.graceLastDay)
export const LastHour = of(SAMPLES.lastDay, { now: '2026-11-21T22:18:00.000Z' })
export const Expired = of(SAMPLES.expired)
export const ExpiredYesterday = of(SAMPLES.expiredYesterday)
export const ExpiredTrial = of(SAMPLES.trialExpired)
export const ExpiredGrace = of(SAMPLES.graceExpired)
/** Nothing was ever activated. */
export const None = of(SAMPLES.none)

/** A colleague renewed during the trial: the year begins when the trial ends. */
export const Queued = of(SAMPLES.renewedInTrial)

const pump: WorldDevice = { id: 'hp-pump', name: 'Pump station North', serial: 'HP12-20817-60', model: 'HP-12', grants: [grant('trial', 0)] }

/** A trial, a voucher that activated, and one that renewed: the whole story of a device. */
export const Renewed: Story<Args> = {
  ...of(pump, { now: '2025-05-29T08:00:00.000Z', vouchers: { first: { days: YEAR }, second: { days: YEAR } } }),
  loaders: once(async (world) => {
    world.clock.addDays(3)
    await redeem(world, pump, 'first')
    world.clock.addDays(340)
    await redeem(world, pump, 'second')
    world.clock.set(NOW)
  }),
}

const bare: WorldDevice = { id: 'hp-new', name: 'Heat pump Gatehouse', serial: 'HP8-22105-18', model: 'HP-8' }

/** Redeemed a moment ago, so that an admin can still undo it. */
export const UndoPossible: Story<Args> = {
  ...of(bare, { vouchers: { year: { days: YEAR } } }),
  loaders: once((world) => redeem(world, bare, 'year')),
}

/** The dialog that asks before a redemption is undone. */
export const UndoDialog: Story<Args> = {
  ...UndoPossible,
  tags: ['!autodocs'],
  play: async ({ canvasElement }) => {
    const tab = canvasElement.querySelector('license-tab')
    tab?.shadowRoot?.querySelector<HTMLElement>('[part=undo]')?.click()
    await tab?.updateComplete
  },
}

/** A story in which a button of the tab is pressed. */
function pressing(story: Story<Args>, part: string): Story<Args> {
  return {
    ...story,
    tags: ['!autodocs'],
    play: async ({ canvasElement }) => {
      inElement(canvasElement, 'license-tab', part).click()
      await answered(canvasElement)
    },
  }
}

/** From the old platform: grace can be started. */
export const GraceOnOffer = of(LEGACY.eligible)
/** It asks, and names the last day. */
export const StartGrace = pressing(GraceOnOffer, '[part=start]')
export const StartTrial = pressing(None, '[part=start]')
/** Why nothing can be started without a voucher. */
export const ClaimedByOther = of(LEGACY.claimedByOther)
export const InSeveralWorkspaces = of(LEGACY.inSeveralWorkspaces)
export const InSeveralSites = of(LEGACY.inSeveralSites)
export const GraceUsed = of(LEGACY.alreadyUsed)
export const WindowClosed = of(LEGACY.eligible, { policy: { graceOpenUntil: '2026-11-20' } })
export const NoTrialForModel = of(SAMPLES.none, { policy: { models: { 'VU-450': { trialDays: 0 } } } })
export const SeenBefore = of(SAMPLES.none, { seenBefore: [SAMPLES.none.serial ?? ''] })
export const WorkspaceLimit = of(SAMPLES.none, { policy: { trialsPerWorkspace: 0 } })
export const Support = pressing(ClaimedByOther, '[part=support]')

/** The last day in a calendar: a file, and for admins a link. */
export const CalendarDialog = pressing(Expiring, '[part=calendar]')
/** A member takes the file. */
export const CalendarDialogMember: Story<Args> = pressing(of(SAMPLES.expiring, { role: 'member' }), '[part=calendar]')
/** The link is shown once. */
export const CalendarLink: Story<Args> = {
  ...CalendarDialog,
  play: async (context) => {
    await CalendarDialog.play?.(context)
    inElement(context.canvasElement, 'license-tab', '.makes').click()
    await answered(context.canvasElement)
  },
}

/** It leaves warnings, reminders and counts (R26). */
export const NotRenewed = of({ ...SAMPLES.expiring, notRenewed: true })
/** Others are told of it. */
export const NotRenewedViewer = of({ ...SAMPLES.expiring, notRenewed: true }, { role: 'viewer' })

/** What was undone stays in the history. */
export const Undone = of(SAMPLES.undone)

/** The person can look, and is told whom to ask. */
export const Viewer = of(SAMPLES.expiring, { role: 'viewer' })
export const Member = of(SAMPLES.expiring, { role: 'member' })

const old: WorldDevice = { id: 'hp-old', name: 'Heat pump Main house', serial: 'HP8-11020-01', model: 'HP-8', grants: [grant('grace', -3_620), grant('trial', -3_300)] }
const TERMS = [30, 365, 365, 7, 90, 365, 1, 365, 730, 365, 365, 90]

/** Twelve years: the lane stays legible, and the history shows the latest entries first. */
export const LongLedger: Story<Args> = {
  ...of(old, { now: '2016-01-04T08:00:00.000Z', vouchers: Object.fromEntries(TERMS.map((days, index) => [`term ${index}`, { days }])) }),
  loaders: once(async (world) => {
    for (const [index, days] of TERMS.entries()) {
      await redeem(world, old, `term ${index}`)
      world.clock.addDays(days + (index % 4 === 3 ? 120 : -1))
    }
    world.clock.set(NOW)
  }),
}

const brief: WorldDevice = { id: 'hp-brief', name: 'Heat pump Test bench', serial: 'HP8-00001-01', model: 'HP-8', grants: [grant('trial', -900, 2), grant('standard', 700, 1_100), grant('grace', 690, 20)] }

/** A trial of two days before a long term, and a grace period within it. */
export const ShortPeriods = of(brief)

/** The answer never comes. */
export const Loading: Story<Args> = of(SAMPLES.active, { network: 'loading' })

/** Nobody answers. */
export const Unreachable: Story<Args> = of(SAMPLES.active, { network: 'down' })

/** The BFF answers with an error. */
export const Failed: Story<Args> = of(SAMPLES.active, { network: 'error' })

export const UnknownDevice: Story<Args> = { ...Active, args: { deviceId: 'nowhere' } }

/** The network went away after the licence was known: it is still shown, and the time is told. */
export const AsLastKnown: Story<Args> = {
  ...Expiring,
  parameters: { ...Expiring.parameters, docs: { story: { autoplay: true } } },
  play: loseConnection,
}

async function loseConnection({ world, canvasElement }: StoryContext): Promise<void> {
  world.network = 'down'
  await canvasElement.querySelector('license-provider')?.refresh()
}

const hostFeatures = of(SAMPLES.expired, {
  policy: { features: [{ id: 'energy-report', openIn: ['active', 'expiring', 'grace'] }, { id: 'manual', openIn: ['none', 'expired'] }] },
})

/** Features of the host stand beside ours; one has a name by the provider's texts. */
export const HostFeatures: Story<Args> = {
  ...hostFeatures,
  parameters: { ...hostFeatures.parameters, docs: { story: { autoplay: true } } },
  play: async ({ canvasElement }) => {
    const provider = canvasElement.querySelector('license-provider')
    if (provider !== null) provider.texts = { 'feature.manual': 'Instruction manual' }
    await provider?.updateComplete
  },
}

/** Long texts of the host's, and long ids. */
export const LongTexts: Story<Args> = {
  ...of({ ...SAMPLES.renewedInTrial, id: 'a-device-with-an-id-that-is-as-long-as-an-id-can-be-0123456789ab' }, {
    timeZone: 'America/Argentina/ComodRivadavia',
    policy: { features: [{ id: 'a-feature-with-an-id-that-is-as-long-as-an-id-can-be-0123456789', openIn: ['active'] }] },
  }),
  play: async ({ canvasElement }) => {
    const provider = canvasElement.querySelector('license-provider')
    if (provider !== null) {
      provider.texts = {
        'tab.status': 'Status of the licence agreement', 'tab.kind-trial': 'Evaluation period for prospective customers', 'tab.active': 'In force without restrictions',
        'tab.contact': 'Write to the sales department of the manufacturer', 'feature.reports': 'Monthly, quarterly and yearly reports for management',
      }
    }
    await provider?.updateComplete
  },
}

/** It measures its own width, and not the page's. */
export const InColumns: Story<Args> = {
  ...Renewed,
  render: ({ deviceId }) => html`<style>.columns { display: grid; grid-template-columns: 288px 460px; gap: 24px }</style>
    <div class="columns">${[1, 2].map(() => html`<license-tab device-id=${deviceId}></license-tab>`)}</div>`,
}

/** It follows the text of the page, from 13 to 18 pixels. */
export const InTextOfEverySize: Story<Args> = {
  ...Renewed,
  render: ({ deviceId }) => html`<style>.s13 { font-size: 13px } .s18 { font-size: 18px; margin-top: 32px }</style>
    ${['s13', 's18'].map((size) => html`<div class=${size}><license-tab device-id=${deviceId}></license-tab></div>`)}`,
}

/** From right to left; the texts are English. */
export const RightToLeft: Story<Args> = {
  ...Queued,
  render: ({ deviceId }) => html`<div dir="rtl"><license-tab device-id=${deviceId}></license-tab></div>`,
}

/** Nothing is shown without a provider, and nothing breaks. */
export const WithoutProvider: Story<Args> = { ...Active, parameters: { provider: false } }
