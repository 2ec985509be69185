import type { LicenseContactRequestEvent, VoucherModal } from '../../components/index.ts'
import { MISTYPED_CODE, UNKNOWN_CODE } from '../../stories/dialogs.ts'
import { SAMPLES } from '../../stories/samples.ts'
import * as stories from '../../stories/voucher-modal.stories.ts'
import { equal, includes, ok } from './assert.ts'
import { copiedBy, pasteText } from './clipboard.ts'
import { accessibilityTree, click, press, surround, type } from './person.ts'
import { type Overrides, renderStory, type Stage } from './stage.ts'
import { find, findAll, focused, textOf } from './tree.ts'

type Dialog = Stage<VoucherModal>

const ID = SAMPLES.expiring.id

function open(story: string, overrides?: Overrides): Promise<Dialog> {
  return renderStory<VoucherModal>(stories, story, overrides)
}

function field({ element }: Dialog): HTMLInputElement {
  return find<HTMLInputElement>(element, 'input')
}

function button({ element }: Dialog): HTMLButtonElement {
  return find<HTMLButtonElement>(element, '[part=submit]')
}

/** What the story's dialog tells of the code. */
function told({ element }: Dialog): string {
  return textOf(find(element, '#message'))
}

function isShown({ element }: Dialog): boolean {
  return element.shadowRoot?.querySelector('dialog')?.matches(':modal') === true
}

/** What was asked of the BFF about codes: `preview` or `redeem`. */
function asked({ world }: Dialog): string[] {
  return world.requests.filter(({ path }) => path.includes('/voucher')).map(({ path }) => (path.endsWith('/preview') ? 'preview' : 'redeem'))
}

/** Types a code and waits for what comes of it. */
async function enter(stage: Dialog, code: string): Promise<void> {
  await type(code)
  await stage.settled()
}

async function submit(stage: Dialog): Promise<void> {
  await press('Enter')
  await stage.settled()
}

function code({ world }: Dialog, name = 'good'): string {
  return world.codes[name] ?? ''
}

/** Waits frame by frame until something is shown; what never is ends with the test's own limit. */
async function shown(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => { requestAnimationFrame(resolve) })
}

/** The ledger's redemptions on the story's device. */
async function redemptions({ world }: Dialog): Promise<unknown[]> {
  const { ledger } = await world.as('viewer')<{ ledger: { source: { type: string } }[] }>('GET', `/v1/devices/${ID}/license`)
  return ledger.filter(({ source }) => source.type === 'voucher')
}

