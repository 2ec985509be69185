import type { ContactSalesModal } from '../../components/index.ts'
import { addressOf } from '../../components/shared/contact-card.ts'
import { deviceCsv } from '../../components/contact-sales-modal/device-list.ts'
import { Formats } from '../../components/shared/formats.ts'
import * as stories from '../../stories/contact-sales-modal.stories.ts'
import { SAMPLES } from '../../stories/samples.ts'
import { equal, includes, ok } from './assert.ts'
import { copiedBy } from './clipboard.ts'
import { accessibilityTree, click, press, surround } from './person.ts'
import { type Overrides, renderStory, type Stage } from './stage.ts'
import { find, findAll, focused, textOf } from './tree.ts'

type Dialog = Stage<ContactSalesModal>

function open(story: string, overrides?: Overrides): Promise<Dialog> {
  return renderStory<ContactSalesModal>(stories, story, overrides)
}

function dialogOf({ element }: Dialog): HTMLDialogElement {
  return find<HTMLDialogElement>(element, 'dialog')
}

function intro({ element }: Dialog): string {
  return textOf(find(element, '[part=intro]')).replaceAll(/[\u2068\u2069]/g, '')
}

function wanted({ element }: Dialog): HTMLInputElement {
  return find<HTMLInputElement>(element, '[part=wanted]')
}

/** The mail that the dialog has prepared. */
function mail({ element }: Dialog): { action: string; to: string; subject: string; body: string } {
  const link = find<HTMLAnchorElement>(element, '[part=write]')
  const [to = '', query = ''] = link.href.replace(/^mailto:/, '').split('?')
  const { subject = '', body = '' } = Object.fromEntries(query.split('&').map((part) => part.split('=').map(decodeURIComponent)))
  return { action: textOf(link), to, subject, body }
}

describe('<contact-sales-modal> as a dialog', () => {
  it('opens by a button, takes the focus, closes by Escape, and gives the focus back', async () => {
    const stage = await open('OneDevice', { args: { open: false } })
    const opener = find(stage.canvas, 'button', 'Contact sales')
    await click(opener)
    await stage.settled()
    equal([dialogOf(stage).matches(':modal'), stage.element.hasAttribute('open'), focused()?.localName], [true, true, 'h2'])
    await press('Escape')
    equal([dialogOf(stage).open, stage.element.hasAttribute('open'), focused() === opener], [false, false, true])
  })

  it('closes by its button', async () => {
    const stage = await open('OneDevice')
    await click(find(stage.element, 'button', 'Close'))
    equal([dialogOf(stage).open, stage.element.open], [false, false])
  })

  it('is moved and removed while it is open, and in mid-request', async () => {
    const stage = await open('OneDevice', { args: { open: false } })
    stage.world.network = 'loading'
    stage.element.show()
    await stage.element.updateComplete
    stage.provider?.append(document.createElement('p'), stage.element)
    await stage.element.updateComplete
    ok(dialogOf(stage).matches(':modal'))
    stage.element.remove()
    stage.world.network = 'ok'
    await stage.settled()
    equal(dialogOf(stage).open, false)
  })

  it('reads well: heading with what it says, card, date, close, mail', async () => {
    const stage = await open('ThreeDevices')
    const tree = await accessibilityTree()
    includes(tree, /dialog "Contact sales" .*modal=true/)
    includes(tree, /heading "Contact sales" .*description=The maker of your devices sells voucher codes\./)
    for (const node of [/button "Copy E-mail"/, /link "sales@example\.com"/, /link "\+49 30 23125 014"/, /button "Close"/, /link "Write e-mail for 3 devices"/]) includes(tree, node)
    await press('Tab')
    equal(focused()?.getAttribute('title'), 'Copy E-mail')
    for (const link of findAll(stage.element, '.row a')) ok(link.getBoundingClientRect().height >= 24, textOf(link))
    ok(stage.element.open)
  })

  it('fits 320 px', async () => {
    await surround({ width: 320, height: 640 })
    for (const story of ['WholeCard', 'ManyDevices']) {
      const dialog = dialogOf(await open(story, { locale: 'de' }))
      ok(dialog.scrollWidth <= dialog.clientWidth && dialog.getBoundingClientRect().right <= 320, story)
    }
    await surround()
  })
})

