import type { LicenseGate } from '../../components/index.ts'
import { providerIn } from '../../stories/dialogs.ts'
import { loseConnection } from '../../stories/gates.ts'
import * as stories from '../../stories/license-gate.stories.ts'
import { SAMPLES } from '../../stories/samples.ts'
import { equal, includes, ok } from './assert.ts'
import { accessibilityTree, click, press, surround, type } from './person.ts'
import { type Overrides, renderStory, type Stage, until } from './stage.ts'
import { find, findAll, focused, textOf } from './tree.ts'

type Name = Exclude<keyof typeof stories, 'default'>

const CONTENT = 'Flow temperature Set point, °C Save'
const EXPIRED = 'The license of this device expired on 12 November 2026. Everything here is kept, and opens again as soon as the license is renewed.'
const UNCHECKED = 'The license cannot be checked right now. This opens again by itself as soon as it can.'

function show(name: Name, overrides?: Overrides): Promise<Stage<LicenseGate>> {
  return renderStory<LicenseGate>(stories, name, overrides)
}

/** Everything that can be seen of a gate. */
function seen(gate: LicenseGate): string {
  return textOf(gate).replaceAll(/[\u2068\u2069]/g, '')
}

/** What the panel says. */
function told(gate: LicenseGate): string[] {
  return findAll(gate, '.panel > h2, .panel > p').map(seenOf)
}

function seenOf(element: HTMLElement): string {
  return textOf(element).replaceAll(/[\u2068\u2069]/g, '')
}

function offers(gate: LicenseGate): string[] {
  return findAll(gate, '.panel button, .panel a').map(textOf)
}

function said(gate: LicenseGate): string {
  return seenOf(find(gate, '[role=status]'))
}

function field(gate: LicenseGate): HTMLInputElement {
  return find<HTMLInputElement>(gate, 'input')
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => { setTimeout(resolve, ms) })
}

describe('<license-gate>', () => {
  it('shows its content where the licence opens the feature, and nothing else', async () => {
    const { element } = await show('Open')
    equal([seen(element), element.open, element.state, element.getAttribute('state'), element.hasAttribute('open')], [CONTENT, true, 'open', 'open', true])
    includes(await accessibilityTree(), /textbox "Set point, °C ?"/)
  })

  const REASONS: readonly [Name, 'en' | 'de', ...string[]][] = [
    ['NeverActivated', 'en', 'Dashboard closed', 'This device has no license yet. What stands here opens as soon as one is activated.'],
    ['Expired', 'en', 'Dashboard closed', EXPIRED],
    ['TrialEnded', 'en', 'Dashboard closed', 'The trial of this device ended on 18 November 2026. Everything here is kept, and opens again as soon as the license is renewed.'],
    ['GraceEnded', 'en', 'Dashboard closed', 'The grace period of this device ended on 20 November 2026. Everything here is kept, and opens again as soon as the license is renewed.'],
    ['NotInThisStatus', 'en', 'energy-report closed', 'The license of this device does not open this at the moment.'],
    ['UnknownDevice', 'en', 'Dashboard closed', 'Unknown device. This workspace has no device “nowhere”. It may have been removed.'],
    ['Unreachable', 'en', 'Dashboard closed', UNCHECKED],
    ['NeverActivated', 'de', 'Dashboard gesperrt', 'Dieses Gerät hat noch keine Lizenz. Was hier steht, wird frei, sobald eine aktiviert ist.'],
    ['Expired', 'de', 'Dashboard gesperrt', 'Die Lizenz dieses Geräts ist am 12. November 2026 abgelaufen. Alles hier bleibt erhalten und wird wieder frei, sobald die Lizenz verlängert ist.'],
    ['UnknownDevice', 'de', 'Dashboard gesperrt', 'Unbekanntes Gerät. Dieser Arbeitsbereich hat kein Gerät „nowhere“. Vielleicht wurde es entfernt.'],
    ['Unreachable', 'de', 'Dashboard gesperrt', 'Die Lizenz lässt sich gerade nicht prüfen. Sobald das wieder geht, wird hier von selbst alles frei.'],
  ]
  for (const [name, locale, ...words] of REASONS) {
    it(`${name}, ${locale}: ${words.join(' | ')}`, async () => {
      const { element } = await show(name, { locale })
      equal(told(element), words)
      equal([element.open, element.state, said(element)], [false, 'closed', ''])
    })
  }

  it('leaves the way to renew open to everybody', async () => {
    equal(offers((await show('NeverActivated')).element), ['Activate', 'Contact sales', 'Show license'])
    equal(offers((await show('Expired')).element), ['Renew', 'Contact sales', 'Show license'])
    equal(offers((await show('WithoutLink')).element), ['Activate', 'Contact sales'])
    equal(offers((await show('UnknownDevice')).element), ['Contact sales'])
    equal(offers((await show('Unreachable')).element), ['Try again', 'Contact sales'])
    const { element } = await show('Viewer')
    equal(offers(element), ['Contact sales', 'Show license'])
    equal(told(element).at(-1), 'Your role can look, but not redeem codes. Ask a member or an administrator of the workspace.')
  })

  it('closes a feature that nobody knows, and tells who builds the page once', async () => {
    const { warn } = console
    const warnings: string[] = []
    console.warn = (text: string) => { warnings.push(text) }
    try {
      const { element, settled } = await show('Open', { args: { feature: 'dashbord' } })
      equal([element.open, told(element)[0]], [false, 'dashbord closed'])
      equal(offers(element), ['Contact sales'])
      element.requestUpdate()
      await settled()
      await show('Open', { args: { feature: 'dashbord' } })
    } finally {
      console.warn = warn
    }
    equal(warnings, ['<license-gate feature="dashbord"> stays closed: GET /v1/me lists no such feature.'])
  })

  it('is always open where what would be closed is only reported', async () => {
    equal(seen((await show('ReportOnly')).element), CONTENT)
  })

  it('asks once for several, also one in another', async () => {
    const { canvas, world } = await show('Several')
    equal(findAll<LicenseGate>(canvas, 'license-gate').map(({ state }) => state), ['open', 'open', 'open'])
    equal(world.requests.map(({ path }) => path).sort(), ['/v1/licenses/query', '/v1/me'])
  })

  it('fits 320 px', async () => {
    await surround({ width: 320, height: 640 })
    for (const name of ['Expired', 'LongName', 'ClosesSoon', 'Viewer', 'RightToLeft'] as const) {
      await show(name, { locale: 'de' })
      ok(document.documentElement.scrollWidth <= 320, name)
    }
    await surround()
  })
})

