import type { LicenseTab } from '../../components/index.ts'
import * as stories from '../../stories/license-tab.stories.ts'
import { equal, includes, ok } from './assert.ts'
import { click, press, type } from './person.ts'
import { type Overrides, renderStory, type Stage } from './stage.ts'
import { find, findAll, focused, textOf } from './tree.ts'

type Name = Exclude<keyof typeof stories, 'default'>
type Facts = readonly [status: string, expiration: string, remaining: string, type: string]

function show(name: Name, overrides?: Overrides): Promise<Stage<LicenseTab>> {
  return renderStory<LicenseTab>(stories, name, overrides)
}

/** What stands there, without the way into a calendar. */
function factsOf(tab: LicenseTab): string[] {
  return findAll(tab, 'dd').map((fact) => textOf(fact).replace(/ (Add to calendar|In den Kalender)$/, ''))
}

function actionsOf(tab: LicenseTab): string[] {
  return findAll(tab, '[part=actions] button').map(textOf)
}

function entriesOf(tab: LicenseTab): string[] {
  return findAll(tab, '[part=history] li').map(textOf)
}

function told(tab: LicenseTab): string {
  return textOf(find(tab, '[role=status]'))
}

/** Resolves when something holds; looks at every frame. */
async function until(what: () => boolean): Promise<void> {
  while (!what()) await new Promise((resolve) => { requestAnimationFrame(resolve) })
}

const NEVER = '– No license'

const ENGLISH: Partial<Record<Name, Facts>> = {
  Active: ['Active', '21 June 2027, end of day Berlin time', '212 days', 'Standard'],
  ActiveTrial: ['Active', '16 May 2027, end of day Berlin time', '176 days', 'Trial'],
  Grace: ['Grace period', '5 January 2027, end of day Berlin time', '45 days', 'Grace period'],
  Expiring: ['Expiring', '3 December 2026, end of day Berlin time', '12 days', 'Standard'],
  ExpiringTrial: ['Expiring', '30 November 2026, end of day Berlin time', '9 days', 'Trial'],
  ExpiringGrace: ['Grace period', '26 November 2026, end of day Berlin time', '5 days', 'Grace period'],
  LastDay: ['Expiring', '21 November 2026, end of day Berlin time', '13 hrs 30 mins Expires today', 'Standard'],
  LastDayOfTrial: ['Expiring', '21 November 2026, end of day Berlin time', '13 hrs 30 mins Trial ends today', 'Trial'],
  LastDayOfGrace: ['Grace period', '21 November 2026, end of day Berlin time', '13 hrs 30 mins Grace period ends today', 'Grace period'],
  LastHour: ['Expiring', '21 November 2026, end of day Berlin time', '42 mins Expires today', 'Standard'],
  Expired: ['Expired', '12 November 2026, end of day Berlin time', '0 days 9 days ago', 'Standard'],
  ExpiredYesterday: ['Expired', '20 November 2026, end of day Berlin time', '0 days yesterday', 'Standard'],
  ExpiredTrial: ['Expired', '18 November 2026, end of day Berlin time', '0 days 3 days ago', 'Trial'],
  ExpiredGrace: ['Expired', '20 November 2026, end of day Berlin time', '0 days yesterday', 'Grace period'],
  None: ['No license', 'Never activated', NEVER, NEVER],
  Queued: ['Active', '20 January 2028, end of day Berlin time', '425 days', 'Standard'],
}

const GERMAN: Partial<Record<Name, Facts>> = {
  ActiveTrial: ['Aktiv', '16. Mai 2027, Tagesende Zeit in Berlin', '176 Tage', 'Testphase'],
  Grace: ['Übergangsfrist', '5. Januar 2027, Tagesende Zeit in Berlin', '45 Tage', 'Übergangsfrist'],
  Expiring: ['Läuft ab', '3. Dezember 2026, Tagesende Zeit in Berlin', '12 Tage', 'Standard'],
  LastDay: ['Läuft ab', '21. November 2026, Tagesende Zeit in Berlin', '13 Std. 30 Min. Läuft heute ab', 'Standard'],
  Expired: ['Abgelaufen', '12. November 2026, Tagesende Zeit in Berlin', '0 Tage vor 9 Tagen', 'Standard'],
  ExpiredYesterday: ['Abgelaufen', '20. November 2026, Tagesende Zeit in Berlin', '0 Tage gestern', 'Standard'],
  None: ['Keine Lizenz', 'Noch nie aktiviert', '– Keine Lizenz', '– Keine Lizenz'],
}

