import type { LicenseNavigateEvent, LicenseNotifications } from '../../components/index.ts'
import * as stories from '../../stories/license-notifications.stories.ts'
import { askAsPerson } from '../../stories/dialogs.ts'
import { equal, includes, ok } from './assert.ts'
import { axe } from './axe.ts'
import { accessibilityTree, click, press, surround } from './person.ts'
import { type Overrides, renderStory, type Stage, until } from './stage.ts'
import { find, findAll, focused, textOf } from './tree.ts'

type Name = Exclude<keyof typeof stories, 'default'>

function show(name: Name, overrides?: Overrides): Promise<Stage<LicenseNotifications>> {
  return renderStory<LicenseNotifications>(stories, name, overrides)
}

function bellOf(element: LicenseNotifications): [name: string | null, count: string] {
  return [find(element, '.bell').ariaLabel, findAll(element, '.count').map(({ dataset }) => dataset['count']).join('')]
}

function panelOf(element: LicenseNotifications): HTMLElement {
  return find(element, '.panel')
}

function isOpen(element: LicenseNotifications): boolean {
  return panelOf(element).matches(':popover-open')
}

/** What each row says. */
function rows(element: LicenseNotifications): string[] {
  return findAll(element, '.what').map(textOf)
}

function names(element: LicenseNotifications, selector = '.name'): string[] {
  return findAll(element, selector).map(textOf)
}

function told(element: LicenseNotifications): string {
  return textOf(find(element, '[role=status]'))
}

const ENGLISH = [
  'Heat pump Attic HP12-20817-53 Expires tomorrow, on 22 November 2026 now', 'Heat pump Boiler room HP8-19440-02 Expires today now', 'Heat pump Barn HP8-19440-04 Expired yesterday now',
  'Heat pump South wing HP12-20817-51 Expires in 12 days, on 3 December 2026 yesterday', 'Water softener Laundry WS20-07731-05 Grace period ends in 5 days, on 26 November 2026 yesterday',
  'Ventilation Day nursery VU450-31002-18 Trial ends in 9 days, on 30 November 2026 3 days ago', 'Heat pump Old stable HP8-19440-03 Expired 9 days ago, on 12 November 2026 7 days ago',
]
const GERMAN = [
  'Heat pump Attic HP12-20817-53 Läuft morgen ab, am 22. November 2026 jetzt', 'Heat pump Boiler room HP8-19440-02 Läuft heute ab jetzt', 'Heat pump Barn HP8-19440-04 Ist gestern abgelaufen jetzt',
  'Heat pump South wing HP12-20817-51 Läuft in 12 Tagen ab, am 3. Dezember 2026 gestern', 'Water softener Laundry WS20-07731-05 Übergangsfrist endet in 5 Tagen, am 26. November 2026 gestern',
  'Ventilation Day nursery VU450-31002-18 Testphase endet in 9 Tagen, am 30. November 2026 vor 3 Tagen', 'Heat pump Old stable HP8-19440-03 Ist vor 9 Tagen abgelaufen, am 12. November 2026 vor 7 Tagen',
]

describe('<license-notifications>', () => {
  for (const [locale, wanted, bell] of [['en', ENGLISH, 'Notifications, 7 unread'], ['de', GERMAN, 'Mitteilungen, 7 ungelesen']] as const) {
    it(`is a bell that counts, and a list of whose license ends when: ${locale}`, async () => {
      const { element } = await show('Open', { locale })
      equal(bellOf(element), [bell, '7'])
      // Those of one moment come in any order.
      equal(rows(element).sort(), [...wanted].sort())
      equal(told(element), '', 'what stands there at first is not read out')
    })
  }

  for (const [name, bell, items] of [
    ['One', ['Notifications, 1 unread', '1'], 1], ['Many', ['Notifications, 45 unread', '9+'], 20], ['Empty', ['Notifications', ''], 0], ['SomeRead', ['Notifications, 5 unread', '5'], 7],
    ['Snoozed', ['Notifications, 2 unread', '2'], 7],
  ] as const) {
    it(`${name}: ${bell[0]}`, async () => {
      const { element } = await show(name)
      equal([bellOf(element), rows(element).length], [bell, items])
    })
  }

  it('says of each whether it is unread, in words too; of what is put off nothing', async () => {
    equal(findAll((await show('SomeRead')).element, '[part=unread]').map(textOf), Array.from({ length: 5 }, () => 'Unread'))
    const { element } = await show('Snoozed')
    equal(names(element, '.new .name').sort(), ['Heat pump Barn', 'Heat pump Old stable'])
    equal(rows(element).filter((row) => row.endsWith(' · Snoozed')).length, 5)
  })

  it('keeps a name that turns the direction of texts to itself', async () => {
    const { element } = await show('One', { world: { devices: [{ id: 'x', name: 'Pump \u202egnp', serial: 'SN\u200f-1', grants: [{ kind: 'standard', days: 365, left: 31 }] }] } })
    equal([...findAll(element, 'bdi')].slice(0, 2).map(({ textContent }) => textContent), ['Pump gnp', 'SN-1'])
  })

  it('reads well', async () => {
    const { element } = await show('One')
    equal([panelOf(element).role, panelOf(element).getAttribute('aria-labelledby')], ['dialog', find(element, 'h2').id])
    const tree = await accessibilityTree()
    for (const node of [/button "Notifications, 1 unread" .*expanded=true haspopup=dialog/, /heading "Notifications" .*focused=true/,
      /button "Mark all as read"/, /link "Heat pump Attic HP12-20817-53 Expires tomorrow, on 22\sNovember\s2026 now Unread"/, /button "Snooze expiring for 7 days"/]) includes(tree, node)
  })
})