describe('<license-gate> does not flash', () => {
  it('while nobody knows: neither content nor panel, then a quiet word, or what the host has for it', async () => {
    for (const [name, words] of [['Loading', 'Loading license'], ['PendingSlot', 'One moment …']] as const) {
      const { element, world, settled } = await show(name)
      await until(() => seen(element) !== '')
      equal([seen(element), element.state, element.open], [words, 'pending', false])
      ok(!(await accessibilityTree()).includes('Set point'), 'the content is read out')
      world.network = 'ok'
      await settled()
      equal(seen(element), CONTENT)
    }
  })

  for (const name of ['Open', 'Expired', 'Unreachable'] as const) {
    it(`${name}: what was drawn before it was known is nothing`, async () => {
      const { canvas, world } = await show(name, { world: { network: 'loading' } })
      const states: string[] = []
      const gate = find<LicenseGate>(canvas, 'license-gate')
      equal(gate.state, 'pending')
      const watch = (): void => {
        const panel = findAll(gate, '.panel').length > 0 ? 'panel' : ''
        const content = field(gate).checkVisibility() ? 'content' : ''
        const now = `${panel}${content}`
        if (states.at(-1) !== now) states.push(now)
      }
      const observer = new MutationObserver(watch)
      observer.observe(gate.shadowRoot as ShadowRoot, { subtree: true, childList: true, attributes: true })
      watch()
      world.network = name === 'Unreachable' ? 'down' : 'ok'
      await until(() => gate.state !== 'pending')
      watch()
      observer.disconnect()
      equal(states, ['', name === 'Open' ? 'content' : 'panel'])
    })
  }

  it('waits without a provider', async () => {
    const { element } = await show('WithoutProvider')
    equal([seen(element), element.state], ['', 'pending'])
  })

  it('waits for another device, and another feature is decided at once', async () => {
    const { element, world, settled } = await show('Open', { world: { devices: [SAMPLES.active, SAMPLES.none] } })
    world.network = 'loading'
    element.deviceId = SAMPLES.none.id
    await element.updateComplete
    equal([element.state, field(element).checkVisibility()], ['pending', false])
    world.network = 'ok'
    await settled()
    equal(element.state, 'closed')
    element.feature = 'listing'
    await element.updateComplete
    equal(element.state, 'open')
  })
})

