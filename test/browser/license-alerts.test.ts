import type { LicenseAlerts, LicenseAlertsChangedEvent, LicenseNavigateEvent } from '../../components/index.ts'
import * as stories from '../../stories/license-alerts.stories.ts'
import { equal, includes, ok } from './assert.ts'
import { accessibilityTree, click, press, surround } from './person.ts'
import { type Overrides, renderStory, type Stage, until } from './stage.ts'
import { find, findAll, focused, textOf } from './tree.ts'

type Name = Exclude<keyof typeof stories, 'default'>
type Counts = Pick<LicenseAlertsChangedEvent, 'expired' | 'expiring' | 'grace'>

function show(name: Name, overrides?: Overrides): Promise<Stage<LicenseAlerts>> {
  return renderStory<LicenseAlerts>(stories, name, overrides)
}

/** What each row says. */
function rows(element: LicenseAlerts): string[] {
  return findAll(element, '.alert > p').map(textOf)
}

/** What each row offers. */
function offers(element: LicenseAlerts): string[][] {
  return findAll(element, '.does').map((does) => findAll(does, 'a, button').map((one) => (one.ariaLabel ?? textOf(one))))
}

function told(element: LicenseAlerts): string {
  return textOf(find(element, '[role=status]'))
}

/** What the host is told of the counts from now on. */
function counting({ canvas }: Stage<LicenseAlerts>): Counts[] {
  const all: Counts[] = []
  canvas.addEventListener('license-alerts-changed', ({ expired, expiring, grace }) => { all.push({ expired, expiring, grace }) })
  return all
}

const EXPIRED = '4 licenses have expired. Dashboards, history and functions are off.'
const EXPIRING = '3 licenses expire within 31 days. The first is \u2068Water softener Laundry\u2069, in 5 days.'
const GRACE = '3 devices can have a grace period of 60 days. From today until 20 January 2027. 6 others are not eligible.'

describe('<license-alerts>', () => {
  it('is one card of three rows, each with its count and what to do', async () => {
    const { element } = await show('All')
    equal(rows(element), [EXPIRED, EXPIRING, GRACE])
    equal(offers(element), [
      ['Contact support', 'Show 4 devices', 'Remind me later, in 7 days: 4 licenses have expired.'],
      ['Show 3 devices', 'Remind me later, in 7 days: 3 licenses expire within 31 days.'],
      ['Activate for all (3)', 'Details', 'Remind me later, in 7 days: 3 devices can have a grace period of 60 days.'],
    ])
    equal(told(element), '', 'what stands there at first is not read out')
  })

  it('says the same in German', async () => {
    const { element } = await show('All', { locale: 'de' })
    equal(rows(element), [
      '4 Lizenzen sind abgelaufen. Dashboards, Verlauf und Funktionen sind aus.',
      '3 Lizenzen laufen innerhalb von 31 Tagen ab. Die erste: \u2068Water softener Laundry\u2069, in 5 Tagen.',
      '3 Geräte können eine Übergangsfrist von 60 Tagen haben. Ab heute bis 20. Januar 2027. 6 andere sind nicht berechtigt.',
    ])
  })

  const ONES: readonly [Name, string][] = [
    ['OneExpired', '1 license has expired. Dashboards, history and functions are off.'],
    ['OneExpiring', '1 license expires within 31 days. It is that of \u2068Heat pump Attic\u2069, tomorrow.'],
    ['OneExpiringToday', '1 license expires within 31 days. It is that of \u2068Heat pump Boiler room\u2069, today.'],
    ['OneGraceAvailable', '1 device can have a grace period of 60 days. From today until 20 January 2027.'],
    ['NotRenewed', '1 license expires within 31 days. It is that of \u2068Ventilation Day nursery\u2069, in 9 days.'],
  ]
  for (const [name, row] of ONES) {
    it(`${name}: ${row}`, async () => {
      equal(rows((await show(name)).element), [row])
    })
  }

  it('takes no room where nothing is to be warned of, nor while it loads', async () => {
    for (const name of ['Nothing', 'Loading', 'WithoutProvider'] as const) {
      const { element } = await show(name)
      equal([element.hasAttribute('empty'), element.getBoundingClientRect().height], [true, 0], name)
    }
  })

  it('names no days where models have different ones', async () => {
    const { element } = await show('DaysByModel')
    const [, expiring = '', grace = ''] = rows(element)
    includes(expiring, '2 licenses expire within 90 days.')
    includes(grace, /^3 devices can have a grace period\. 6 others/)
  })

  it('lets a viewer read', async () => {
    equal(offers((await show('Viewer')).element), [['Contact support', 'Show 4 devices'], ['Show 3 devices'], ['Details']])
  })

  it('reads well', async () => {
    await show('All')
    const tree = await accessibilityTree()
    includes(tree, /button "Contact support"/)
    includes(tree, /link "Show 3 devices"/)
    includes(tree, /button "Details" .*expanded=false/)
  })
})

