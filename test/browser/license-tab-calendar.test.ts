import type { LicenseTab } from '../../components/index.ts'
import * as stories from '../../stories/license-tab.stories.ts'
import { equal, includes, ok } from './assert.ts'
import { axe } from './axe.ts'
import { copiedBy } from './clipboard.ts'
import { accessibilityTree, click, press, surround } from './person.ts'
import { type Overrides, renderStory, type Stage, until } from './stage.ts'
import { find, findAll, focused, textOf } from './tree.ts'

type Name = Exclude<keyof typeof stories, 'default'>

function show(name: Name, overrides?: Overrides): Promise<Stage<LicenseTab>> {
  return renderStory<LicenseTab>(stories, name, overrides)
}

function dialogOf(tab: LicenseTab): HTMLDialogElement {
  return find<HTMLDialogElement>(tab, 'dialog.calendar')
}

function told(tab: LicenseTab): string {
  return textOf(find(dialogOf(tab), '[role=status]'))
}

/** What is saved as a file while something is done: its name and text. */
async function savedBy(act: () => Promise<void>): Promise<[name: string, text: string][]> {
  const saved: Promise<[string, string]>[] = []
  const { click: clickLink } = HTMLAnchorElement.prototype
  HTMLAnchorElement.prototype.click = function save() { saved.push(fetch(this.href).then(async (file) => [this.download, await file.text()])) }
  try {
    await act()
    return await Promise.all(saved)
  } finally {
    HTMLAnchorElement.prototype.click = clickLink
  }
}

describe('the way from <license-tab> into a calendar', () => {
  for (const [name, offered] of [['Active', true], ['LastDay', true], ['Grace', true], ['Viewer', true], ['ExpiredYesterday', false], ['None', false]] as const) {
    it(`is ${offered ? '' : 'not '}there in ${name}`, async () => {
      equal(findAll((await show(name)).element, '[part=calendar]').map(textOf), offered ? ['Add to calendar'] : [])
    })
  }

  it('is a dialog by keyboard alone, and gives the focus back', async () => {
    const { element, settled } = await show('Expiring')
    find(element, '[part=calendar]').focus()
    await press('Enter')
    await settled()
    const dialog = dialogOf(element)
    ok(dialog.matches(':modal'))
    const tree = await accessibilityTree()
    for (const node of [/dialog "Add to calendar" .*modal=true/, /button "Download file \(\.ics\)"/, /button "Create a link that keeps up to date"/]) includes(tree, node)
    includes(textOf(dialog), 'The last day, 3 December 2026, as an entry in your calendar.')
    await axe(element)
    await press('Escape')
    await until(() => findAll(element, 'dialog.calendar').length === 0)
    equal([findAll(element, 'dialog.calendar').length, focused()], [0, find(element, '[part=calendar]')])
  })

  it('saves a file in the language of the page', async () => {
    for (const [locale, summary] of [['en', 'SUMMARY:License ends: Heat pump South wing'], ['de', 'SUMMARY:Lizenz endet: Heat pump South wing']] as const) {
      const { element, settled } = await show('CalendarDialogMember', { locale })
      equal(findAll(dialogOf(element), 'button').length, 2, 'a member makes no link')
      const [[name, text] = ['', '']] = await savedBy(async () => {
        await click(find(dialogOf(element), '.way button'))
        await settled()
      })
      equal([name, told(element)], ['license.ics', ''], 'no link is made')
      includes(text, summary)
      includes(text, 'DTSTART;VALUE=DATE:20261203')
    }
  })

  it('makes a link, which is shown once, copied, and works', async () => {
    const { element, world, settled } = await show('CalendarDialog', { locale: 'de' })
    await click(find(dialogOf(element), '.makes'))
    await settled()
    equal([textOf(focused() as Element), told(element)], ['Link kopieren', 'Ihr Link ist bereit. Er wird nur jetzt gezeigt.'])
    const { value } = find<HTMLInputElement>(dialogOf(element), 'input')
    includes(value, /^https:\/\/bff\.example\/v1\/calendar\/[\w-]{43}\.ics\?lang=de$/)
    equal(await copiedBy(() => click(find(dialogOf(element), '.copies'))), value)
    equal(told(element), 'Kopiert')
    includes(await (await world.bff(new Request(value))).text(), 'Lizenz endet: Heat pump South wing')
    await axe(element)
    await press('Escape')
    await settled()
    await click(find(element, '[part=calendar]'))
    await settled()
    equal(findAll(dialogOf(element), 'input').length, 0)
  })

  it('revokes the link again', async () => {
    const { element, world, settled } = await show('CalendarLink')
    const { value } = find<HTMLInputElement>(dialogOf(element), 'input')
    await click(find(dialogOf(element), 'button', 'Revoke link'))
    await settled()
    equal([told(element), focused(), (await world.bff(new Request(value))).status], ['The link is revoked.', find(dialogOf(element), '.makes'), 404])
  })

  it('says what did not work, and then does it', async () => {
    const { element, world, settled } = await show('CalendarDialog')
    world.network = 'down'
    await click(find(dialogOf(element), '.makes'))
    await settled()
    equal(textOf(find(dialogOf(element), '[role=alert]')), 'This did not work. Try again in a moment.')
    world.network = 'ok'
    await click(find(dialogOf(element), '.makes'))
    await settled()
    equal([textOf(find(dialogOf(element), '[role=alert]')), findAll(dialogOf(element), 'input').length], ['', 1])
  })

  it('makes another link where the answer was lost', async () => {
    const { element, provider, settled } = await show('CalendarDialog')
    let lost = 0
    if (provider !== null) {
      provider.fetch = async (address, init) => {
        const response = await fetch(address, init)
        if (!String(address).endsWith('/calendar-links') || lost > 0) return response
        lost += 1
        throw new TypeError('Failed to fetch')
      }
    }
    await settled()
    for (let time = 0; time < 2; time += 1) {
      await click(find(dialogOf(element), '.makes'))
      await settled()
    }
    await until(() => findAll(dialogOf(element), 'input').length === 1)
    equal(lost, 1)
  })

  it('fits 320 px', async () => {
    await surround({ width: 320, height: 640 })
    for (const locale of ['en', 'de']) {
      const dialog = dialogOf((await show('CalendarLink', { locale })).element)
      ok(dialog.scrollWidth <= dialog.clientWidth && dialog.getBoundingClientRect().right <= 320, locale)
    }
    await surround()
  })
})