describe('<voucher-modal> as a dialog', () => {
  it('opens by a button, takes the focus, closes by Escape, and gives the focus back', async () => {
    const stage = await open('Closed')
    const opener = find(stage.canvas, 'button', 'Enter a code')
    let closed = 0
    stage.element.addEventListener('close', () => { closed += 1 })
    await click(opener)
    await stage.settled()
    equal([isShown(stage), stage.element.hasAttribute('open'), focused() === field(stage)], [true, true, true])
    await press('Escape')
    equal([isShown(stage), stage.element.open, stage.element.hasAttribute('open'), closed], [false, false, false, 1])
    ok(focused() === opener)
  })

  it('follows its attribute in both directions', async () => {
    const stage = await open('Closed')
    stage.element.setAttribute('open', '')
    await stage.settled()
    ok(isShown(stage))
    stage.element.removeAttribute('open')
    await stage.settled()
    equal([isShown(stage), stage.element.open], [false, false])
  })

  it('stays open, with what was typed, when somebody clicks beside it', async () => {
    const stage = await open('Renew')
    await enter(stage, '7KDR-Q4')
    document.elementFromPoint(2, 2)?.dispatchEvent(new MouseEvent('click', { bubbles: true, composed: true }))
    await click(find(stage.canvas, '.frame'))
    equal([isShown(stage), field(stage).value], [true, '7KDR-Q4'])
  })

  it('forgets a code that was not redeemed when it is closed', async () => {
    const stage = await open('Renew')
    await enter(stage, code(stage))
    await press('Escape')
    stage.element.show()
    await stage.settled()
    equal([field(stage).value, textOf(button(stage))], ['', 'Renew'])
  })

  it('names the device and what is to be done', async () => {
    for (const [story, locale, title] of [
      ['Renew', 'en', 'Renew the license'], ['Activate', 'en', 'Activate a license'], ['Renew', 'de', 'Lizenz verlängern'], ['Activate', 'de', 'Lizenz aktivieren'],
    ] as const) {
      const stage = await open(story, { locale })
      const { name, serial } = story === 'Renew' ? SAMPLES.expiring : SAMPLES.none
      equal([textOf(find(stage.element, '[part=title]')), textOf(find(stage.element, '[part=device]'))], [title, `${name} · ${serial}`])
    }
  })

  it('reads well: title, field with its hint, buttons, in that order', async () => {
    const stage = await open('Renew')
    const tree = await accessibilityTree()
    includes(tree, new RegExp(`dialog "Renew the license ${SAMPLES.expiring.name} · ${SAMPLES.expiring.serial}" .*modal=true`))
    includes(tree, /textbox "Voucher code" .*description=Spaces and hyphens do not matter\./)
    for (const name of ['No code? Contact sales', 'Cancel', 'Renew']) {
      await press('Tab')
      equal(textOf(focused() ?? stage.element), name)
    }
    ok(field(stage).matches('[autocapitalize=none][autocorrect=off][spellcheck=false][autocomplete=off]'))
    ok(Number.parseFloat(getComputedStyle(field(stage)).fontSize) >= 16)
  })

  it('is moved and removed while it is open, and in mid-request', async () => {
    const stage = await open('Renew')
    await type(code(stage).slice(0, -1))
    stage.world.network = 'loading'
    await type(code(stage).slice(-1))
    const elsewhere = document.createElement('div')
    stage.provider?.append(elsewhere)
    elsewhere.append(stage.element)
    await stage.element.updateComplete
    ok(isShown(stage))
    stage.world.network = 'ok'
    await stage.settled()
    equal([isShown(stage), textOf(button(stage))], [true, 'Renew until 3 December 2027'])
    await press('Enter')
    stage.element.remove()
    await stage.settled()
    await stage.element.updateComplete
    equal(stage.element.shadowRoot?.querySelector('dialog')?.open, false)
  })

  it('shows nothing without a provider, and says why once', async () => {
    const warnings: unknown[] = []
    const { warn } = console
    console.warn = (text: unknown) => { warnings.push(text) }
    try {
      const stage = await open('WithoutProvider')
      stage.element.show()
      stage.element.show()
      await stage.settled()
      equal([isShown(stage), stage.element.open, warnings.length], [false, false, 1])
      includes(String(warnings[0]), '<voucher-modal>')
    } finally {
      console.warn = warn
    }
  })

  it('fits 320 px', async () => {
    await surround({ width: 320, height: 640 })
    for (const story of ['UsedUp', 'PreviewOfActivation', 'LongName']) {
      const stage = await open(story, { locale: 'de' })
      const dialog = find(stage.element, 'dialog')
      ok(dialog.scrollWidth <= dialog.clientWidth && dialog.getBoundingClientRect().right <= 320, story)
    }
    await surround()
  })
})