describe('the panel of <license-notifications>', () => {
  it('opens and closes by keyboard, and gives the focus back', async () => {
    const { element } = await show('Bell')
    find(element, '.bell').focus()
    await press('Enter')
    equal([isOpen(element), focused()], [true, find(element, 'h2')])
    await press('Tab')
    equal(textOf(focused() as Element), 'Mark all as read')
    await press('Tab')
    equal(focused(), find(element, '[part=item]'))
    await press('Escape')
    equal([isOpen(element), focused()], [false, find(element, '.bell')])
    // Nobody sees what an open panel covers.
    const next = document.createElement('button')
    document.body.append(next)
    await press('Enter')
    findAll(element, '.panel :is(a, button)').at(-1)?.focus()
    equal(isOpen(element), true)
    await press('Tab')
    equal([isOpen(element), focused()], [false, next])
    next.remove()
  })

  it('closes by a click beside it, and by the bell', async () => {
    const { element } = await show('Bell')
    const bell = find(element, '.bell')
    await click(bell)
    equal(isOpen(element), true)
    await click(bell)
    equal(isOpen(element), false)
    await click(bell)
    await click(document.documentElement)
    equal(isOpen(element), false)
  })

  for (const width of [280, 320, 800]) {
    it(`stays on a screen of ${width} px, whatever stands in it`, async () => {
      await surround({ width, height: 560 })
      for (const [name, locale] of [['Open', 'de'], ['InHeader', 'en'], ['RightToLeft', 'en'], ['LongName', 'de'], ['NoRecipient', 'de'], ['Late', 'en']] as const) {
        const panel = panelOf((await show(name, { locale })).element)
        const { left, right, top, bottom } = panel.getBoundingClientRect()
        ok(left >= 0 && right <= width && top >= 0 && bottom <= 560, `${name}: ${left} ${right} ${top} ${bottom}`)
        ok(panel.scrollWidth <= panel.clientWidth, `${name} is wider than its panel`)
      }
      await surround()
    })
  }

  it('stands above a bell at the bottom', async () => {
    const { element, canvas } = await show('Bell')
    canvas.style.cssText = 'position: fixed; inset-block-end: 0'
    await click(find(element, '.bell'))
    ok(panelOf(element).getBoundingClientRect().bottom < find(element, '.bell').getBoundingClientRect().top)
  })
})

describe('a notification', () => {
  it('leads to the License tab, by the host first, and is read then', async () => {
    const { element, canvas, settled } = await show('One')
    const links: string[] = []
    canvas.addEventListener('license-navigate', (event: LicenseNavigateEvent) => {
      event.preventDefault()
      links.push(`${new URL(event.href).hash} ${event.deviceId}`)
    })
    await click(find(element, '[part=item]'))
    await settled()
    equal([links, isOpen(element), bellOf(element)], [['#/devices/hp-attic/license hp-attic'], false, ['Notifications', '']])
  })

  it('is a button that marks it as read where the host has no page for it', async () => {
    const { element, settled } = await show('WithoutPages')
    equal(bellOf(element)[1], '2')
    await click(find(element, 'button[part=item]'))
    await settled()
    equal([bellOf(element)[1], isOpen(element)], ['1', true])
  })

  it('is marked as read with all others, on the server', async () => {
    const { element, world, settled } = await show('Open')
    find(element, '.head button').focus()
    await press('Enter')
    await settled()
    equal([bellOf(element), told(element), focused()], [['Notifications', ''], 'All are read.', find(element, 'h2')])
    equal((await askAsPerson<{ unread: number }>(world, 'GET', '/v1/notifications')).unread, 0)
  })

  it('of many is shown when more are asked for, and the focus goes on with it', async () => {
    const { element, settled } = await show('Many')
    for (const [before, after] of [[20, 40], [40, 45]] as const) {
      find(element, '[part=more]').focus()
      await press('Enter')
      await until(() => rows(element).length === after)
      await settled()
      equal(focused(), findAll(element, '[part=item]')[before])
    }
    equal(findAll(element, '[part=more]').length, 0)
  })
})