describe('the facts of <license-tab>', () => {
  for (const [locale, all] of [['en', ENGLISH], ['de', GERMAN]] as const) {
    for (const [name, facts] of Object.entries(all)) {
      it(`${name}, ${locale}: ${facts.join(' | ')}`, async () => {
        const { element } = await show(name as Name, { locale })
        equal(factsOf(element), facts)
        equal(told(element), '', 'what stands there at first is not read out')
      })
    }
  }

  it('are read by names, and the last day is a silent timer', async () => {
    const { element } = await show('LastDay')
    equal(findAll(element, 'dt').map(textOf), ['Status', 'Expiration', 'Days remaining', 'Type'])
    equal(textOf(find(element, '[role=timer]')), '13 hrs 30 mins')
    equal(find(element, '[role=timer]').getAttribute('aria-live'), null)
  })
})

describe('the last day of <license-tab>', () => {
  it('counts each minute down by itself', async () => {
    const { element, world, provider } = await show('LastDay')
    world.clock.set('2026-11-21T12:15:58.000Z')
    await provider?.refresh()
    equal(textOf(find(element, '[role=timer]')), '10 hrs 45 mins')
    await until(() => textOf(find(element, '[role=timer]')) === '10 hrs 44 mins')
    equal(told(element), '')
  })

  it('tells once of the last hour, and once of the end', async () => {
    const { element, world, provider, settled } = await show('LastDay')
    world.clock.set('2026-11-21T21:59:58.000Z')
    await provider?.refresh()
    equal(told(element), '')
    await until(() => told(element) !== '')
    equal(told(element), 'The license ends in 1 hr.')
    world.clock.set('2026-11-21T22:59:58.500Z')
    await provider?.refresh()
    equal(told(element), 'The license ends in 1 hr.', 'not told again')
    await until(() => factsOf(element)[0] === 'Expired')
    await settled()
    equal(told(element), 'Status: Expired. Expiration: 21 November 2026, end of day.')
    equal(factsOf(element), ['Expired', '21 November 2026, end of day Berlin time', '0 days yesterday', 'Standard'])
    equal(findAll(element, '[role=timer]').length, 0)
  })
})

describe('what can be done in <license-tab>', () => {
  it('is to activate, to renew, or to ask', async () => {
    equal(actionsOf((await show('None')).element), ['Activate', 'Start trial', 'Contact sales'])
    equal(actionsOf((await show('GraceOnOffer')).element), ['Activate', 'Start grace period', 'Contact sales'])
    equal(actionsOf((await show('NoTrialForModel')).element), ['Activate', 'Contact sales'])
    equal(actionsOf((await show('Expired')).element), ['Renew', 'Start trial', 'Contact sales'])
    equal(actionsOf((await show('Member')).element), ['Renew', 'Contact sales'])
    const { element } = await show('Viewer')
    equal(actionsOf(element), ['Contact sales'])
    includes(textOf(find(element, '[part=actions]')), 'Your role can look, but not redeem codes. Ask a member or an administrator of the workspace.')
  })

  const REQUESTS = [
    ['None', 'primary', 'license-activate-request', 'voucher-modal'],
    ['Expiring', 'primary', 'license-renew-request', 'voucher-modal'],
    ['Expiring', 'contact', 'license-contact-request', 'contact-sales-modal'],
    ['UndoPossible', 'undo', 'license-undo-request', 'dialog'],
  ] as const
  for (const [name, part, type, dialog] of REQUESTS) {
    it(`${part} of ${name} asks by ${type}; cancelled, nothing opens`, async () => {
      const { element, canvas, settled } = await show(name)
      const events: Event[] = []
      let cancelled = true
      canvas.addEventListener(type, (event) => {
        events.push(event)
        if (cancelled) event.preventDefault()
      })
      await click(find(element, `[part=${part}]`))
      await settled()
      equal(events.map((event) => [event.target === element, event.composed, event.cancelable]), [[true, true, true]])
      ok(findAll(element, `${dialog}[open]`).length === 0, 'nothing is open')
      cancelled = false
      await click(find(element, `[part=${part}]`))
      await settled()
      ok(find(element, `${dialog}[open]`), 'it is open')
    })
  }
})

