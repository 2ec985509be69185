import type { GraceBanner, LicenseGraceRequestEvent, LicenseProvider } from '../../components/index.ts'
import * as stories from '../../stories/grace-banner.stories.ts'
import { equal, includes, ok } from './assert.ts'
import { click, press } from './person.ts'
import { type Overrides, renderStory, type Stage, until } from './stage.ts'
import { find, findAll, focused, textOf } from './tree.ts'

type Name = Exclude<keyof typeof stories, 'default'>

function show(name: Name, overrides?: Overrides): Promise<Stage<GraceBanner>> {
  return renderStory<GraceBanner>(stories, name, overrides)
}

function row(element: GraceBanner): string {
  return textOf(find(element, '[part=row] > p'))
}

function groups(element: GraceBanner): string[] {
  return findAll(element, 'summary').map(textOf)
}

function activate(element: GraceBanner): HTMLElement {
  return find(element, '[part=activate]')
}

function asked({ world }: Stage<GraceBanner>): number {
  return world.requests.filter(({ method, path }) => method === 'POST' && path === '/v1/grace').length
}

/** What the records say of the story's devices. */
async function graces({ world }: Stage<GraceBanner>): Promise<number> {
  const { byStatus } = await world.as('viewer')<{ byStatus: { grace: number } }>('GET', '/v1/summary')
  return byStatus.grace
}

const REASONS = ['Claimed by another account 2', 'In several workspaces 1', 'In several sites 1', 'Used already 1', 'Licensed already 1']

describe('<grace-banner>', () => {
  it('says how many, how long, until when, and how many not', async () => {
    const { element } = await show('Some')
    equal(row(element), '3 devices can have a grace period of 60 days. From today until 20 January 2027. 6 others are not eligible.')
    equal(textOf(activate(element)), 'Activate for all (3)')
    equal(row((await show('One', { locale: 'de' })).element), '1 Gerät kann eine Übergangsfrist von 60 Tagen haben. Ab heute bis 20. Januar 2027.')
    equal(row((await show('OneNotEligible')).element), '1 device can have a grace period of 60 days. From today until 20 January 2027. 1 other is not eligible.')
  })

  it('takes no room where no device can have one', async () => {
    for (const name of ['None', 'WindowClosed', 'Loading', 'WithoutProvider'] as const) {
      const { element } = await show(name)
      equal([element.hasAttribute('empty'), element.getBoundingClientRect().height], [true, 0], name)
    }
    equal((await show('LastDayOfWindow')).element.hasAttribute('empty'), false)
  })

  it('lets a viewer read who can start it', async () => {
    const { element } = await show('Viewer')
    includes(row(element), 'A member or an administrator can start it.')
    equal(findAll(element, '[part=activate], [part=snooze]').length, 0)
  })

  it('shows by keyboard who is not eligible and why, with names and a way to support', async () => {
    const { element, settled, canvas } = await show('Some')
    find(element, '[part=details]').focus()
    await press('Enter')
    await settled()
    equal([find(element, '[part=details]').ariaExpanded, groups(element)], ['true', REASONS])
    const [claimed] = findAll<HTMLDetailsElement>(element, 'details')
    ok(claimed)
    find(claimed, 'summary').focus()
    await press('Enter')
    await until(() => findAll(claimed, '.devices li').length > 0)
    equal(textOf(find(claimed, 'p')), 'On the old platform the serial number belongs to an account of nobody in this workspace.')
    equal(findAll(claimed, '.devices li').map(textOf), ['Water softener Orchard WS20-02110-32', 'Water softener Smithy WS20-02110-36'])
    let ids: readonly string[] | null = null
    canvas.addEventListener('license-support-request', ({ deviceIds }) => { ids = deviceIds })
    await click(find(element, 'button', 'Contact support'))
    await settled()
    equal(ids, [])
    includes(decodeURIComponent(find<HTMLAnchorElement>(element, 'dialog a.filled').href), '- Claimed by another account: 2')
  })

  it('leads to a device, by the host first', async () => {
    const { element, canvas } = await show('Details')
    let id = ''
    canvas.addEventListener('license-navigate', (event) => {
      event.preventDefault()
      id = event.deviceId
    })
    await until(() => findAll(element, '.devices a').length > 0)
    await click(find(element, '.devices a', 'Heat pump Chapel'))
    equal(id, 'lg-chapel')
  })

  it('says that devices could not be loaded, and tries again', async () => {
    const { element, world, settled } = await show('Some')
    await click(find(element, '[part=details]'))
    world.network = 'down'
    await click(find(element, 'summary'))
    await until(() => findAll(element, '[role=alert]').length > 0)
    includes(textOf(find(element, 'details [role=alert]')), 'The devices could not be loaded.')
    world.network = 'ok'
    await click(find(element, 'details button', 'Try again'))
    await settled()
    await until(() => findAll(element, '.devices li').length > 0)
  })
})