describe('<license-alerts> leads on', () => {
  it('to the list, filtered, by the host first', async () => {
    const { element, canvas } = await show('All')
    const links: string[] = []
    canvas.addEventListener('license-navigate', (event: LicenseNavigateEvent) => {
      event.preventDefault()
      links.push(new URL(event.href).hash)
    })
    for (const link of findAll(element, '[part=show]')) await click(link)
    equal(links, ['#/assets?alert=expired', '#/assets?alert=expiring'])
  })

  it('to support, and from there to sales', async () => {
    const { element, canvas, settled } = await show('Expired')
    const requests: string[] = []
    for (const type of ['license-support-request', 'license-contact-request']) canvas.addEventListener(type, () => { requests.push(type) })
    await click(find(element, '[part=support]'))
    await settled()
    const dialog = find<HTMLDialogElement>(element, 'dialog.support')
    ok(dialog.matches(':modal'))
    includes(textOf(dialog), 'support@example.com')
    includes(decodeURIComponent(find<HTMLAnchorElement>(dialog, 'a.filled').href), 'subject=Licenses of Lindenhof Living')
    await click(find(dialog, 'button', 'Contact sales'))
    await settled()
    equal([dialog.open, find(element, 'contact-sales-modal').hasAttribute('open'), requests], [false, true, ['license-support-request', 'license-contact-request']])
  })

  it('to nothing of ours where the host says no', async () => {
    const { element, canvas, settled } = await show('Expired')
    canvas.addEventListener('license-support-request', (event) => { event.preventDefault() })
    await click(find(element, '[part=support]'))
    await settled()
    equal(findAll(element, 'dialog').length, 0)
  })

  it('gives the focus back when the dialog of support is closed by Escape', async () => {
    const { element, settled } = await show('Expired')
    find(element, '[part=support]').focus()
    await press('Enter')
    await settled()
    await press('Escape')
    await settled()
    equal(focused(), find(element, '[part=support]'))
  })
})

describe('<license-alerts> counts', () => {
  it('and tells the page and the person of a change, once', async () => {
    const stage = await show('All')
    const { element, world, provider, settled } = stage
    const counts = counting(stage)
    await world.as('admin')('PUT', '/v1/devices/hp-stable/renewal', { planned: false })
    await provider?.refresh()
    await settled()
    equal([rows(element)[0], told(element)], ['3 licenses have expired. Dashboards, history and functions are off.', '3 licenses have expired.'])
    await provider?.refresh()
    equal(counts, [{ expired: 3, expiring: 3, grace: 3 }])
  })

  it('tells the page at first', async () => {
    const stage = await show('All', { world: { network: 'loading' } })
    const counts = counting(stage)
    stage.world.network = 'ok'
    await stage.settled()
    equal(counts, [{ expired: 4, expiring: 3, grace: 3 }])
  })

  it('what others do, without being asked', async () => {
    const { element, world } = await show('All')
    await world.as('member')('POST', '/v1/grace', {})
    await until(() => rows(element).length === 2)
    await world.as('admin')('PUT', '/v1/devices/hp-stable/renewal', { planned: false })
    await until(() => rows(element)[0]?.startsWith('3 licenses have expired.') === true)
  })

  it('anew when the clock of the server passes midnight', async () => {
    const { element, world, provider, settled } = await show('Expired')
    world.clock.addDays(213)
    await provider?.refresh()
    await settled()
    equal(rows(element)[0], '3 licenses have expired. Dashboards, history and functions are off.')
  })
})

describe('<license-alerts> puts off', () => {
  it('a warning for a week, on the server; the page is told, and the focus goes on', async () => {
    const stage = await show('All')
    const { element, world, provider, settled } = stage
    const counts = counting(stage)
    const [snooze] = findAll(element, '[part=snooze]')
    ok(snooze)
    snooze.focus()
    await press('Enter')
    await settled()
    equal(rows(element), [EXPIRING, GRACE])
    equal([told(element), counts], ['You will be reminded on 28 Nov 2026.', [{ expired: 0, expiring: 3, grace: 3 }]])
    ok(focused() !== null && element.shadowRoot?.contains(focused()), 'the focus is lost')
    world.clock.addDays(6)
    await provider?.refresh()
    await settled()
    equal(rows(element).some((row) => row.includes('have expired')), true, 'more have expired since')
  })

  it('and shows it again when the time has come', async () => {
    const { element, world, provider, settled } = await show('Expired')
    await click(find(element, '[part=snooze]'))
    await settled()
    equal(rows(element), [])
    world.clock.addDays(6)
    await provider?.refresh()
    equal(rows(element), [])
    world.clock.addDays(1)
    await provider?.refresh()
    await settled()
    equal(rows(element), ['2 licenses have expired. Dashboards, history and functions are off.'])
  })

  it('says so where it did not work', async () => {
    const { element, world, settled } = await show('Expired')
    world.network = 'down'
    await click(find(element, '[part=snooze]'))
    await settled()
    equal([rows(element).length, told(element)], [1, 'This could not be put off. Try again in a moment.'])
  })
})

describe('<license-alerts> without an answer', () => {
  it('says so where nothing is known, and comes back', async () => {
    const { element, world, settled } = await show('Unreachable')
    equal(rows(element), ['Connection lost. Check the network and try again.'])
    world.network = 'ok'
    await click(find(element, 'button', 'Try again'))
    await settled()
    equal(rows(element), ['1 license has expired. Dashboards, history and functions are off.'])
  })

  it('shows what was known, and when', async () => {
    const { element } = await show('Stale')
    equal(rows(element).slice(0, 2), ['Connection lost. This is what was known at 10:30.', EXPIRED])
  })
})

describe('<license-alerts> on the page', () => {
  it('fits 320 px', async () => {
    await surround({ width: 320, height: 640 })
    for (const name of ['All', 'Details', 'LongName', 'Stale'] as const) {
      for (const locale of ['en', 'de']) {
        const { element } = await show(name, { locale })
        const card = find(element, '.card')
        ok(card.scrollWidth <= card.clientWidth && card.getBoundingClientRect().right <= 320, `${name} ${locale}`)
      }
    }
    await surround()
  })
})
