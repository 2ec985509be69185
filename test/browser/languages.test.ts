import '../../components/languages/fr.ts'
import { type LicenseBadge, registerTexts } from '../../components/index.ts'
import * as banner from '../../stories/grace-banner.stories.ts'
import * as sales from '../../stories/contact-sales-modal.stories.ts'
import * as alerts from '../../stories/license-alerts.stories.ts'
import * as badge from '../../stories/license-badge.stories.ts'
import * as gate from '../../stories/license-gate.stories.ts'
import * as notifications from '../../stories/license-notifications.stories.ts'
import * as tab from '../../stories/license-tab.stories.ts'
import { PSEUDO_LOCALE, registerPseudo } from '../../stories/pseudo.ts'
import { LEGACY } from '../../stories/samples.legacy.ts'
import { NEW_DEVICE, SAMPLES } from '../../stories/samples.ts'
import type { StoryModule } from '../../stories/story.ts'
import * as voucher from '../../stories/voucher-modal.stories.ts'
import * as wizard from '../../stories/welcome-wizard.stories.ts'
import { equal, ok } from './assert.ts'
import { surround } from './person.ts'
import { renderStory } from './stage.ts'
import { elementsIn, textOf } from './tree.ts'

/** The stories that say most. */
const DENSE: [module: StoryModule, name: string][] = [
  [badge, 'Narrow'], [alerts, 'All'], [notifications, 'Open'], [tab, 'Queued'], [tab, 'UndoDialog'], [tab, 'CalendarLink'], [tab, 'ClaimedByOther'],
  [voucher, 'PreviewOfRenewal'], [voucher, 'WrongModel'], [sales, 'ThreeDevices'], [banner, 'Details'], [gate, 'Expired'], [wizard, 'TrialOnOffer'],
]

const NAMES = [...Object.values({ ...SAMPLES, ...LEGACY }).flatMap(({ name, serial, model, siteId, id }) => [name, serial, model, siteId, id]), ...Object.values(NEW_DEVICE)]

/** Words that come from the browser's formats, and from what people have entered. */
const OTHERS = `January February March April May June July August September October November December
  Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec AM PM in ago day days hour hours hr min today tomorrow yesterday now and at Berlin
  order Velthorn Sales Support sales support example com Mon Fri time`

const known = new Set(words(`${NAMES.join(' ')} ${OTHERS}`))

function words(text: string): string[] {
  // The ends of codes are by chance.
  return text.replaceAll(/····\w{4}/g, '').match(/[A-Za-z]+/g) ?? []
}

/** What elements of ours say, drawn or read out: their texts, and attributes that people read. */
function saidIn(canvas: HTMLElement): string[] {
  return [...elementsIn(canvas)].filter((element) => element.getRootNode() instanceof ShadowRoot && element.tagName !== 'STYLE').flatMap((element) => [
    ...[...element.childNodes].filter((node) => node instanceof Text).map(({ data }) => data),
    ...['title', 'aria-label', 'aria-description', 'placeholder', 'alt'].map((name) => element.getAttribute(name) ?? ''),
  ])
}

/** Elements that stick out of the page, or whose text is cut. */
function cutIn(canvas: HTMLElement): string[] {
  return [...elementsIn(canvas)].filter((element): element is HTMLElement => element instanceof HTMLElement && element.checkVisibility()).filter((element) => {
    const { left, right, width } = element.getBoundingClientRect()
    if (width <= 1) return false
    const { overflowX, textOverflow } = getComputedStyle(element)
    const cut = ['hidden', 'clip'].includes(overflowX) && textOverflow !== 'ellipsis' && element.scrollWidth > element.clientWidth + 1
    return cut || left < -0.5 || right > innerWidth + 0.5
  }).map((element) => `${element.tagName.toLowerCase()}.${element.className}: ${textOf(element)}`)
}

describe('languages', () => {
  before(async () => {
    registerPseudo()
    await surround({ width: 320, height: 900 })
  })

  afterEach(() => { document.documentElement.dir = '' })

  after(() => surround())

  for (const [module, name] of DENSE) {
    it(`${module.default.title}, ${name}: the pseudo-locale finds room in 320 px, from left and from right, and no text that is of no catalogue`, async () => {
      const { canvas, settled } = await renderStory(module, name, { locale: PSEUDO_LOCALE })
      const said = saidIn(canvas)
      ok(said.join('').length > 40)
      equal(said.filter((text) => words(text).some((word) => !known.has(word))), [])
      for (const dir of ['ltr', 'rtl']) {
        document.documentElement.dir = dir
        await settled()
        equal(cutIn(canvas), [], dir)
        ok(document.documentElement.scrollWidth <= 320, `${dir}: ${document.documentElement.scrollWidth} px`)
      }
    })
  }

  it('are registered while elements stand on the page, with every plural, and the host’s own texts win', async () => {
    const { element, provider, settled } = await renderStory<LicenseBadge>(badge, 'Expiring', { locale: 'pl' })
    equal(textOf(element), 'Expiring · 12 days')
    registerTexts('pl', { 'badge.expiring': 'Wygasa', 'alerts.expired': { one: '{count} wygasła', few: '{count} wygasły', many: '{count} wygasło', other: '{count} wygasło' } })
    await settled()
    equal(textOf(element), 'Wygasa · 12 dni')
    if (provider !== null) provider.texts = { 'badge.expiring': 'Koniec' }
    await settled()
    equal(textOf(element), 'Koniec · 12 dni')
    const warnings = await renderStory(alerts, 'All', { locale: 'pl' })
    ok(textOf(warnings.element).includes('4 wygasły'), textOf(warnings.element))
  })

  it('serve regions, and give numbers and dates as the region writes them', async () => {
    const { element } = await renderStory<LicenseBadge>(badge, 'Expiring', { locale: 'fr-CA' })
    equal(textOf(element), 'Expire bientôt · 12 jours')
  })
})