describe('"Activate for all" of <grace-banner>', () => {
  it('starts it on each device that can have it, and says what became of every one', async () => {
    const stage = await show('Some')
    const { element, settled } = stage
    activate(element).focus()
    await press('Enter')
    await settled()
    equal(row(element), 'The grace period of 3 devices has started. Everything is open until 20 January 2027, end of day. 6 have not started.')
    equal(textOf(find(element, '[role=status]')), row(element))
    equal(groups(element), ['Started 3', ...REASONS])
    equal([await graces(stage), asked(stage)], [3, 1])
    ok(element.shadowRoot?.contains(focused()), 'the focus is lost')
    await click(find(element, 'details:has(summary)', /Started/).querySelector('summary') as HTMLElement)
    await until(() => findAll(element, '.devices li').length === 3)
    await click(find(element, 'button', 'Close'))
    await settled()
    equal(element.hasAttribute('empty'), true)
  })

  it('stands there, with the focus, until it is answered, also where the devices are counted before that', async () => {
    const { element, settled, world, ...stage } = await show('Some')
    const provider = stage.provider as LicenseProvider
    const counts = (): number => world.requests.filter(({ path }) => path === '/v1/summary').length
    let answer = (): void => {}
    const answered = new Promise<void>((resolve) => { answer = resolve })
    provider.fetch = async (input, init) => {
      const response = await fetch(input, init)
      if (init?.method === 'POST') await answered
      return response
    }
    await settled()
    activate(element).focus()
    await press('Enter')
    await until(() => world.requests.some(({ method }) => method === 'POST'))
    const before = counts()
    void provider.refresh()
    await until(() => counts() > before)
    for (let frame = 0; frame < 10; frame += 1) await new Promise(requestAnimationFrame)
    await press('Enter')
    element.requestUpdate()
    await element.updateComplete
    equal([focused() === activate(element), textOf(activate(element))], [true, 'Activate for all (3)'])
    answer()
    await settled()
    includes(row(element), 'The grace period of 3 devices has started.')
    equal(focused(), find(element, '[part=details]'))
  })

  it('says it of one, without more', async () => {
    const { element } = await show('OneActivated')
    equal([row(element), groups(element)], ['The grace period of 1 device has started. Everything is open until 20 January 2027, end of day.', []])
  })

  it('shows many by twenties', async () => {
    const { element } = await show('ManyActivated')
    includes(row(element), 'The grace period of 1,200 devices has started.')
    await click(find(element, '[part=details]'))
    await click(find(element, 'summary'))
    await until(() => findAll(element, '.devices li').length === 20)
    await click(find(element, 'button', 'Show 20 more'))
    await until(() => findAll(element, '.devices li').length === 40)
  })

  it('pressed twice, starts nothing twice', async () => {
    const stage = await show('Some')
    await click(activate(stage.element), 2)
    await stage.settled()
    equal([asked(stage), await graces(stage)], [1, 3])
  })

  it('does nothing where the host does it', async () => {
    const stage = await show('Some')
    let ids: readonly string[] | null = null
    stage.canvas.addEventListener('license-grace-request', (event: LicenseGraceRequestEvent) => {
      event.preventDefault()
      ids = event.deviceIds
    })
    await click(activate(stage.element))
    await stage.settled()
    equal([ids, asked(stage)], [[], 0])
  })

  it('after an answer was lost, asks again with the same key', async () => {
    const stage = await show('Unanswered')
    const { element, world, settled } = stage
    equal(textOf(find(element, '[role=alert]')), 'No answer came. It may have started already. Try again: nothing starts twice.')
    world.network = 'ok'
    await click(activate(element))
    await settled()
    equal(await graces(stage), 3)
    includes(row(element), 'The grace period of 3 devices has started.')
  })

  it('says why not: a colleague was faster, or the role was taken away', async () => {
    const { element } = await show('NothingLeft')
    equal([row(element), groups(element)], ['Nothing was left to start.', ['Claimed by another account 2', 'In several workspaces 1', 'In several sites 1', 'Used already 4', 'Licensed already 1']])
    includes(textOf((await show('RoleTaken')).element), 'Your role cannot start it. Ask a member or an administrator of the workspace.')
  })
})