describe('<contact-sales-modal> prepares a mail', () => {
  it('for three devices, with their last days and the wanted date', async () => {
    const stage = await open('ThreeDevices')
    includes(intro(stage), 'Your message is prepared with the 3 devices you chose.')
    const { expiring, expired, none } = SAMPLES
    equal(mail(stage), {
      action: 'Write e-mail for 3 devices', to: 'sales@example.com', subject: 'Voucher codes for 3 devices',
      body: [
        'Hello,', '', 'please send us an offer for voucher codes for:', '',
        `- ${expiring.name}, serial number ${expiring.serial}: licensed until 3 December 2026`,
        `- ${expired.name}, serial number ${expired.serial}: expired on 12 November 2026`,
        `- ${none.name}, serial number ${none.serial}: no license`,
        '', 'Needed by: 3 December 2026', 'Workspace: Lindenhof Living', '', 'Kind regards', 'Jane Doe',
      ].join('\r\n'),
    })
  })

  it('in German', async () => {
    const stage = await open('ThreeDevices', { locale: 'de' })
    const { action, subject, body } = mail(stage)
    equal([action, subject], ['E-Mail für 3 Geräte schreiben', 'Gutscheincodes für 3 Geräte'])
    includes(body, `${SAMPLES.expired.serial}: abgelaufen am 12. November 2026\r\n`)
    includes(body, 'Benötigt bis: 3. Dezember 2026')
  })

  it('for one device, for none, and for one that is unknown', async () => {
    const one = await open('OneDevice')
    includes(intro(one), `Your message is prepared for ${SAMPLES.expiring.name}.`)
    equal([mail(one).action, mail(one).subject], ['Write e-mail for 1 device', `Voucher code for ${SAMPLES.expiring.name} (${SAMPLES.expiring.serial})`])
    for (const story of ['NoDevice', 'UnknownDevice']) {
      const stage = await open(story)
      equal([intro(stage), mail(stage).action, mail(stage).subject, wanted(stage).value], ['The maker of your devices sells voucher codes.', 'Write e-mail', 'Voucher codes', ''])
    }
  })

  it('that only counts more than twenty, and gives the list to copy', async () => {
    const stage = await open('ManyDevices')
    includes(intro(stage), '25 devices are too many for a message')
    const { action, body } = mail(stage)
    equal(action, 'Write e-mail for 25 devices')
    includes(body, /voucher codes for 25 devices\. .*\r\n\r\n- licensed: \d+\r\n- expired: \d+\r\n- no license: \d/)
    ok(!body.includes('0001'))
    const list = await copiedBy(async () => {
      await click(find(stage.element, 'button', 'Copy list'))
      await stage.settled()
      includes(textOf(find(stage.element, '.list')), 'Copied')
    })
    equal(list.split('\n').length, 25)
  })

  it('needed by the date that the host wants, or the person; never by one that is none', async () => {
    const stage = await open('WantedDate')
    equal(wanted(stage).value, '2026-12-24')
    includes(mail(stage).body, 'Needed by: 24 December 2026')
    Object.assign(wanted(stage), { value: '2027-01-07' }).dispatchEvent(new Event('input', { bubbles: true }))
    await stage.settled()
    includes(mail(stage).body, 'Needed by: 7 January 2027')
    Object.assign(wanted(stage), { value: '' }).dispatchEvent(new Event('input', { bubbles: true }))
    await stage.settled()
    ok(!mail(stage).body.includes('Needed by'))
    stage.element.wantedDate = 'tomorrow'
    await stage.settled()
    equal(wanted(stage).value, '2026-12-03')
  })

  it('needed by the earliest last day that is still ahead, as the device’s zone has it', async () => {
    const stage = await open('ThreeDevices', { args: { open: false } })
    for (const [now, day] of [['2026-12-03T22:59:00.000Z', '2026-12-03'], ['2026-12-03T23:00:00.000Z', '']] as const) {
      stage.world.clock.set(now)
      stage.element.show()
      await stage.settled()
      equal(wanted(stage).value, day, now)
      stage.element.close()
      await stage.settled()
    }
  })

  it('in which names are inert', async () => {
    const stage = await open('StrangeNames')
    const { body } = mail(stage)
    includes(body, '- <b>Pump</b> gnp.exe & Co, serial number SN-1: no license\r\n')
    equal(/[\u202a-\u202e]/.test(body), false)
    const { items } = await stage.world.as('viewer')<{ items: Parameters<typeof deviceCsv>[1] }>('GET', '/v1/devices')
    equal(deviceCsv(new Formats('en-GB'), items).split('\r\n'), [
      '\ufeff"name","serial","lastDay"', `"<b>Pump</b> gnp.exe & Co","SN-1",""`,
      `"'=HYPERLINK(""https://evil.example"")","'+1234",""`, '',
    ])
  })
})