describe('the content of a closed <license-gate>', () => {
  it('can be neither seen, reached nor read out, and stays with what was typed into it', async () => {
    const { element, world, provider, settled } = await show('Open', { world: { vouchers: { year: {} } } })
    const input = field(element)
    input.focus()
    input.select()
    await type('41')
    world.clock.addDays(213)
    await provider?.refresh()
    await settled()
    equal([element.state, input.value, input.isConnected, input.checkVisibility()], ['closed', '41', true, false])
    const around = find(element, '.content')
    ok(around.inert && around.hidden, 'it is not inert')
    ok(!(await accessibilityTree()).includes('Set point'), 'it is read out')
    input.focus()
    ok(focused() !== input, 'it takes the focus')
    await world.as('member')('POST', `/v1/devices/${element.deviceId}/voucher`, { code: world.codes['year'] })
    await until(() => element.open)
    equal([seen(element), input.value, input.checkVisibility()], [CONTENT, '41', true])
  })

  it('gives the focus to the heading of the panel', async () => {
    const { element, world, provider, settled } = await show('Open')
    field(element).focus()
    world.clock.addDays(213)
    await provider?.refresh()
    await settled()
    equal(focused(), find(element, 'h2', /closed/))
  })

  it('leaves the focus alone where it is elsewhere', async () => {
    const { element, canvas, world, provider, settled } = await show('Open')
    const other = document.createElement('button')
    canvas.append(other)
    other.focus()
    world.clock.addDays(213)
    await provider?.refresh()
    await settled()
    equal([element.state, focused()], ['closed', other])
  })

  it('takes a dialog with it, which would keep people from the way to renew', async () => {
    const { element, world, provider, settled } = await show('Open')
    const dialog = document.createElement('dialog')
    const button = document.createElement('button')
    dialog.append(button)
    element.append(dialog)
    dialog.showModal()
    equal(focused(), button)
    world.clock.addDays(213)
    await provider?.refresh()
    await settled()
    equal([element.state, dialog.open, focused()], ['closed', false, find(element, 'h2', /closed/)])
    await click(find(element, '[part=primary]'))
    await settled()
    ok(find<HTMLElement & { open: boolean }>(element, 'voucher-modal').open)
  })

  it('has the words of the host in place of the panel, and the focus goes there', async () => {
    const { element, world, settled } = await show('LockedSlot', { world: { vouchers: { year: {} } } })
    equal(seen(element), 'Ask Facility Management to renew.')
    await world.as('member')('POST', `/v1/devices/${element.deviceId}/voucher`, { code: world.codes['year'] })
    await until(() => element.open)
    field(element).focus()
    await world.as('admin')('POST', `/v1/devices/${element.deviceId}/undo`, {})
    await until(() => !element.open)
    await settled()
    equal(focused(), find(element, '.locked'))
    includes(await accessibilityTree(), /group "\u2068Dashboard\u2069 closed" .*focused=true/)
  })
})

describe('the way through <license-gate>', () => {
  const REQUESTS = [
    ['NeverActivated', 'primary', 'license-activate-request', 'voucher-modal'],
    ['Expired', 'primary', 'license-renew-request', 'voucher-modal'],
    ['Viewer', 'contact', 'license-contact-request', 'contact-sales-modal'],
  ] as const
  for (const [name, part, request, dialog] of REQUESTS) {
    it(`${part} of ${name} asks by ${request}; cancelled, nothing opens`, async () => {
      const { element, canvas, settled } = await show(name)
      const events: Event[] = []
      let cancelled = true
      canvas.addEventListener(request, (event) => {
        events.push(event)
        if (cancelled) event.preventDefault()
      })
      await click(find(element, `[part=${part}]`))
      await settled()
      equal([events.length, events[0]?.target === element, findAll(element, `${dialog}[open]`).length], [1, true, 0])
      cancelled = false
      await click(find(element, `[part=${part}]`))
      await settled()
      ok(find(element, `${dialog}[open]`))
    })
  }

  it('leads to the License tab, by the host first', async () => {
    const { element, canvas } = await show('Expired')
    const links: string[] = []
    canvas.addEventListener('license-navigate', (event) => {
      event.preventDefault()
      links.push(`${event.deviceId} ${new URL(event.href).hash}`)
    })
    await click(find(element, '[part=link]'))
    equal(links, ['hp-stable #/devices/hp-stable/license'])
  })

  it('is a code, by keyboard; behind the dialog it opens, and the focus goes into it', async () => {
    const { element, world, settled } = await show('NeverActivated', { world: { vouchers: { year: {} } } })
    find(element, '[part=primary]').focus()
    await press('Enter')
    await settled()
    await type(world.codes['year'] ?? '')
    await settled()
    await press('Enter')
    await settled()
    equal(element.open, true)
    await press('Escape')
    await settled()
    equal(focused(), find(element, '.content'))
    await press('Tab')
    equal([focused(), find(element, '.content').hasAttribute('tabindex')], [field(element), false])
  })

  it('gives the focus back to the button where nothing was redeemed', async () => {
    const { element, settled } = await show('Expired')
    find(element, '[part=primary]').focus()
    await press('Enter')
    await settled()
    await press('Escape')
    await settled()
    equal(focused(), find(element, '[part=primary]'))
  })

  it('is opened by a colleague: the focus in the panel goes into the content', async () => {
    const { element, world } = await show('Expired', { world: { vouchers: { year: {} } } })
    find(element, '[part=contact]').focus()
    await world.as('member')('POST', `/v1/devices/${element.deviceId}/voucher`, { code: world.codes['year'] })
    await until(() => element.open)
    equal(focused(), find(element, '.content'))
  })
})

