import type { LicenseTab } from '../../components/index.ts'
import { LEGACY } from '../../stories/samples.legacy.ts'
import { SAMPLES } from '../../stories/samples.ts'
import * as stories from '../../stories/license-tab.stories.ts'
import { equal, includes, ok } from './assert.ts'
import { click, press, surround } from './person.ts'
import { type Overrides, renderStory, type Stage } from './stage.ts'
import { find, findAll, focused, textOf } from './tree.ts'

type Name = Exclude<keyof typeof stories, 'default'>

function show(name: Name, overrides?: Overrides): Promise<Stage<LicenseTab>> {
  return renderStory<LicenseTab>(stories, name, overrides)
}

function statusOf(element: LicenseTab): string {
  return textOf(find(element, '[part=status]'))
}

function asked({ world }: Stage<LicenseTab>, path: RegExp): number {
  return world.requests.filter(({ method, path: one }) => method !== 'GET' && path.test(one)).length
}

const STARTS = [
  ['GraceOnOffer', 'grace', 'Start the grace period?', 'Everything is open until 20 January 2027, end of day. A device can have one grace period. It begins now.', '20 January 2027', 'Grace period'],
  ['None', 'trial', 'Start the trial?', 'Everything is open until 20 May 2027, end of day. A device can have one trial. It begins now.', '20 May 2027', 'Active'],
] as const

describe('starting in <license-tab>', () => {
  for (const [name, kind, title, more, day, status] of STARTS) {
    it(`a ${kind} asks first, names the last day, and starts by keyboard`, async () => {
      const stage = await show(name)
      const { element, settled } = stage
      find(element, '[part=start]').focus()
      await press('Enter')
      await settled()
      const dialog = find<HTMLDialogElement>(element, 'dialog.ask')
      equal([textOf(find(dialog, 'h2')), textOf(find(dialog, '#ask-more')), focused()], [title, more, find(dialog, 'h2')])
      await press('Tab', 'Tab')
      equal(textOf(focused() ?? element), `Start until ${day}`)
      await press('Enter')
      await settled()
      equal([statusOf(element), findAll(element, 'dialog.ask').length, findAll(element, '[part=start]').length], [status, 0, 0])
      includes(textOf(find(element, '[part=facts]')), `${day}, end of day`)
      includes(textOf(find(element, '[part=history]')), kind === 'trial' ? 'Trial started, 180 days' : 'Grace period started, 60 days')
      ok(element.shadowRoot?.contains(focused()), 'the focus is lost')
    })

    it(`a ${kind} is left alone by Escape, and by the host`, async () => {
      const stage = await show(name)
      const { element, canvas, settled } = stage
      await click(find(element, '[part=start]'))
      await settled()
      await press('Escape')
      await settled()
      equal(focused(), find(element, '[part=start]'))
      canvas.addEventListener(`license-${kind}-request`, (event) => { event.preventDefault() })
      await click(find(element, '[part=start]'))
      await settled()
      equal([findAll(element, 'dialog[open]').length, asked(stage, /\/(trial|grace)$/)], [0, 0])
    })

    it(`a ${kind} that a colleague started meanwhile is told`, async () => {
      const { element, world, settled } = await show(name)
      await click(find(element, '[part=start]'))
      await settled()
      await world.as('member')('POST', `/v1/devices/${name === 'None' ? SAMPLES.none.id : LEGACY.eligible.id}/${kind}`, {})
      await click(find(element, 'dialog.ask .filled'), 2)
      await settled()
      includes(textOf(find(element, 'dialog.ask [role=alert]')), kind === 'trial' ? 'No trial. This serial number has had its trial.' : 'No grace period. This serial number has had its grace period.')
      equal(statusOf(element), status, 'it shows what is')
    })
  }

  it('is not offered to a viewer', async () => {
    equal(findAll((await show('GraceOnOffer', { world: { role: 'viewer' } })).element, '[part=start]').length, 0)
  })

  const REASONS: readonly [Name, string][] = [
    ['ClaimedByOther', 'No grace period. On the old platform the serial number belongs to an account of nobody in this workspace. No trial. It is for new devices, and this serial number was known before. Contact support'],
    ['InSeveralWorkspaces', 'No grace period. The old platform has the serial number in more than one workspace. No trial. It is for new devices, and this serial number was known before. Contact support'],
    ['InSeveralSites', 'No grace period. The old platform has the serial number at more than one site. No trial. It is for new devices, and this serial number was known before. Contact support'],
    ['GraceUsed', 'No grace period. This serial number has had its grace period.'],
    ['WindowClosed', 'No grace period. The time in which it can be started is over. No trial. It is for new devices, and this serial number was known before.'],
    ['NoTrialForModel', 'No trial. This model has none.'],
    ['SeenBefore', 'No trial. It is for new devices, and this serial number was known before.'],
    ['WorkspaceLimit', 'No trial. The workspace has used up its trials.'],
  ]
  for (const [name, text] of REASONS) {
    it(`says why not: ${name}`, async () => {
      equal(textOf(find((await show(name)).element, '[part=reasons]')), text)
    })
  }

  it('says nothing of it where it is licensed or on offer', async () => {
    for (const name of ['Active', 'Grace', 'None', 'GraceOnOffer'] as const) equal(findAll((await show(name)).element, '[part=reasons]').length, 0, name)
  })

  it('leads to support, which is told of the device', async () => {
    const { element, canvas, settled } = await show('ClaimedByOther')
    let ids: readonly string[] = []
    canvas.addEventListener('license-support-request', ({ deviceIds }) => { ids = deviceIds })
    await click(find(element, '[part=support]'))
    await settled()
    equal(ids, [LEGACY.claimedByOther.id])
    includes(decodeURIComponent(find<HTMLAnchorElement>(element, 'dialog.support a.filled').href), 'Water softener Orchard, serial number WS20-02110-32')
  })
})

