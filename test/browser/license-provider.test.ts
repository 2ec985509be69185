import type { LicenseBadge, LicenseChangedEvent, LicenseErrorEvent, LicenseProvider } from '../../components/index.ts'
import { define } from '../../components/shared/define.ts'
import * as stories from '../../stories/license-provider.stories.ts'
import { SAMPLES } from '../../stories/samples.ts'
import type { World } from '../../stories/world.ts'
import { baseUrlOf, dropWorld, worldOf } from '../../stories/worlds.ts'
import { equal, includes, ok } from './assert.ts'
import { renderStory, type Stage } from './stage.ts'
import { textOf } from './tree.ts'

const QUERY = '/v1/licenses/query'

function badge({ canvas }: Stage<HTMLElement>, id: string = SAMPLES.active.id): LicenseBadge {
  const found = canvas.querySelector<LicenseBadge>(`license-badge[device-id="${id}"]`)
  ok(found)
  return found
}

function providerOf({ provider }: Stage<HTMLElement>): LicenseProvider {
  ok(provider)
  return provider
}

function asked(world: World, path: string): number {
  return world.requests.filter((request) => request.path === path).length
}

/** Waits frame by frame until something holds; what never does ends with the test's own limit. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => { requestAnimationFrame(resolve) })
}

async function sessionOf(world: World, workspace: string): Promise<string> {
  return (await world.as('host')<{ token: string }>('POST', '/v1/host/sessions', { subject: 'jane', workspace, roles: ['admin'] })).token
}

describe('<license-provider>', () => {
  it('asks once for all licences of a page', async () => {
    const { world } = await renderStory(stories, 'Ready')
    equal(asked(world, QUERY), 1)
    equal(asked(world, '/v1/me'), 1)
  })

  it('asks for a badge that comes later, and for no other again', async () => {
    const stage = await renderStory(stories, 'Ready')
    const late = Object.assign(document.createElement('license-badge'), { deviceId: SAMPLES.none.id })
    stage.world.requests.length = 0
    providerOf(stage).append(late)
    await stage.settled()
    equal(textOf(late), 'No license')
    equal(stage.world.requests.length, 0)
    providerOf(stage).append(Object.assign(document.createElement('license-badge'), { deviceId: 'nobody' }))
    await stage.settled()
    equal(stage.world.requests.map(({ path }) => path), [QUERY])
  })

  it('takes an id that cannot be as an unknown device, and the others as they are', async () => {
    const stage = await renderStory(stories, 'Ready')
    const odd = ['no id', 'x'.repeat(65), 'a\u0000'].map((deviceId) => Object.assign(document.createElement('license-badge'), { deviceId }))
    providerOf(stage).append(...odd)
    await stage.settled()
    for (const one of odd) equal(textOf(one), 'Unknown device')
  })

  it('sends the token that getToken answers, and asks for another after a 401, once', async () => {
    const stage = await renderStory(stories, 'Ready')
    const provider = providerOf(stage)
    let given = 0
    provider.getToken = async () => {
      given += 1
      return sessionOf(stage.world, 'lindenhof')
    }
    await stage.settled()
    await provider.refresh()
    equal(given, 1)
    stage.world.clock.addDays(1)
    await provider.refresh()
    await stage.settled()
    equal(given, 2)
    equal(textOf(badge(stage)), 'Active · 211 days')
  })

  it('says once that nobody is signed in, and keeps what was known, marked', async () => {
    const stage = await renderStory(stories, 'Ready')
    const provider = providerOf(stage)
    const told: string[] = []
    for (const type of ['license-auth-required', 'license-error']) provider.addEventListener(type, (event) => { told.push(event.type) })
    provider.getToken = () => 'nobody'
    await stage.settled()
    await provider.refresh()
    equal(told.filter((type) => type === 'license-auth-required').length, 1)
    ok(told.includes('license-error'))
    includes(textOf(badge(stage)), 'Active · 212 days (as last known)')
  })

  it('survives a getToken that fails', async () => {
    const stage = await renderStory(stories, 'Ready')
    const provider = providerOf(stage)
    provider.getToken = () => { throw new Error('signed out') }
    await stage.settled()
    includes(textOf(badge(stage)), 'as last known')
    provider.getToken = () => sessionOf(stage.world, 'lindenhof')
    await stage.settled()
    equal(textOf(badge(stage)), 'Active · 212 days')
  })

  it("forgets everything when the token is of another workspace, and never mixes the two", async () => {
    const stage = await renderStory(stories, 'Ready')
    const provider = providerOf(stage)
    const host = stage.world.as('host')
    await host('PUT', '/v1/host/workspaces/other', { name: 'Other', timeZone: 'Europe/Berlin' })
    await host('PUT', `/v1/host/devices/${SAMPLES.active.id}`, { workspace: 'other', serial: 'O-1', model: 'HP-12', name: 'Other' })
    const seen = new Set<string>()
    const observed = badge(stage)
    const observer = new MutationObserver(() => { seen.add(textOf(observed)) })
    ok(observed.shadowRoot)
    observer.observe(observed.shadowRoot, { subtree: true, childList: true, characterData: true })
    provider.getToken = () => sessionOf(stage.world, 'other')
    await stage.settled()
    observer.disconnect()
    equal(textOf(observed), 'No license')
    equal(textOf(badge(stage, SAMPLES.grace.id)), 'Unknown device')
    equal([...seen].filter((text) => !['', 'No license', 'Loading license'].includes(text)), [])
  })

  it('shows what was known during an outage, marked, and comes back alone', async () => {
    const stage = await renderStory(stories, 'Outage')
    includes(textOf(badge(stage)), 'Active · 212 days (as last known)')
    stage.world.network = 'ok'
    await until(() => textOf(badge(stage)) === 'Active · 212 days')
  })

  it('comes back alone where nothing was known', async () => {
    const stage = await renderStory(stories, 'Unreachable')
    equal(textOf(badge(stage)), 'License unavailable')
    stage.world.network = 'ok'
    await until(() => textOf(badge(stage)) === 'Active · 212 days')
  })

  it('asks again when the page gets the focus, and tells what has changed', async () => {
    const stage = await renderStory(stories, 'Ready')
    const changed: LicenseChangedEvent[] = []
    providerOf(stage).addEventListener('license-changed', (event) => { changed.push(event) })
    const { items: [voucher] } = await stage.world.as('vendor')<{ items: { code: string }[] }>('POST', '/v1/vendor/vouchers', { count: 1, days: 365 })
    await stage.world.as('member')('POST', `/v1/devices/${SAMPLES.none.id}/voucher`, { code: voucher?.code })
    await until(() => {
      window.dispatchEvent(new Event('focus'))
      return textOf(badge(stage, SAMPLES.none.id)) === 'Active · 365 days'
    })
    equal(changed.map(({ deviceId, license }) => [deviceId, license.status]), [[SAMPLES.none.id, 'active']])
  })

  it('asks again at the instant at which something changes by time', async () => {
    const stage = await renderStory(stories, 'Ready', { world: { now: '2026-11-21T22:59:58.000Z' } })
    equal(textOf(badge(stage, SAMPLES.expiring.id)), 'Expiring · 12 days')
    await until(() => textOf(badge(stage, SAMPLES.expiring.id)) === 'Expiring · 11 days')
  })

  it('keeps two providers of a page apart', async () => {
    const stage = await renderStory(stories, 'Ready')
    const other = await worldOf('apart', { devices: [{ id: SAMPLES.active.id }] })
    const second = document.createElement('license-provider')
    second.baseUrl = `${baseUrlOf('apart')}/`
    second.append(Object.assign(document.createElement('license-badge'), { deviceId: SAMPLES.active.id }))
    stage.canvas.append(second)
    await second.settled()
    await stage.settled()
    equal(textOf(second), 'No license')
    equal(textOf(badge(stage)), 'Active · 212 days')
    equal(asked(other, QUERY), 1)
    second.remove()
    await dropWorld('apart')
  })

  it('can be moved, and removed while a request is under way', async () => {
    const stage = await renderStory(stories, 'Ready')
    const provider = providerOf(stage)
    stage.world.network = 'loading'
    void provider.refresh()
    await until(() => asked(stage.world, QUERY) === 2)
    provider.remove()
    stage.world.network = 'ok'
    stage.canvas.append(provider)
    await stage.settled()
    equal(textOf(badge(stage)), 'Active · 212 days')
    equal(badge(stage).closest('license-provider'), provider)
  })

  it('finds elements that are moved out and in', async () => {
    const stage = await renderStory(stories, 'Ready')
    const moved = badge(stage)
    document.body.append(moved)
    await moved.updateComplete
    equal(textOf(moved), '')
    providerOf(stage).append(moved)
    await stage.settled()
    equal(textOf(moved), 'Active · 212 days')
  })

  it('takes the language of its attribute, else that of the page, and texts of the host', async () => {
    const stage = await renderStory(stories, 'Ready', { locale: 'de' })
    const provider = providerOf(stage)
    equal(textOf(badge(stage)), 'Aktiv · 212 Tage')
    provider.locale = null
    stage.canvas.querySelector('[lang]')?.removeAttribute('lang')
    document.documentElement.lang = 'en-US'
    await stage.settled()
    await until(() => textOf(badge(stage)) === 'Active · 212 days')
    document.documentElement.lang = 'not a language'
    await until(() => !badge(stage).isUpdatePending)
    equal(textOf(badge(stage)), 'Active · 212 days')
    provider.texts = { 'badge.active': 'Running' }
    await stage.settled()
    equal(textOf(badge(stage)), 'Running · 212 days')
    document.documentElement.lang = 'en'
  })

  it('tells what the BFF refuses', async () => {
    const stage = await renderStory(stories, 'Ready')
    const codes: string[] = []
    providerOf(stage).addEventListener('license-error', (event: LicenseErrorEvent) => { codes.push(event.problem.code) })
    stage.world.network = 'error'
    await providerOf(stage).refresh()
    ok(codes.includes('internal'))
  })

  it('takes an answer that is none of the BFF as no answer', async () => {
    const stage = await renderStory(stories, 'Ready')
    const provider = providerOf(stage)
    provider.fetch = async () => new Response('<!doctype html>', { headers: { 'content-type': 'text/html' } })
    await stage.settled()
    equal(textOf(badge(stage)), 'License unavailable')
  })
})

describe('registering', () => {
  it('leaves a tag that is taken as it is, and tells once of another version', () => {
    const told: string[] = []
    const { warn } = console
    console.warn = (text: string) => { told.push(text) }
    try {
      customElements.define('license-taken', class extends HTMLElement {})
      for (let time = 0; time < 2; time += 1) define('license-taken', class extends HTMLElement {})
    } finally {
      console.warn = warn
    }
    equal(told.length, 1)
    includes(told[0] ?? '', '<license-taken> is registered already')
  })
})