describe('<contact-sales-modal> shows a card', () => {
  it('with what there is, as links where they can be followed', async () => {
    const stage = await open('WholeCard')
    equal(findAll(stage.element, 'dt').map(textOf), ['Name', 'E-mail', 'Phone', 'Hours', 'Website'])
    equal(findAll<HTMLAnchorElement>(stage.element, 'dl a').map(({ href }) => href), [
      'mailto:anneliese.kowalczyk-brandenburger@sales.velthorn.example', 'tel:+493023125014', 'https://velthorn.example/licenses/vouchers',
    ])
    const address = await copiedBy(async () => {
      await click(find(stage.element, 'button[title="Copy E-mail"]'))
      await stage.settled()
      includes(textOf(find(stage.element, 'dl')), 'E-mail Copied')
    })
    equal(address, 'anneliese.kowalczyk-brandenburger@sales.velthorn.example')
  })

  it('lets the host follow the link to a page', async () => {
    const stage = await open('WholeCard')
    let href = ''
    stage.canvas.addEventListener('license-navigate', (event) => {
      href = event.href
      event.preventDefault()
    })
    await click(find(stage.element, 'dl a[target=_blank]'))
    equal(href, 'https://velthorn.example/licenses/vouchers')
  })

  const addresses = [
    ['email', 'sales@example.com', 'mailto:sales@example.com'], ['email', 'sales@example.com?bcc=x@y.example', null], ['email', 'nobody', null],
    ['phone', '+49 (0)30 / 23125-014', 'tel:+493023125014'], ['phone', 'call us', null], ['url', 'https://x.example/a', 'https://x.example/a'],
    ['url', 'javascript:alert(1)', null], ['url', 'x.example', null], ['name', 'https://x.example', null],
  ] as const
  for (const [field, value, address] of addresses) {
    it(`${field} ${value} leads to ${address ?? 'nothing'}`, () => { equal(addressOf(field, value), address) })
  }

  it('without mail where sales can only be called', async () => {
    const stage = await open('PhoneOnly')
    equal([findAll(stage.element, 'dt').map(textOf), findAll(stage.element, '[part=write], [part=wanted]').length], [['Phone'], 0])
  })

  it('of support where no sales contact is stored, or says whom to ask', async () => {
    const support = await open('NoSales')
    includes(intro(support), 'No sales contact is stored for this workspace.')
    includes(textOf(support.element), 'support@example.com')
    includes(intro(await open('NobodyStored')), 'or an administrator of the workspace.')
    includes(intro(await open('NoSales', { locale: 'de' })), 'Für diesen Arbeitsbereich ist kein Vertrieb hinterlegt.')
  })

  it('after it was loaded; and tries again when that fails', async () => {
    equal(intro(await open('Loading')), 'Loading the contact…')
    const stage = await open('Failed')
    includes(textOf(stage.element), 'The contact could not be loaded.')
    stage.world.network = 'ok'
    await click(find(stage.element, 'button', 'Try again'))
    await stage.settled()
    equal(mail(stage).action, 'Write e-mail for 1 device')
  })

  it('also where the devices cannot be loaded', async () => {
    const stage = await open('DevicesFailed')
    includes(textOf(stage.element), 'The devices could not be loaded.')
    equal(mail(stage).action, 'Write e-mail')
    stage.world.network = 'ok'
    await click(find(stage.element, 'button', 'Try again'))
    await stage.settled()
    equal(mail(stage).action, 'Write e-mail for 1 device')
  })
})