describe('redeeming from <license-tab>', () => {
  it('shows the new licence behind the dialog, which tells it, and the focus comes back to the button', async () => {
    const { element, world, settled } = await show('None', { world: { vouchers: { year: { days: 365 } } } })
    await click(find(element, '[part=primary]', 'Activate'))
    await settled()
    await type(world.codes['year'] ?? '')
    await settled()
    await click(find(element, '[part=submit]', 'Activate until 21 November 2027'))
    await settled()
    equal(factsOf(element)[0], 'Active')
    equal(told(element), '')
    await press('Escape')
    await settled()
    equal(focused(), find(element, '[part=primary]', 'Renew'))
    equal(told(element), '', 'it was told by the dialog')
    includes(entriesOf(element)[0] ?? '', /^21 Nov 2026 Activated by voucher ····\w{4}, 365 days/)
  })
})

describe('undoing in <license-tab>', () => {
  it('asks first, takes the days back, tells it once, and leaves the focus on the way on', async () => {
    const { element, world, settled } = await show('UndoPossible')
    const code = world.codes['year']?.slice(-4) ?? ''
    equal(actionsOf(element), ['Renew', 'Contact sales', `Undo voucher ····${code}`])
    find(element, '[part=undo]').focus()
    await press('Enter')
    await settled()
    const dialog = find<HTMLDialogElement>(element, 'dialog')
    equal(focused(), find(dialog, 'h2'))
    includes(textOf(dialog), `Undo voucher ····${code}? This takes 365 days back: the license becomes what it was before, and the code can be used again.`)
    await press('Tab', 'Tab')
    equal(textOf(focused() ?? dialog), 'Take back 365 days')
    await press('Enter')
    await settled()
    equal(dialog.open, false)
    equal(factsOf(element)[0], 'No license')
    equal(told(element), 'Status: No license. Expiration: Never activated.')
    equal(textOf(focused() ?? element), 'Activate')
    includes(entriesOf(element)[0] ?? '', `Activated by voucher ····${code}, 365 days Undone on 21 Nov 2026 · you`)
    ok(find(element, '[part=history] s'))
    equal(world.requests.filter(({ path }) => path.endsWith('/undo')).length, 1)
  })

  it('does nothing when it is cancelled, and the focus comes back', async () => {
    const { element, world, settled } = await show('UndoPossible')
    await click(find(element, '[part=undo]'))
    await settled()
    await press('Escape')
    await settled()
    equal(find<HTMLDialogElement>(element, 'dialog').open, false)
    equal(focused(), find(element, '[part=undo]'))
    equal(world.requests.some(({ path }) => path.endsWith('/undo')), false)
  })

  it('a double click undoes once', async () => {
    const { element, world, settled } = await show('UndoDialog')
    await click(find(element, 'dialog .filled'), 2)
    await settled()
    equal(world.requests.filter(({ path }) => path.endsWith('/undo')).length, 1)
    equal(factsOf(element)[0], 'No license')
  })

  it('says why it was refused: too late', async () => {
    const { element, world, settled } = await show('UndoDialog')
    world.clock.addDays(8)
    // At once, before the page can notice.
    find(element, 'dialog .filled').click()
    await settled()
    equal(find<HTMLDialogElement>(element, 'dialog').open, true)
    equal(textOf(find(element, 'dialog [role=alert]')), 'It is too late to undo this. Ask support.')
    equal(factsOf(element)[0], 'Active')
  })

  it('an answer that was lost can be asked for again, and nothing else is undone', async () => {
    const { element, world, settled } = await show('UndoDialog')
    world.network = 'down'
    await click(find(element, 'dialog .filled'))
    await settled()
    equal(textOf(find(element, 'dialog [role=alert]')), 'This did not work. Try again in a moment; it will not be done twice.')
    world.network = 'ok'
    await click(find(element, 'dialog .filled'))
    await settled()
    equal(factsOf(element)[0], 'No license')
  })

  it('does not undo another grant than the one that was asked about', async () => {
    const { element, world, provider, settled } = await show('UndoDialog')
    await world.as('admin')('POST', '/v1/devices/hp-new/undo', {})
    await provider?.refresh()
    await click(find(element, 'dialog .filled'))
    await settled()
    equal(textOf(find(element, 'dialog [role=alert]')), 'There is nothing to undo any more.')
    equal(world.requests.some(({ path }) => path.endsWith('/undo')), false)
  })

  it('in German', async () => {
    const { element, world } = await show('UndoDialog', { locale: 'de' })
    const code = world.codes['year']?.slice(-4) ?? ''
    includes(textOf(find(element, 'dialog')), `Gutschein ····${code} zurücknehmen? Das nimmt 365 Tage zurück: Die Lizenz wird wieder, wie sie vorher war`)
    equal(findAll(element, 'dialog button').map(textOf), ['Abbrechen', '365 Tage zurücknehmen'])
  })
})