describe('<voucher-modal> checks a code', () => {
  it('at once when a whole one is mistyped, before any request', async () => {
    const stage = await open('Renew')
    await enter(stage, MISTYPED_CODE)
    equal(told(stage), 'This code has a typing mistake. Two signs may be swapped. Nothing was used up.')
    equal([field(stage).getAttribute('aria-invalid'), asked(stage)], ['true', []])
    await submit(stage)
    equal([asked(stage), focused() === field(stage)], [[], true])
  })

  const faults = [
    [UNKNOWN_CODE.toLowerCase(), 'Use capital letters.', 'Verwenden Sie Großbuchstaben.'],
    ['7KDR-Q4MÜ', 'This code has signs that no code has.', 'Dieser Code enthält Zeichen, die es in keinem Code gibt.'],
    [MISTYPED_CODE, 'This code has a typing mistake.', 'Dieser Code enthält einen Tippfehler.'],
  ] as const
  for (const [text, en, de] of faults) {
    it(`at every key: ${en}`, async () => {
      for (const [locale, words] of [['en', en], ['de', de]] as const) {
        const stage = await open('Renew', { locale })
        await enter(stage, text)
        includes(told(stage), words)
        equal(asked(stage), [])
      }
    })
  }

  const onPress = [
    ['', 'Enter a voucher code.', 'Geben Sie einen Gutscheincode ein.'],
    ['7KDR-Q4', 'This is not a whole voucher code.', 'Das ist kein vollständiger Gutscheincode.'],
  ] as const
  for (const [text, en, de] of onPress) {
    it(`only when the button is pressed: ${en}`, async () => {
      for (const [locale, words] of [['en', en], ['de', de]] as const) {
        const stage = await open('Renew', { locale })
        if (text !== '') await enter(stage, text)
        equal(field(stage).getAttribute('aria-invalid'), null)
        await click(button(stage))
        await stage.settled()
        includes(told(stage), words)
        ok(focused() === field(stage))
        // It is read out with the field that got the focus, and not once more.
        equal([field(stage).getAttribute('aria-invalid'), field(stage).getAttribute('aria-describedby'), asked(stage)], ['true', 'message', []])
      }
    })
  }

  it('and leaves what is typed as it is, but puts what is pasted in order', async () => {
    const stage = await open('Renew')
    const bare = code(stage).replaceAll('-', '')
    await pasteText(` "${bare.slice(0, 7)}\u200b ${bare.slice(7)}"\n`)
    await stage.settled()
    equal([field(stage).value, asked(stage)], [code(stage), ['preview']])
    field(stage).select()
    await enter(stage, bare)
    equal(field(stage).value, bare)
  })

  it('of ours by itself, once', async () => {
    const stage = await open('Renew')
    await enter(stage, code(stage))
    await press('Backspace')
    await enter(stage, code(stage).slice(-1))
    await press('End')
    await enter(stage, ' ')
    equal([asked(stage), textOf(button(stage))], [['preview'], 'Renew until 3 December 2027'])
  })

  it('and drops an answer that comes after that of another code', async () => {
    const stage = await open('Renew', { world: { vouchers: { good: {}, month: { days: 30 } } } })
    const { provider } = stage
    ok(provider)
    let answer = (): void => {}
    const late = new Promise<void>((resolve) => { answer = resolve })
    provider.fetch = async (address, init) => {
      const response = await fetch(address, init)
      if (String(init?.body).includes(code(stage).replaceAll('-', ''))) await late
      return response
    }
    await stage.settled()
    await type(code(stage))
    field(stage).select()
    await type(code(stage, 'month'))
    await shown(() => button(stage).textContent?.includes('2027') === true)
    answer()
    await stage.settled()
    equal([told(stage), asked(stage)], ['Adds 30 days Kept from today’s license 12 days New expiration 2 January 2027, end of day', ['preview', 'preview']])
  })

  it('of another kind only when the button is pressed: the first press previews, the second redeems', async () => {
    const stage = await open('Renew')
    await stage.world.as('vendor')('POST', '/v1/vendor/vouchers/import', 'code,days\nlegacy0815XY,90', 'text/csv')
    await enter(stage, 'legacy0815XY')
    equal(asked(stage), [])
    await submit(stage)
    equal([asked(stage), textOf(button(stage))], [['preview'], 'Renew until 3 March 2027'])
    await submit(stage)
    equal(asked(stage), ['preview', 'redeem'])
    includes(textOf(stage.element), 'The license is renewed')
  })
})

