import * as badges from '../../stories/license-badge.stories.ts'
import { turnClock } from '../../stories/moments.ts'
import * as pages from '../../stories/pages.stories.ts'
import { SAMPLES } from '../../stories/samples.ts'
import { storyOf } from '../../stories/story.ts'
import { type Theme, THEMES } from '../../stories/themes.ts'
import { equal, includes } from './assert.ts'
import { axe } from './axe.ts'
import { copiedBy } from './clipboard.ts'
import { click, press, type } from './person.ts'
import { renderStory, type Stage } from './stage.ts'
import { find, focused, textOf } from './tree.ts'

/** The badge of a stage, after it asked anew. */
async function badge({ canvas, provider, settled }: Stage<HTMLElement>): Promise<string> {
  await provider?.refresh()
  await settled()
  return textOf(find(canvas, 'license-badge'))
}

describe('the voucher book', () => {
  it('has a code that is redeemed in the page, whose clock takes the license to its end', async () => {
    const stage = await renderStory(pages, 'VoucherBook')
    const { canvas, world, settled } = stage
    const copied = await copiedBy(() => click(find(canvas, 'button', 'Copy')))
    equal(copied, world.codes['year'])
    await click(find(canvas, 'button', 'Renew'))
    await settled()
    await type(copied)
    await settled()
    await press('Enter')
    await settled()
    await press('Escape')
    await settled()
    includes(textOf(find(canvas, 'license-badge')), 'Active · 377 days')
    for (const [moment, shown] of [['31 days before the end', 'Expiring · 31 days'], ['Last day', 'Expires today'], ['Day after the end', 'Expired'], ['Today', 'Active · 377 days']] as const) {
      await click(find(canvas, 'button', moment))
      await settled()
      includes(textOf(find(canvas, 'license-badge')), shown)
    }
    equal(textOf(focused() ?? canvas), 'Today')
  })
})

describe('what the toolbar does to a story', () => {
  const { parameters: { world: spec = {} } } = storyOf(badges, 'Expiring')
  const id = SAMPLES.expiring.id

  it('turns the clock to a date, by the end of the license, and back', async () => {
    const stage = await renderStory(badges, 'Expiring')
    for (const [choice, shown] of [['2026-12-01', 'Expiring · 2 days'], ['before', 'Expiring · 31 days'], ['last', 'Expires today'], ['expired', 'Expired'], ['today', 'Expiring · 12 days']] as const) {
      await turnClock(stage.world, spec, choice, id)
      includes(await badge(stage), shown, choice)
    }
  })

  it('cuts the network and gives it back, and a story\'s own trouble stays', async () => {
    const stage = await renderStory(badges, 'Expiring')
    const known = await badge(stage)
    equal(stage.world.override({ network: 'down', role: null }), true)
    includes(await badge(stage), 'as last known')
    equal(stage.world.override({ network: null, role: null }), true)
    equal(await badge(stage), known)
    stage.world.network = 'down'
    equal(stage.world.override({ network: null, role: null }), false)
    includes(await badge(stage), 'as last known')
  })

  it('brings new reminders where the clock goes on', async () => {
    const { canvas, world, provider, settled } = await renderStory(pages, 'AssetsPage')
    const bell = (): string | null => find(canvas, 'license-notifications').shadowRoot?.querySelector('[part=bell]')?.getAttribute('aria-label') ?? null
    equal(bell(), 'Notifications, 3 unread')
    await turnClock(world, storyOf(pages, 'AssetsPage').parameters.world ?? {}, '2026-12-15')
    await provider?.refresh()
    await settled()
    equal(bell(), 'Notifications, 4 unread')
  })

  it('takes a role and gives it back', async () => {
    const { canvas, world, provider, settled } = await renderStory(pages, 'DevicePage')
    for (const [role, offered] of [['viewer', 0], ['member', 1], [null, 1]] as const) {
      world.override({ network: null, role })
      await provider?.refresh()
      await settled()
      equal([...canvas.querySelector('license-tab')?.shadowRoot?.querySelectorAll('[part=primary]') ?? []].length, offered, String(role))
    }
  })

  it('has brands whose colours can be read, and lets a page run from right to left', async () => {
    const { canvas, redraw } = await renderStory(pages, 'DevicePage')
    for (const theme of Object.keys(THEMES) as Theme[]) {
      await redraw({ theme })
      await axe(canvas, { coloursOnly: true })
    }
    await redraw({ direction: 'rtl' })
    equal(getComputedStyle(find(canvas, 'license-tab')).direction, 'rtl')
  })
})