describe('the end of a licence at <license-gate>', () => {
  const BEFORE = '2026-11-21T22:44:58.500Z'
  const NOTICE = 'Dashboard closes at 0:00 (Berlin time): the license ends then.'

  it('is told 15 minutes before, once, and is not there earlier', async () => {
    const { element, world, provider, settled } = await show('ClosesSoon', { world: { now: '2026-11-21T22:00:00.000Z' } })
    world.clock.set(BEFORE)
    await provider?.refresh()
    await settled()
    equal([said(element), seen(element)], ['', CONTENT])
    const status = find(element, '[role=status]')
    let changes = 0
    const observer = new MutationObserver(() => { changes += 1 })
    observer.observe(status, { childList: true, characterData: true, subtree: true })
    await until(() => said(element) !== '')
    ok(world.clock.now() >= Date.parse('2026-11-21T22:45:00.000Z'), 'it was told too early')
    ok(world.clock.now() < Date.parse('2026-11-21T22:45:01.500Z'), 'it was told too late')
    equal(said(element), NOTICE)
    ok(find(element, '[part=notice]').getBoundingClientRect().height >= 44, 'nobody sees it')
    await wait(50)
    const told = changes
    for (const minute of ['22:46', '22:58']) {
      world.clock.set(`2026-11-21T${minute}:00.000Z`)
      await provider?.refresh()
      await settled()
    }
    observer.disconnect()
    equal([said(element), changes], [NOTICE, told])
  })

  it('is told who comes late, in German too; a member can renew', async () => {
    equal(said((await show('ClosesSoon', { locale: 'de' })).element), 'Dashboard wird um 0:00 gesperrt (Zeit in Berlin): Dann endet die Lizenz.')
    const { element, settled } = await show('ClosesSoon')
    await click(find(element, '.soon button', 'Renew'))
    await settled()
    ok(find(element, 'voucher-modal[open]'))
    equal(findAll((await show('ClosesSoonForViewer')).element, 'button').map(textOf), ['Save'])
  })

  it('is forgotten once it is renewed', async () => {
    const { element, world } = await show('ClosesSoon', { world: { vouchers: { year: {} } } })
    await world.as('member')('POST', `/v1/devices/${element.deviceId}/voucher`, { code: world.codes['year'] })
    await until(() => said(element) === '')
    equal(seen(element), CONTENT)
  })

  for (const network of ['ok', 'down', 'loading'] as const) {
    it(`closes it at that very second; network: ${network}`, async () => {
      const { element, world, provider, settled } = await show('ClosesSoon')
      world.clock.set('2026-11-21T22:59:58.000Z')
      await provider?.refresh()
      await settled()
      field(element).focus()
      world.network = network
      equal([element.open, field(element).checkVisibility()], [true, true])
      const closedAt: number[] = []
      const observer = new MutationObserver(() => { closedAt.push(world.clock.now()) })
      observer.observe(element, { attributeFilter: ['open'] })
      await until(() => !element.open)
      observer.disconnect()
      const [at = 0] = closedAt
      const late = at - Date.parse('2026-11-21T23:00:00.000Z')
      ok(late >= 0 && late < 1_000 && closedAt.length === 1, `${late} ms`)
      equal([told(element)[1], said(element)], [EXPIRED.replace('12 November', '21 November'), ''])
      equal(focused(), find(element, 'h2', /closed/))
      world.network = 'ok'
    })
  }
})