describe('<voucher-modal> redeems', () => {
  it('once on a double click', async () => {
    const stage = await open('Renew')
    await enter(stage, code(stage))
    await click(button(stage), 2)
    await stage.settled()
    equal([asked(stage), (await redemptions(stage)).length], [['preview', 'redeem'], 1])
    includes(textOf(stage.element), 'The license is renewed')
  })

  it('and says until when, with the focus on it', async () => {
    const stage = await open('Renew')
    await enter(stage, code(stage))
    await click(button(stage))
    await stage.settled()
    equal(textOf(focused() ?? stage.element), 'The license is renewed')
    includes(textOf(stage.element), 'The code added 365 days. The license is valid until 3 December 2027, end of day.')
    await click(find(stage.element, 'button', 'Close'))
    equal(isShown(stage), false)
  })

  it('nothing by a double click that began before the preview', async () => {
    const stage = await open('Renew')
    await stage.world.as('vendor')('POST', '/v1/vendor/vouchers/import', 'code,days\nlegacy0815XY,90', 'text/csv')
    await enter(stage, 'legacy0815XY')
    // A mouse tells the second click of two by its count, which the test's own mouse does not.
    for (const detail of [1, 2]) {
      button(stage).dispatchEvent(new MouseEvent('click', { detail, bubbles: true, cancelable: true, composed: true }))
      await stage.settled()
    }
    equal([asked(stage), textOf(button(stage))], [['preview'], 'Renew until 3 March 2027'])
  })

  it('once on Enter twice', async () => {
    const stage = await open('Renew')
    await enter(stage, code(stage))
    await press('Enter', 'Enter')
    await stage.settled()
    equal([asked(stage), (await redemptions(stage)).length], [['preview', 'redeem'], 1])
  })

  it('tells the page', async () => {
    const stage = await open('Renew')
    let changed = ''
    stage.canvas.addEventListener('license-changed', ({ license }) => { changed = `${license.deviceId} ${license.lastDay}` })
    await enter(stage, code(stage))
    await submit(stage)
    equal(changed, `${ID} 2027-12-03`)
  })

  it('with the same key when no answer came, so that nothing is used twice', async () => {
    const stage = await open('Renew')
    const keys: (string | null)[] = []
    ok(stage.provider)
    stage.provider.fetch = async (address, init) => {
      const key = new Headers(init?.headers).get('idempotency-key')
      const response = await fetch(address, init)
      if (key !== null && keys.push(key) === 1) throw new TypeError('Failed to fetch')
      return response
    }
    await stage.settled()
    await enter(stage, code(stage))
    await submit(stage)
    includes(told(stage), 'No answer came. The code may have been redeemed already. Try again: it is never used twice.')
    equal([field(stage).getAttribute('aria-invalid'), textOf(button(stage))], [null, 'Renew until 3 December 2027'])
    await press('Escape')
    stage.element.show()
    await stage.settled()
    await submit(stage)
    includes(textOf(stage.element), 'The license is renewed')
    equal([keys.length, keys[0] === keys[1], (await redemptions(stage)).length], [2, true, 1])
  })

  it('with another key once it was answered: a code that was taken back can be redeemed again', async () => {
    const stage = await open('Renewed')
    await stage.world.as('admin')('POST', `/v1/devices/${ID}/undo`, {})
    await click(find(stage.element, 'button', 'Close'))
    await stage.provider?.refresh()
    stage.element.show()
    await stage.settled()
    await enter(stage, code(stage))
    await submit(stage)
    includes(textOf(stage.element), 'The license is renewed')
    equal((await redemptions(stage)).length, 2)
  })

  it('nothing where the code stands on the device already, which is no failure', async () => {
    const stage = await open('AlreadyActive')
    equal(told(stage), 'This code is already active on this device. The license is valid until 3 December 2027, end of day. Nothing was used up.')
    equal([field(stage).getAttribute('aria-invalid'), textOf(button(stage))], [null, 'Close'])
    await click(button(stage))
    equal([isShown(stage), asked(stage)], [false, ['preview']])
  })

  it('previews again when the licence has changed meanwhile', async () => {
    const stage = await open('PreviewOfRenewal', { world: { vouchers: { good: {}, other: {} } } })
    await stage.world.as('member')('POST', `/v1/devices/${ID}/voucher`, { code: code(stage, 'other') })
    await stage.provider?.refresh()
    await stage.settled()
    equal([textOf(button(stage)), isShown(stage)], ['Renew until 2 December 2028', true])
  })
})