describe('"Will not be renewed" in <license-tab>', () => {
  it('is a switch for admins, which moves when the server says so', async () => {
    const stage = await show('Expiring')
    const { element, world, settled } = stage
    const toggle = find<HTMLInputElement>(element, '[role=switch]')
    equal([toggle.checked, textOf(find(element, '[part=renewal]'))], [false, 'Will not be renewed If on, there are no warnings and reminders about this device.'])
    world.network = 'loading'
    toggle.focus()
    await press('Space')
    equal([toggle.checked, toggle.getAttribute('aria-disabled')], [false, 'true'])
    world.network = 'ok'
    await settled()
    equal([toggle.checked, focused(), asked(stage, /\/renewal$/)], [true, toggle, 1])
    const { alerts } = await world.as('viewer')<{ alerts: { expiring: number } }>('GET', '/v1/summary')
    equal(alerts.expiring, 0)
    await click(toggle)
    await settled()
    equal(toggle.checked, false)
  })

  it('stays where it is when nobody answers, and says so', async () => {
    const { element, world, settled } = await show('NotRenewed')
    const toggle = find<HTMLInputElement>(element, '[role=switch]')
    equal(toggle.checked, true)
    world.network = 'down'
    await click(toggle)
    await settled()
    equal([toggle.checked, textOf(find(element, '[part=renewal] [role=alert]'))], [true, 'This could not be changed. Try again in a moment.'])
  })

  it('is a word for everybody else, where it is so', async () => {
    equal(textOf(find((await show('NotRenewedViewer', { locale: 'de' })).element, '[part=renewal]')), 'Wird nicht verlängert Zu diesem Gerät gibt es keine Warnungen und Erinnerungen.')
    for (const name of ['Viewer', 'Member'] as const) equal(findAll((await show(name)).element, '[part=renewal]').length, 0, name)
  })

  it('comes back by itself when a voucher is redeemed', async () => {
    const { element, world, provider, settled } = await show('NotRenewed')
    const { items: [issued] } = await world.as('vendor')<{ items: { code: string }[] }>('POST', '/v1/vendor/vouchers', { count: 1, days: 365 })
    await world.as('member')('POST', `/v1/devices/${SAMPLES.expiring.id}/voucher`, { code: issued?.code })
    await provider?.refresh()
    await settled()
    equal(find<HTMLInputElement>(element, '[role=switch]').checked, false)
  })
})

describe('what is new in <license-tab>', () => {
  it('fits 320 px', async () => {
    await surround({ width: 320, height: 640 })
    for (const name of ['ClaimedByOther', 'GraceOnOffer', 'NotRenewed'] as const) {
      const { element } = await show(name, { locale: 'de' })
      ok(find(element, '.tab').scrollWidth <= 320, name)
    }
    await surround()
  })
})
