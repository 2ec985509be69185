import type { DeviceView, LicenseBadge, LicenseNavigateEvent } from '../../components/index.ts'
import * as stories from '../../stories/license-badge.stories.ts'
import { SAMPLES } from '../../stories/samples.ts'
import { equal, includes, ok } from './assert.ts'
import { accessibilityTree, click } from './person.ts'
import { type Overrides, renderStory, until } from './stage.ts'
import { find, findAll, focused, textOf } from './tree.ts'

/** What the badge of each story says. */
const WORDS: [story: keyof typeof stories, en: string, de: string][] = [
  ['Active', 'Active · 212 days', 'Aktiv · 212 Tage'],
  ['ActiveTrial', 'Trial · 176 days', 'Testphase · 176 Tage'],
  ['Grace', 'Grace period · 45 days', 'Übergangsfrist · 45 Tage'],
  ['Expiring', 'Expiring · 12 days', 'Läuft ab · 12 Tage'],
  ['ExpiringFirstDay', 'Expiring · 31 days', 'Läuft ab · 31 Tage'],
  ['ExpiringTomorrow', 'Expiring · 1 day', 'Läuft ab · 1 Tag'],
  ['ExpiringTrial', 'Trial expiring · 9 days', 'Testphase läuft ab · 9 Tage'],
  ['ExpiringGrace', 'Grace period ends · 5 days', 'Übergangsfrist endet · 5 Tage'],
  ['LastDay', 'Expires today', 'Läuft heute ab'],
  ['LastDayOfTrial', 'Trial ends today', 'Testphase endet heute'],
  ['LastDayOfGrace', 'Grace period ends today', 'Übergangsfrist endet heute'],
  ['Expired', 'Expired · 9 days ago', 'Abgelaufen · vor 9 Tagen'],
  ['ExpiredYesterday', 'Expired · yesterday', 'Abgelaufen · gestern'],
  ['ExpiredTrial', 'Expired · 3 days ago', 'Abgelaufen · vor 3 Tagen'],
  ['ExpiredGrace', 'Expired · yesterday', 'Abgelaufen · gestern'],
  ['None', 'No license', 'Keine Lizenz'],
  ['Unreachable', 'License unavailable', 'Lizenz nicht verfügbar'],
  ['Failed', 'License unavailable', 'Lizenz nicht verfügbar'],
  ['UnknownDevice', 'Unknown device', 'Unbekanntes Gerät'],
  ['WithoutProvider', 'Expiring · 12 days', 'Läuft ab · 12 Tage'],
]

async function badge(story: keyof typeof stories, overrides?: Overrides): ReturnType<typeof renderStory<LicenseBadge>> {
  return renderStory<LicenseBadge>(stories, story, overrides)
}

/** The path of the icon, as long as it is drawn. */
function drawnLength(element: Element): number {
  return find<SVGPathElement>(element, '.icon path:last-of-type').getTotalLength()
}

