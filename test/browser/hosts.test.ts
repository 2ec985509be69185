import * as stories from '../../stories/hosts.stories.ts'
import { equal, ok } from './assert.ts'
import { press, surround } from './person.ts'
import { renderStory } from './stage.ts'
import { find, focused } from './tree.ts'

/** The tag of the element that holds the focus in its shadow root; empty where it is in the page. */
function holder(): string {
  const root = focused()?.getRootNode()
  return root instanceof ShadowRoot ? root.host.localName : ''
}

describe('a page that says `* { all: unset }`', () => {
  it('takes nothing from what the elements show', async () => {
    await surround({ width: 1000 })
    const { canvas } = await renderStory(stories, 'AllUnset')
    const whole = find(canvas, 'main').getBoundingClientRect().width
    for (const [tag, part] of [['license-alerts', '[part=alerts]'], ['license-tab', '[part=card]']] as const) {
      const shown = find(find(canvas, tag), part)
      equal(Math.round(shown.getBoundingClientRect().width), Math.round(whole), tag)
      const { lineHeight, fontSize, textAlign } = getComputedStyle(shown)
      equal([textAlign, Number.parseFloat(lineHeight) / Number.parseFloat(fontSize)], ['start', 1.5], tag)
    }
    const facts = find(find(canvas, 'license-tab'), '.facts > :first-child').getBoundingClientRect()
    ok(facts.width < whole / 3, 'the facts stand beside each other, as the tab knows its width')
    for (const tag of ['license-badge', 'license-notifications']) ok(find(find(canvas, tag), '[part=pill], [part=bell]').getBoundingClientRect().height >= 24, tag)
  })

  it('leaves every control within reach of the keyboard, with a ring that is seen', async () => {
    const { canvas } = await renderStory(stories, 'AllUnset')
    const reached = new Set<string>()
    find(canvas, 'header a').focus()
    for (let step = 0; step < 16; step += 1) {
      await press('Tab')
      const one = focused()
      if (one === null || holder() === '') continue
      reached.add(holder())
      const { outlineStyle, outlineWidth } = getComputedStyle(one)
      equal([outlineStyle, outlineWidth], ['solid', '2px'], `${holder()} ${one.outerHTML.slice(0, 80)}`)
    }
    equal([...reached], ['license-notifications', 'license-alerts', 'license-tab'])
  })

  it('leaves hidden what is hidden, or has nothing to say', async () => {
    const { canvas } = await renderStory(stories, 'AllUnset')
    const [tab, alerts] = [find(canvas, 'license-tab'), find(canvas, 'license-alerts')]
    tab.hidden = true
    alerts.toggleAttribute('empty', true)
    equal([tab, alerts].map((one) => getComputedStyle(one).display), ['none', 'none'])
  })
})