describe('the history of <license-tab>', () => {
  it('tells newest first what activated, what renewed, what was imported, and who it was', async () => {
    const { element, world } = await show('Renewed')
    const { first = '', second = '' } = world.codes
    equal(entriesOf(element), [
      `7 May 2026 Renewed by voucher ····${second.slice(-4)}, +365 days 2 Jun 2026 – 1 Jun 2027 you`,
      `1 Jun 2025 Activated by voucher ····${first.slice(-4)}, 365 days 1 Jun 2025 – 1 Jun 2026 you`,
      '30 Nov 2024 Trial, 180 days 30 Nov 2024 – 29 May 2025 · imported on 29 May 2025 · order-hp-pump-1',
    ])
  })

  it('keeps what a colleague undid, struck and dated', async () => {
    const { element } = await show('Undone', { locale: 'de' })
    const [undone = '', standard = ''] = entriesOf(element)
    includes(undone, /Aktiviert durch Gutschein ····\w{4}, 365 Tage Zurückgenommen am 21\. Nov\. 2026/)
    includes(standard, 'Standard, 365 Tage')
    equal(findAll(element, '[part=history] s').length, 1)
  })

  it('says that there is none', async () => {
    includes(textOf(find((await show('None')).element, '[part=history]')), 'Nothing yet.')
  })

  it('shows all of a long one when asked', async () => {
    const { element, settled } = await show('LongLedger')
    equal(entriesOf(element).length, 8)
    const button = find(element, '[part=history] button')
    equal([textOf(button), button.getAttribute('aria-expanded')], ['Show all 14 entries', 'false'])
    await click(button)
    await settled()
    equal(entriesOf(element).length, 14)
    equal([textOf(button), button.getAttribute('aria-expanded')], ['Show fewer entries', 'true'])
  })
})

describe('the lane of <license-tab>', () => {
  it('is not read out, as the history says the same', async () => {
    equal(find((await show('Renewed')).element, '[part=lane]').getAttribute('aria-hidden'), 'true')
  })

  for (const name of ['Renewed', 'LongLedger', 'ShortPeriods', 'RightToLeft', 'InColumns'] as const) {
    it(`draws every period of ${name} wide enough to be seen, apart from the others`, async () => {
      const { element } = await show(name)
      const boxes = findAll(element, '[part=lane] [title]').map((period) => period.getBoundingClientRect())
      ok(boxes.length > 1)
      for (const { width } of boxes) ok(width >= 6, `${width} px`)
      for (const [index, one] of boxes.entries()) {
        for (const other of boxes.slice(index + 1)) {
          const apart = one.right + 1 <= other.left || other.right + 1 <= one.left || one.bottom <= other.top || other.bottom <= one.top
          ok(apart, `${JSON.stringify(one)} and ${JSON.stringify(other)}`)
        }
      }
    })
  }

  it('has queued time after today, from right to left too', async () => {
    for (const [name, sign] of [['Queued', 1], ['RightToLeft', -1]] as const) {
      const { element } = await show(name)
      const mark = find<SVGElement>(element, '.mark path').getBoundingClientRect()
      const [trial, queued] = findAll(element, '[part=lane] [title]').map((period) => period.getBoundingClientRect())
      ok(trial !== undefined && queued !== undefined)
      ok(trial.left < mark.left && mark.right < trial.right, 'today is within the trial')
      ok(Math.sign(queued.left - trial.left) === sign, name)
    }
  })
})

describe('what a licence opens, in <license-tab>', () => {
  it('is told by words, and names of the host', async () => {
    const { element } = await show('HostFeatures')
    equal(findAll(element, '.features li').map(textOf), [
      'Listing open', 'Dashboard closed', 'History closed', 'Functions closed', 'Automation closed', 'Integrations closed', 'Site analytics closed',
      'Reports closed', 'energy-report closed', 'Instruction manual open',
    ])
  })
})