describe('<license-badge>', () => {
  for (const [story, en, de] of WORDS) {
    it(`says “${en}” in ${story}, “${de}” in German, with an icon`, async () => {
      for (const [locale, words] of [['en', en], ['de', de]] as const) {
        const { element } = await badge(story, { locale })
        equal(textOf(element), words)
        ok(drawnLength(element) > 0)
        equal(find(element, 'svg').getAttribute('aria-hidden'), 'true')
      }
    })
  }

  it('has another icon for every status', async () => {
    const shapes = new Set<string | null>()
    for (const story of ['Active', 'Expiring', 'Grace', 'Expired', 'None', 'UnknownDevice'] as const) {
      const { element } = await badge(story)
      shapes.add(find(element, '.icon path:last-of-type').getAttribute('d'))
    }
    equal(shapes.size, 6)
  })

  it('says that it is loading only where that takes a while', async () => {
    const { element } = await badge('Loading')
    equal(textOf(element), '')
    await until(() => textOf(element) === 'Loading license')
  })

  it('shows the days alone where it is compact, and is read out whole', async () => {
    const { element } = await badge('Compact')
    equal(find(element, '[aria-hidden=true]:not(svg)').textContent, '12 days')
    equal(find(element, '.pill').title, 'Expiring · 12 days')
    const tree = await accessibilityTree()
    includes(tree, 'Expiring · 12 days')
    equal(tree.match(/12 days/g)?.length, 1, 'the days are read out once')
  })

  it('is read out whole without days too where it is compact', async () => {
    for (const [story, words] of [['None', 'No license'], ['LastDay', 'Expires today'], ['UnknownDevice', 'Unknown device'], ['Unreachable', 'License unavailable']] as const) {
      await badge(story, { args: { compact: true } })
      includes(await accessibilityTree(), words)
    }
  })

  it('empties its ring day by day', async () => {
    const { element, provider, world, settled } = await badge('ExpiringFirstDay')
    const lengths = [drawnLength(element)]
    for (const days of [1, 10, 10, 9, 1]) {
      world.clock.addDays(days)
      await provider?.refresh()
      await settled()
      lengths.push(drawnLength(element))
    }
    equal(textOf(element), 'Expires today')
    for (const [index, length] of lengths.entries()) ok(index === 0 || length < (lengths[index - 1] ?? 0), `the ring did not shrink: ${lengths.join(', ')}`)
  })

  it('follows the clock through every status', async () => {
    const { element, provider, world, settled } = await badge('Active')
    for (const [days, words] of [[180, 'Active · 32 days'], [1, 'Expiring · 31 days'], [31, 'Expires today'], [1, 'Expired · yesterday'], [-213, 'Active · 212 days']] as const) {
      world.clock.addDays(days)
      await provider?.refresh()
      await settled()
      equal(textOf(element), words)
    }
  })

  it('changes by itself at midnight of the workspace', async () => {
    const { element } = await badge('Expiring', { world: { timeZone: 'Asia/Tokyo', now: '2026-11-21T14:59:58.500Z' } })
    equal(textOf(element), 'Expiring · 12 days')
    await until(() => textOf(element) === 'Expiring · 11 days')
  })

  it('keeps what was known through an outage, and says so', async () => {
    const { element } = await badge('AsLastKnown')
    includes(await accessibilityTree(), 'Expiring · 12 days (as last known)')
    includes(find(element, '.pill').title, 'as last known')
  })

  it('shows nothing without provider and licence, and shows a licence that it is given', async () => {
    const { element: empty } = await badge('WithNothing')
    equal(textOf(empty), '')
    const { element, world, settled } = await badge('WithoutProvider')
    ok(element.license)
    equal(world.requests, [])
    element.license = { ...element.license, status: 'none', type: null, daysRemaining: null }
    await settled()
    equal(textOf(element), 'No license')
  })

  it('shows another device when it is told another', async () => {
    const { element, settled } = await badge('Active')
    element.deviceId = SAMPLES.none.id
    await settled()
    equal(textOf(element), 'No license')
  })

  it('links to the License tab where it is wanted, and asks the host first', async () => {
    const { element } = await badge('Linked')
    const asked: string[] = []
    element.addEventListener('license-navigate', (event) => {
      event.preventDefault()
      asked.push(new URL((event as LicenseNavigateEvent).href, location.href).hash)
    })
    const before = location.href
    await click(find(element, 'a'))
    equal(asked, [`#/devices/${SAMPLES.expiring.id}/license`])
    equal(location.href, before)
    includes(await accessibilityTree(), 'link "Expiring · 12 days"')
  })

  it('is a link over the whole pill and no more, which keeps the focus whatever the status becomes', async () => {
    const { element, world } = await badge('Linked')
    const link = find(element, 'a')
    const { left, right, top, height } = find(element, '.pill').getBoundingClientRect()
    for (const x of [left + 4, right - 4]) equal(element.shadowRoot?.elementFromPoint(x, top + height / 2), link)
    ok(document.elementFromPoint(right + 4, top + height / 2) !== element, 'it lies over what is beside it')
    link.focus()
    for (const { id } of [SAMPLES.expired, SAMPLES.active]) {
      const { license } = await world.as('viewer')('GET', `/v1/devices/${id}`) as DeviceView
      element.license = license
      await element.updateComplete
      equal(focused(), link)
    }
    equal(textOf(element), 'Active · 212 days')
  })

  it('stays inside a narrow column', async () => {
    const { canvas } = await badge('Narrow')
    for (const one of findAll(canvas, '.pill')) ok(one.getBoundingClientRect().width <= 96, 'it is wider than its column')
  })

  it('asks once for a thousand', async () => {
    const { canvas, world } = await badge('AThousand')
    const queries = world.requests.filter(({ method, path }) => method === 'POST' && path === '/v1/licenses/query')
    equal(queries.length, 1)
    const badges = [...canvas.querySelectorAll('license-badge')]
    equal(badges.length, 1_000)
    equal(badges.filter((one) => textOf(one) === '').length, 0)
  })
})