describe('<license-gate> in an outage', () => {
  it('stays as it is after a request that failed', async () => {
    const { element, world, provider, settled } = await show('Open')
    const states: string[] = []
    const observer = new MutationObserver(() => { states.push(element.state) })
    observer.observe(element, { attributeFilter: ['state', 'open'] })
    world.network = 'down'
    await provider?.refresh()
    await wait(300)
    equal(element.open, true)
    world.network = 'ok'
    await until(() => world.requests.filter(({ path }) => path === '/v1/licenses/query').length >= 3)
    await settled()
    await wait(5_200)
    observer.disconnect()
    equal([element.open, states], [true, []])
  })

  it('closes after 5 seconds, says so, and comes back by itself with what was typed', async () => {
    const { element, world, provider } = await show('Open')
    field(element).value = '41'
    field(element).focus()
    world.network = 'down'
    await provider?.refresh()
    const since = performance.now()
    await until(() => !element.open)
    const after = performance.now() - since
    ok(after > 4_500 && after < 6_500, `${after} ms`)
    equal([told(element), offers(element)], [['Dashboard closed', UNCHECKED], ['Try again', 'Contact sales', 'Show license']])
    equal(focused(), find(element, 'h2', /closed/))
    world.network = 'ok'
    await until(() => element.open)
    equal([field(element).value, focused()], ['41', find(element, '.content')])
  })

  it('comes back at once on the button', async () => {
    const { element, world, settled } = await show('Unreachable')
    world.network = 'ok'
    await click(find(element, '[part=retry]'))
    await settled()
    equal(seen(element), CONTENT)
  })

  it('says what was known where the licence had closed it before', async () => {
    const { element } = await show('ExpiredAsLastKnown')
    equal(told(element), ['Dashboard closed', EXPIRED, 'Connection lost. This is what was known at 10:30.'])
    equal(offers(element), ['Renew', 'Try again', 'Contact sales', 'Show license'])
  })

  it('is open where the policy says so, also what the licence had closed; and closes when somebody answers', async () => {
    equal(seen((await show('OutageOpen')).element), CONTENT)
    const { element, world, canvas } = await show('Expired', { world: { policy: { whenDown: { dashboard: 'open' } } } })
    equal(element.open, false)
    await loseConnection({ world, canvasElement: canvas })
    equal(element.open, true)
    world.network = 'ok'
    await until(() => !element.open)
  })

  it('follows what was known for as long as the policy says, and no longer than the licence lasts', async () => {
    equal(seen((await show('OutageLastKnown')).element), CONTENT)
    const { element, world, canvas } = await show('Open', { world: { policy: { whenDown: { dashboard: { lastKnownHours: 7 / 3_600 } } } } })
    world.network = 'down'
    const since = performance.now()
    await providerIn(canvas).refresh()
    await wait(6_000)
    equal(element.open, true)
    await until(() => !element.open)
    const after = performance.now() - since
    ok(after > 6_500 && after < 8_000, `${after} ms`)
    equal(told(element)[1], UNCHECKED)
  })

  it('is not open to somebody who is signed out', async () => {
    const { element, canvas } = await show('Open', { world: { policy: { whenDown: { dashboard: 'open' } } } })
    providerIn(canvas).getToken = () => 'nobody'
    await until(() => !element.open)
    equal(told(element), ['Dashboard closed', 'You are signed out. Sign in again.'])
  })

  it('that has begun before it came, shows no content first', async () => {
    const { element, world, canvas } = await show('Open')
    await loseConnection({ world, canvasElement: canvas })
    equal(element.open, false)
    const states: string[] = []
    const observer = new MutationObserver(() => { states.push(...others.map(({ state }) => state)) })
    const others = [element.cloneNode(true), element.cloneNode(true)] as [LicenseGate, LicenseGate]
    const [, later] = others
    later.removeAttribute('feature')
    for (const gate of others) observer.observe(gate, { attributeFilter: ['state'] })
    element.after(...others)
    await until(() => later.getAttribute('state') === 'pending')
    later.feature = 'dashboard'
    await until(() => others.every(({ state }) => state === 'closed'))
    await wait(50)
    observer.disconnect()
    equal(states.includes('open'), false)
  })
})
