import type { LicenseDeviceAddEvent, WelcomeWizard } from '../../components/index.ts'
import { NEW_DEVICE, SAMPLES } from '../../stories/samples.ts'
import * as stories from '../../stories/welcome-wizard.stories.ts'
import { equal, includes, ok } from './assert.ts'
import { accessibilityTree, click, press, surround, type } from './person.ts'
import { type Overrides, renderStory, type Stage, until } from './stage.ts'
import { find, findAll, focused, textOf } from './tree.ts'

type Name = Exclude<keyof typeof stories, 'default'>
type Wizard = Stage<WelcomeWizard>

function show(name: Name, overrides?: Overrides): Promise<Wizard> {
  return renderStory<WelcomeWizard>(stories, name, overrides)
}

function title({ element }: Wizard): string {
  return textOf(find(element, '[part=title]')).replaceAll(/[\u2068\u2069]/g, '')
}

function isShown({ element }: Wizard): boolean {
  return element.shadowRoot?.querySelector('dialog')?.matches(':modal') === true
}

function field({ element }: Wizard, id: string): HTMLInputElement {
  return find<HTMLInputElement>(element, `#${id}`)
}

function asked({ world }: Wizard): number {
  return world.requests.filter(({ method, path }) => method === 'POST' && path === '/v1/devices').length
}

/** Fills the form by keyboard and sends it. */
async function fill(stage: Wizard, { serial, model, name }: { serial: string; model: string; name: string } = NEW_DEVICE): Promise<void> {
  field(stage, 'serial').focus()
  for (const text of [serial, model, name]) {
    await type(text)
    if (text !== name) await press('Tab')
  }
  await press('Enter')
  await stage.settled()
}

/** Presses Tab until the focus stands on something with these words. */
async function tabTo(text: string): Promise<void> {
  for (let count = 0; count < 12; count += 1) {
    if (textOf(focused() ?? document.body) === text) return
    await press('Tab')
  }
  throw new Error(`Tab does not lead to ${text}`)
}

async function deviceIn({ world }: Wizard, serial: string): Promise<{ id: string; name: string; model: string; siteId: string | null; license: { type: string | null } } | undefined> {
  const { items } = await world.as('viewer')<{ items: { id: string; serial: string; name: string; model: string; siteId: string | null; license: { type: string | null } }[] }>('GET', '/v1/devices')
  return items.find((device) => device.serial === serial)
}

describe('<welcome-wizard>', () => {
  it('adds a device and starts its trial, by keyboard alone', async () => {
    const stage = await show('Closed')
    find(stage.canvas, 'button', 'Add device').focus()
    await press('Enter')
    await stage.settled()
    equal([isShown(stage), title(stage), focused()], [true, 'Add a device', find(stage.element, '[part=title]')])
    for (const text of [NEW_DEVICE.serial, NEW_DEVICE.model, NEW_DEVICE.name]) {
      await press('Tab')
      await type(text)
    }
    await press('Enter')
    await stage.settled()
    await until(() => title(stage) === 'Ventilation Library is added')
    includes(textOf(find(stage.element, '#detail')), 'A free trial of 180 days is on offer. Everything is open until 20 May 2027, end of day.')
    equal(focused(), find(stage.element, '[part=title]'))
    await tabTo('Start trial until 20 May 2027')
    await press('Enter')
    await stage.settled()
    await until(() => title(stage) === 'Ventilation Library is ready')
    equal(textOf(find(stage.element, '#detail')), 'Its trial lasts until 20 May 2027, end of day.')
    await tabTo('Close')
    await press('Enter')
    await stage.settled()
    equal([isShown(stage), focused(), (await deviceIn(stage, NEW_DEVICE.serial))?.license.type], [false, find(stage.canvas, 'button', 'Add device'), 'trial'])
  })

  it('reads well', async () => {
    await show('Empty')
    const tree = await accessibilityTree()
    includes(tree, /dialog "Add a device" .*modal=true/)
    includes(tree, /textbox "Serial number" .*required=true/)
    includes(tree, /textbox "Name" .*description=As it stands in your list/)
  })

  it('says what is missing, and the focus goes there', async () => {
    const stage = await show('Empty')
    field(stage, 'serial').focus()
    await press('Enter')
    await stage.settled()
    equal(findAll(stage.element, '.fault').map(textOf), ['Enter the serial number.', 'Enter the model.', 'Enter a name.'])
    equal([focused(), asked(stage)], [field(stage, 'serial'), 0])
    await type('X')
    await stage.settled()
    equal(findAll(stage.element, '.fault').map(textOf), ['Enter the model.', 'Enter a name.'])
  })

  it('offers models where the host knows them', async () => {
    const stage = await show('Models')
    const select = find<HTMLSelectElement>(stage.element, 'select')
    equal([...select.options].map(({ text }) => text), ['Choose a model', 'HP-8', 'HP-12', 'VU-450', 'WS-20'])
    // Browsers would call it invalid before anybody has chosen.
    equal(select.getAttribute('aria-invalid'), 'false')
    field(stage, 'serial').focus()
    await type(NEW_DEVICE.serial)
    await press('Tab')
    await type('VU')
    await press('Tab')
    await type(NEW_DEVICE.name)
    await press('Enter')
    await stage.settled()
    await until(() => title(stage) === 'Ventilation Library is added')
    equal((await deviceIn(stage, NEW_DEVICE.serial))?.model, 'VU-450')
  })

  it('adds it once, however often it is pressed', async () => {
    const stage = await show('Empty')
    field(stage, 'serial').focus()
    await type(NEW_DEVICE.serial)
    await press('Tab')
    await type(NEW_DEVICE.model)
    await press('Tab')
    await type(NEW_DEVICE.name)
    await click(find(stage.element, '[part=submit]'), 2)
    await stage.settled()
    equal(asked(stage), 1)
  })

  it('puts it at the site that the host says', async () => {
    const stage = await show('Empty')
    stage.element.siteId = 'Mitte'
    await fill(stage)
    await until(() => title(stage) === 'Ventilation Library is added')
    equal((await deviceIn(stage, NEW_DEVICE.serial))?.siteId, 'Mitte')
  })
})