describe('<license-tab> without an answer', () => {
  it('is busy while it loads, and as high as what comes', async () => {
    const { element, world, settled } = await show('Loading')
    equal(find(element, '.tab').getAttribute('aria-busy'), 'true')
    includes(textOf(element), 'Loading license')
    const { height } = find(element, '.card').getBoundingClientRect()
    world.network = 'ok'
    await settled()
    equal(find(element, '.tab').getAttribute('aria-busy'), 'false')
    equal(find(element, '[part=card]').getBoundingClientRect().height, height)
  })

  const FAILURES = [
    ['Unreachable', 'en', 'Connection lost. Check the network and try again.'],
    ['Failed', 'en', 'The license service has a problem. Try again in a moment.'],
    ['UnknownDevice', 'en', 'Unknown device This workspace has no device “nowhere”. It may have been removed.'],
    ['Unreachable', 'de', 'Verbindung unterbrochen. Prüfen Sie das Netz und versuchen Sie es erneut.'],
    ['UnknownDevice', 'de', 'Unbekanntes Gerät Dieser Arbeitsbereich hat kein Gerät „nowhere“. Vielleicht wurde es entfernt.'],
  ] as const
  for (const [name, locale, text] of FAILURES) {
    it(`${name}, ${locale}: ${text}`, async () => {
      equal(textOf(find((await show(name, { locale })).element, '.notice')), text)
    })
  }

  it('tries again on the button, and the focus goes to the way on', async () => {
    const { element, world, settled } = await show('Unreachable')
    const button = find(element, '[part=trouble] button')
    await click(button)
    await settled()
    equal([textOf(button), told(element)], ['Try again', 'Connection lost. Check the network and try again.'])
    world.network = 'ok'
    await click(button)
    await settled()
    equal(factsOf(element)[0], 'Active')
    equal(told(element), '')
    equal(textOf(focused() ?? element), 'Renew')
  })

  it('shows what was known, and since when', async () => {
    const { element, world, settled } = await show('AsLastKnown')
    equal(textOf(find(element, '.notice')), 'Connection lost. This is what was known at 10:30.')
    equal(told(element), 'Connection lost. This is what was known at 10:30.')
    equal(factsOf(element)[2], '12 days')
    world.network = 'ok'
    await click(find(element, '[part=trouble] button'))
    await settled()
    equal(findAll(element, '[part=trouble]').length, 0)
    equal(told(element), '', 'nothing has changed')
  })

  it('draws nothing without a provider', async () => {
    equal(textOf((await show('WithoutProvider')).element), '')
  })
})

describe('<license-tab> on the page', () => {
  it('tells what another person did', async () => {
    const { element, world, provider } = await show('UndoPossible')
    await world.as('admin')('POST', '/v1/devices/hp-new/undo', {})
    await provider?.refresh()
    equal(told(element), 'Status: No license. Expiration: Never activated.')
    equal(actionsOf(element), ['Activate', 'Start trial', 'Contact sales'])
  })

  it('shows another device, and tells nothing of the change', async () => {
    const { element, settled } = await show('Active', { world: { devices: [{ id: 'hp-north', grants: [{ kind: 'standard', days: 365, left: 212 }] }, { id: 'other' }] } })
    element.deviceId = 'other'
    await settled()
    equal(factsOf(element)[0], 'No license')
    equal(told(element), '')
  })

  it('can be moved and removed', async () => {
    const { element, canvas, settled } = await show('LastDay')
    element.remove()
    canvas.querySelector('license-provider')?.append(element)
    await settled()
    equal(factsOf(element)[0], 'Expiring')
  })

  for (const [name, width] of [['InColumns', 288], ['LongTexts', 320]] as const) {
    it(`${name}: nothing is wider than ${width} px`, async () => {
      const { element, canvas } = await show(name)
      if (name === 'LongTexts') canvas.style.width = `${width}px`
      const { left, right } = element.getBoundingClientRect()
      for (const one of findAll(element, '.card *')) {
        const box = one.getBoundingClientRect()
        ok(one.closest('svg') !== null || box.width === 0 || (box.left >= left - 1 && box.right <= right + 1), `${one.outerHTML.slice(0, 100)} ${box.left} ${box.right}`)
      }
    })
  }

  it('puts no style attribute into the page, which a strict policy would refuse', async () => {
    equal(findAll((await show('LongLedger')).element, '[style]').length, 0)
  })
})