describe('<voucher-modal> says what would happen', () => {
  const opens = 'Opens Dashboard, History, Functions, Automation, Integrations, Site analytics and Reports'
  const previews = [
    ['PreviewOfRenewal', 'Adds 365 days Kept from today’s license 12 days New expiration 3 December 2027, end of day', 'Renew until 3 December 2027'],
    ['PreviewOfActivation', `Adds 365 days New expiration 21 November 2027, end of day ${opens}`, 'Activate until 21 November 2027'],
    ['PreviewAfterExpiry', `Adds 365 days New expiration 21 November 2027, end of day ${opens}`, 'Renew until 21 November 2027'],
    ['PreviewOnLastDay', 'Adds 365 days Kept from today’s license rest of today New expiration 21 November 2027, end of day', 'Renew until 21 November 2027'],
    ['German', 'Zusätzlich 365 Tage Bleibt von der heutigen Lizenz 12 Tage Neuer Ablauf 3. Dezember 2027, Tagesende', 'Bis 3. Dezember 2027 verlängern'],
  ] as const
  for (const [story, rows, action] of previews) {
    it(`${story}: ${action}`, async () => {
      const stage = await open(story)
      equal([told(stage), textOf(button(stage))], [rows, action])
    })
  }
})

describe('<voucher-modal> refuses with a remedy', () => {
  const none = ''
  const refusals = [
    ['NotFound', 'There is no such code.', 'Diesen Code gibt es nicht.', 'Check it sign by sign.', '9 tries are left.', none],
    ['Revoked', 'There is no such code.', 'Diesen Code gibt es nicht.', 'Check it sign by sign.', '9 tries are left.', none],
    ['NotYetValid', 'This code cannot be redeemed yet.', 'Dieser Code kann noch nicht eingelöst werden.', /from 24 Nov 2026, 0?0:00 \(Berlin time\)/, '9 tries are left.', none],
    ['TooOld', 'This code is too old to be redeemed.', 'Dieser Code ist zu alt, um eingelöst zu werden.', 'Ask sales for a new one.', '9 tries are left.', 'Contact sales'],
    ['WrongModel', 'This code is for another model.', 'Dieser Code gilt für ein anderes Modell.', 'ask sales for another code', '9 tries are left.', 'Contact sales'],
    ['UsedUp', 'This code is used up.', 'Dieser Code ist verbraucht.', 'Ask sales for another one.', '9 tries are left.', 'Contact sales'],
    ['LastTry', 'There is no such code.', 'Diesen Code gibt es nicht.', 'Check it sign by sign.', '1 try is left.', none],
    ['Paused', 'Redeeming is paused.', 'Das Einlösen ist unterbrochen.', 'Try again after 21 Nov 2026, 10:45 (Berlin time).', none, none],
    ['RoleTaken', 'Your role cannot redeem codes.', 'Mit Ihrer Rolle können Sie keine Codes einlösen.', 'Ask a member or an administrator', none, none],
    ['SignedOut', 'You are no longer signed in.', 'Sie sind nicht mehr angemeldet.', 'Sign in again', none, none],
    ['DeviceRemoved', 'This device is not here any more.', 'Dieses Gerät gibt es hier nicht mehr.', 'may have been removed', none, 'Contact sales'],
    ['Unreachable', 'The license server cannot be reached.', 'Der Lizenzserver ist nicht erreichbar.', 'Check your connection', none, none],
    ['Unanswered', 'No answer came.', 'Es kam keine Antwort.', 'it is never used twice', none, none],
    ['ServerError', 'Something went wrong on the server.', 'Auf dem Server ist etwas schiefgegangen.', 'a code is never used twice', none, none],
  ] as const
  for (const [story, en, de, remedy, tries, contact] of refusals) {
    it(`${story}: ${en}`, async () => {
      const german = await open(story, { locale: 'de' })
      includes(told(german), de)
      const stage = await open(story)
      includes(told(stage), en)
      includes(told(stage), remedy)
      includes(told(stage), tries)
      equal(/tr(y is|ies are) left/.test(told(stage)), tries !== none)
      equal(findAll(stage.element, '.actions button').map(textOf), [...(contact === none ? [] : [contact]), 'Copy details for support'])
      const inCode = !['Paused', 'RoleTaken', 'SignedOut', 'DeviceRemoved', 'Unreachable', 'Unanswered', 'ServerError'].includes(story)
      equal([field(stage).getAttribute('aria-invalid'), field(stage).getAttribute('aria-describedby')], [inCode ? 'true' : null, 'message'])
    })
  }

  it('a viewer before anything is typed', async () => {
    for (const [locale, words] of [['en', 'Your role can look, but not redeem codes.'], ['de', 'Mit Ihrer Rolle können Sie lesen, aber keine Codes einlösen.']] as const) {
      const stage = await open('ReadOnly', { locale })
      includes(textOf(stage.element), words)
      equal(findAll(stage.element, 'input').length, 0)
      ok(focused()?.matches('h2'))
    }
  })

  it('while the device is loaded, and when it cannot be: trying again leads to the field', async () => {
    const stage = await open('LoadingFailed')
    includes(textOf(stage.element), 'The device could not be loaded.')
    stage.world.network = 'ok'
    await click(find(stage.element, 'button', 'Try again'))
    await stage.settled()
    ok(focused() === field(stage))
    includes(textOf((await open('Loading')).element), 'Loading the device…')
    includes(textOf((await open('UnknownDevice')).element), 'This device is not here any more.')
  })

  it('and copies what support needs, but never the whole code', async () => {
    const stage = await open('UsedUp')
    const text = await copiedBy(async () => {
      await click(find(stage.element, 'button', 'Copy details for support'))
      await stage.settled()
      includes(textOf(find(stage.element, '.actions')), 'Copied')
    })
    const used = code(stage, 'asked').replaceAll('-', '')
    const { name, serial } = SAMPLES.expiring
    includes(text, `Device: ${name}\nDevice id: ${ID}\nSerial number: ${serial}\nOutcome: voucher-used\nCode ends in: ${used.slice(-4)}\nTime: 2026-11-21T09:30`)
    ok(!text.replaceAll('-', '').includes(used.slice(0, 16)))
  })
})

describe('<voucher-modal> leads to sales', () => {
  it('by its own dialog, on top, and back', async () => {
    const stage = await open('Renew')
    const link = find(stage.element, 'button', 'No code? Contact sales')
    await click(link)
    await stage.settled()
    const sales = find(stage.element, 'contact-sales-modal')
    includes(textOf(sales), `Your message is prepared for`)
    await press('Escape')
    equal([sales.hasAttribute('open'), isShown(stage), focused() === link], [false, true, true])
  })

  it('or by what the host has', async () => {
    const stage = await open('UsedUp')
    let wanted: readonly string[] = []
    stage.canvas.addEventListener('license-contact-request', (event: LicenseContactRequestEvent) => {
      wanted = event.deviceIds
      event.preventDefault()
    })
    await click(find(stage.element, '.actions button', 'Contact sales'))
    await stage.settled()
    equal([wanted, find(stage.element, 'contact-sales-modal').hasAttribute('open')], [[ID], false])
  })
})