describe('<welcome-wizard> tells', () => {
  it('that the device is there already, and goes on with it', async () => {
    const stage = await show('Exists')
    equal(textOf(find(stage.element, '.fault')), 'This device is here already. Its serial number stands in your list. Continue with it')
    equal(focused(), field(stage, 'serial'))
    await click(find(stage.element, 'button', 'Continue with it'))
    await stage.settled()
    await until(() => title(stage) === 'Heat pump South wing is ready')
  })

  it('that it belongs to another workspace, with the way to support', async () => {
    const stage = await show('Claimed')
    includes(textOf(find(stage.element, '.fault')), 'This device belongs to another workspace.')
    await click(find(stage.element, 'button', 'Contact support'))
    await stage.settled()
    includes(decodeURIComponent(find<HTMLAnchorElement>(stage.element, 'dialog.support a.filled').href), 'HP12-99999-01')
  })

  it('that no answer came, and adds nothing twice', async () => {
    const stage = await show('Unreachable')
    includes(textOf(find(stage.element, '[role=alert]')), 'No answer came. The device may have been added already.')
    stage.world.network = 'ok'
    await click(find(stage.element, '[part=submit]'))
    await stage.settled()
    await until(() => title(stage) === 'Ventilation Library is added')
  })

  const WITHOUT: readonly [Name, string][] = [
    ['SeenBefore', 'No trial. It is for new devices, and this serial number was known before. It needs a license, which a voucher code activates.'],
    ['NoTrialForModel', 'No trial. This model has none. It needs a license, which a voucher code activates.'],
    ['WorkspaceLimit', 'No trial. The workspace has used up its trials. It needs a license, which a voucher code activates.'],
    ['OfTheOldPlatform', 'No trial. It is for new devices, and this serial number was known before. A grace period is on offer for it. It is started in its License tab.'],
  ]
  for (const [name, text] of WITHOUT) {
    it(`why there is no trial: ${name}`, async () => {
      const stage = await show(name)
      await until(() => findAll(stage.element, '#detail').length > 0 && textOf(find(stage.element, '#detail')).startsWith('No trial.'))
      equal(textOf(find(stage.element, '#detail')), text)
    })
  }

  it('who may add devices', async () => {
    for (const name of ['Member', 'Viewer'] as const) includes(textOf((await show(name)).element), 'Your role cannot add devices. Ask an administrator of the workspace.')
    equal(title(await show('Member', { world: { policy: { memberAddsDevices: true } } })), 'Add a device')
    equal(findAll((await show('Member', { world: { policy: { memberAddsDevices: true } } })).element, 'input').length, 3)
  })
})