describe('<license-notifications> puts off', () => {
  it('a warning for a week, on the server', async () => {
    const { element, settled } = await show('Open')
    equal(findAll(element, '[part=snooze]').map(textOf), ['Snooze expired for 7 days', 'Snooze expiring for 7 days'])
    find(element, '[part=snooze]', /expiring/).focus()
    await press('Enter')
    await settled()
    equal([bellOf(element)[1], told(element), focused()], ['2', 'You will be reminded on 28 Nov 2026.', find(element, 'h2')])
    includes(textOf(panelOf(element)), 'Expiring licenses are snoozed until 28 Nov 2026.')
  })

  it('nothing for a viewer, who reads', async () => {
    const { element, settled } = await show('Viewer')
    equal(findAll(element, '[part=snooze]').length, 0)
    await click(find(element, '.head button'))
    await settled()
    equal(bellOf(element)[1], '')
  })
})

describe('<license-notifications> follows', () => {
  it('what is new, and reads out that there is more', async () => {
    const { element, world } = await show('SomeRead')
    world.clock.addDays(2)
    await world.bff.reminders.run()
    await until(() => told(element) !== '')
    ok(/^\d+ unread notifications$/.test(told(element)), told(element))
  })

  it('a license that somebody renews, without a word', async () => {
    const { element, world } = await show('Open')
    await world.as('admin')('PUT', '/v1/devices/hp-attic/renewal', { planned: false })
    await until(() => rows(element).length === 6)
    equal([bellOf(element)[1], told(element)], ['6', ''])
  })
})

describe('<license-notifications> without an answer', () => {
  it('says so, and comes back', async () => {
    const { element, world, settled } = await show('Unreachable')
    includes(textOf(panelOf(element)), 'Connection lost. Check the network and try again.')
    world.network = 'ok'
    await click(find(element, 'button', 'Try again'))
    await settled()
    includes(textOf(panelOf(element)), 'Nothing to do')
  })

  it('shows what was known, and when', async () => {
    const { element } = await show('Stale')
    equal(rows(element).length, 7)
    includes(textOf(find(element, '[part=trouble]')), 'Connection lost. This is what was known at 10:30.')
  })

  it('says that marking did not work', async () => {
    const { element, world, settled } = await show('Open')
    world.network = 'down'
    await click(find(element, '.head button'))
    await settled()
    equal([bellOf(element)[1], told(element)], ['7', 'This did not work. Try again in a moment.'])
  })

  it('draws nothing for a BFF that has none, nor without a provider', async () => {
    const { element, provider, settled } = await show('Bell')
    if (provider !== null) {
      provider.fetch = async (address, init) => (String(address).includes('/notifications') ? Response.json({ code: 'not-found' }, { status: 404 }) : fetch(address, init))
    }
    await settled()
    await until(() => findAll(element, '.bell').length === 0)
    equal(findAll((await show('WithoutProvider')).element, '*').length, 0)
  })
})

describe('<license-notifications> tells admins', () => {
  for (const [name, locale, title, detail] of [
    ['Late', 'en', 'Reminders have not run since 18 Nov 2026, 10:30.', 'Tell whoever runs the license service.'],
    ['Late', 'de', 'Die Erinnerungen laufen seit 18. Nov. 2026, 10:30 nicht mehr.', 'Sagen Sie denen Bescheid, die den Lizenzdienst betreiben.'],
    ['NeverRan', 'en', 'Reminders have never run.', 'Tell whoever runs the license service.'],
    ['NeverRan', 'de', 'Die Erinnerungen sind noch nie gelaufen.', 'Sagen Sie denen Bescheid, die den Lizenzdienst betreiben.'],
    ['NoRecipient', 'de', 'Niemand bekommt Erinnerungen per E‑Mail.', 'Tragen Sie im Arbeitsbereich eine Adresse ein.'],
  ] as const) {
    it(`${name}: ${title}, on the bell and in the panel`, async () => {
      const { element } = await show(name, { locale })
      equal(findAll(element, '[part=warning]').map(textOf), [`${title} ${detail}`])
      ok(find(element, '.bell').ariaLabel?.endsWith(`. ${title}`) === true, find(element, '.bell').ariaLabel ?? '')
      equal(findAll(element, '[part=mark]').length, 1)
      await axe(element)
      const member = (await show(name, { locale, world: { role: 'member' } })).element
      equal([findAll(member, '[part=warning], [part=mark]').length, find(member, '.bell').ariaLabel?.includes(title)], [0, false])
    })
  }

  it('nothing once reminders run again', async () => {
    const { element, world, settled } = await show('Late')
    await world.bff.reminders.run()
    await element.closest('license-provider')?.refresh()
    await settled()
    await until(() => findAll(element, '[part=warning], [part=mark]').length === 0)
  })
})
