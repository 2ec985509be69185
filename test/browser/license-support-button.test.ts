import type { LicenseSupportButton } from '../../components/index.ts'
import * as stories from '../../stories/license-support-button.stories.ts'
import { equal, includes, ok } from './assert.ts'
import { accessibilityTree, click, press } from './person.ts'
import { renderStory, type Stage } from './stage.ts'
import { find, findAll, focused, textOf } from './tree.ts'

type Name = Exclude<keyof typeof stories, 'default'>

function show(name: Name, locale = 'en'): Promise<Stage<LicenseSupportButton>> {
  return renderStory<LicenseSupportButton>(stories, name, { locale })
}

describe('<license-support-button>', () => {
  it('is round, small, in the corner at the bottom, and named', async () => {
    const { element } = await show('Button')
    const { width, height, right, bottom } = find(element, 'button').getBoundingClientRect()
    equal([width, height, Math.round(innerWidth - right), Math.round(innerHeight - bottom)], [44, 44, 16, 16])
    includes(await accessibilityTree(), /button "Contact support"/)
  })

  it('shows the contact by keyboard, and gives the focus back', async () => {
    const { element, settled } = await show('Button')
    find(element, 'button').focus()
    await press('Enter')
    await settled()
    const dialog = find<HTMLDialogElement>(element, 'dialog')
    ok(dialog.matches(':modal'))
    equal([textOf(find(dialog, 'h2')), focused()], ['Contact support', find(dialog, 'h2')])
    equal(findAll(dialog, 'dd').map(textOf), ['Velthorn Support', 'support@example.com', '+49 30 23125 020', 'Mon–Fri, 8:00–17:00, Berlin time'])
    await press('Escape')
    await settled()
    equal([dialog.open, focused()], [false, find(element, '[part=button]')])
  })

  it('only asks where the host has a way of its own, or where there is no provider', async () => {
    const { element, canvas, settled } = await show('Button')
    canvas.addEventListener('license-support-request', (event) => { event.preventDefault() })
    await click(find(element, 'button'))
    await settled()
    equal(findAll(element, 'dialog').length, 0)
    const alone = await show('WithoutProvider')
    let asked = 0
    alone.canvas.addEventListener('license-support-request', () => { asked += 1 })
    await click(find(alone.element, 'button'))
    await alone.settled()
    equal([asked, findAll(alone.element, 'dialog').length], [1, 0])
  })

  it('says what it knows: one way, none, or that it could not be loaded', async () => {
    equal(findAll((await show('PhoneOnly')).element, 'a').map(textOf), ['+49 30 23125 020'])
    includes(textOf(find((await show('NobodyStored', 'de')).element, 'dialog')), 'Für diesen Arbeitsbereich ist kein Support hinterlegt.')
    const { element, world, settled } = await show('Failed')
    includes(textOf(find(element, 'dialog')), 'Connection lost.')
    world.network = 'ok'
    await click(find(element, 'button', 'Try again'))
    await settled()
    includes(textOf(find(element, 'dialog')), 'support@example.com')
  })

  it('is gone where it is hidden', async () => {
    equal((await show('Hidden')).element.getBoundingClientRect().width, 0)
  })
})