describe('<welcome-wizard> and its host', () => {
  async function addBy(respond: (event: LicenseDeviceAddEvent) => void): Promise<Wizard> {
    const stage = await show('Empty')
    stage.canvas.addEventListener('license-device-add', respond)
    await fill(stage)
    return stage
  }

  it('lets the host add it, and goes on with its id', async () => {
    let seen = ''
    const stage = await addBy((event) => {
      seen = [event.serial, event.model, event.name].join(' ')
      event.respondWith(Promise.resolve(SAMPLES.none.id))
    })
    await until(() => title(stage) === 'Ventilation Archive is added')
    equal([seen, asked(stage)], ['VU450-40001-01 VU-450 Ventilation Library', 0])
  })

  it('says what the host says of its failure', async () => {
    const stage = await show('HostRefuses')
    equal([textOf(find(stage.element, '[role=alert]')), asked(stage)], ['This site is full. Choose another one.', 0])
  })

  it('does nothing where the host leads elsewhere', async () => {
    const stage = await addBy((event) => { event.preventDefault() })
    equal([title(stage), asked(stage)], ['Add a device', 0])
  })

  it('lets the host start the trial', async () => {
    const stage = await show('OfADevice')
    stage.canvas.addEventListener('license-trial-request', (event) => { event.preventDefault() })
    await click(find(stage.element, '[part=start]'))
    await stage.settled()
    equal(stage.world.requests.some(({ path }) => path.endsWith('/trial')), false)
  })

  it('opens the device by the host first, and is over', async () => {
    const stage = await show('Licensed')
    let id = ''
    stage.canvas.addEventListener('license-navigate', (event) => {
      event.preventDefault()
      id = event.deviceId
    })
    await click(find(stage.element, 'a', 'Open device'))
    await stage.settled()
    equal([id, isShown(stage)], [SAMPLES.expiring.id, false])
  })
})

describe('<welcome-wizard> goes on where it was', () => {
  /** The same wizard, as after the page was loaded anew. */
  async function again({ element, settled }: Wizard): Promise<WelcomeWizard> {
    const other = document.createElement('welcome-wizard')
    element.replaceWith(other)
    other.show()
    await settled()
    return other
  }

  it('with what was typed', async () => {
    const stage = await show('Empty')
    field(stage, 'serial').focus()
    await type('VU450')
    await press('Escape')
    await stage.settled()
    equal(isShown(stage), false)
    const other = await again(stage)
    equal(find<HTMLInputElement>(other, '#serial').value, 'VU450')
  })

  it('with the trial of the device that was added, until that is declined', async () => {
    const stage = await show('TrialOnOffer')
    await press('Escape')
    const other = await again(stage)
    await until(() => textOf(find(other, '[part=title]')).includes('Ventilation Library'))
    await click(find(other, 'button', 'Not now'))
    await stage.settled()
    other.show()
    await stage.settled()
    equal([textOf(find(other, '[part=title]')), find<HTMLInputElement>(other, '#serial').value], ['Add a device', ''])
  })

  it('with a voucher code instead, when there is one', async () => {
    const stage = await show('TrialOnOffer')
    await click(find(stage.element, 'button', 'Enter a code instead'))
    await stage.settled()
    const modal = find(stage.element, 'voucher-modal')
    await type(stage.world.codes['good'] ?? '')
    await stage.settled()
    await press('Enter')
    await stage.settled()
    await click(find(modal, 'button', 'Close'))
    await stage.settled()
    equal(title(stage), 'Ventilation Library is ready')
    equal(textOf(find(stage.element, '#detail')), 'Its license is valid until 21 November 2027, end of day.')
  })

  it('from the beginning, with another device', async () => {
    const stage = await show('TrialStarted')
    await click(find(stage.element, 'button', 'Add another device'))
    await stage.settled()
    equal([title(stage), field(stage, 'serial').value], ['Add a device', ''])
  })
})

describe('<welcome-wizard> on the page', () => {
  it('says nothing and warns once without a provider', async () => {
    const { warn } = console
    console.warn = () => {}
    const stage = await show('WithoutProvider')
    stage.element.show()
    await stage.settled()
    equal([isShown(stage), stage.element.open], [false, false])
    console.warn = warn
  })

  it('loads, fails, and comes back', async () => {
    const stage = await show('LoadingFailed')
    includes(textOf(stage.element), 'Connection lost.')
    stage.world.network = 'ok'
    await click(find(stage.element, 'button', 'Try again'))
    await stage.settled()
    ok(field(stage, 'serial'))
  })

  it('fits 320 px', async () => {
    await surround({ width: 320, height: 640 })
    for (const name of ['NothingEntered', 'Claimed', 'TrialOnOffer', 'TrialStarted', 'LongName'] as const) {
      const { element } = await show(name, { locale: 'de' })
      const dialog = find(element, 'dialog')
      ok(dialog.scrollWidth <= dialog.clientWidth && dialog.getBoundingClientRect().right <= 320, name)
    }
    await surround()
  })
})
