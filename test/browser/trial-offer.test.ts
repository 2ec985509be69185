import type { TrialOffer } from '../../components/index.ts'
import { SAMPLES } from '../../stories/samples.ts'
import * as stories from '../../stories/trial-offer.stories.ts'
import { equal, includes } from './assert.ts'
import { click, press, surround } from './person.ts'
import { type Overrides, renderStory, type Stage } from './stage.ts'
import { find, findAll, focused, textOf } from './tree.ts'

type Name = Exclude<keyof typeof stories, 'default'>

function show(name: Name, overrides?: Overrides): Promise<Stage<TrialOffer>> {
  return renderStory<TrialOffer>(stories, name, overrides)
}

function asked({ world }: Stage<TrialOffer>): number {
  return world.requests.filter(({ path }) => path.endsWith('/trial')).length
}

async function typeOf({ world }: Stage<TrialOffer>): Promise<string | null> {
  return (await world.as('viewer')<{ type: string | null }>('GET', `/v1/devices/${SAMPLES.none.id}/license`)).type
}

describe('<trial-offer>', () => {
  it('says how long, until when, and that it is once', async () => {
    const { element } = await show('OnOffer')
    equal(textOf(element), 'A free trial of 180 days is on offer. Everything is open until 20 May 2027, end of day. No voucher is needed. A device can have one trial. Start trial until 20 May 2027')
    includes(textOf((await show('OnOffer', { locale: 'de' })).element), 'Eine kostenlose Testphase von 180 Tagen ist möglich. Bis zum 20. Mai 2027, Tagesende, ist alles freigeschaltet.')
    includes(textOf((await show('DaysByModel')).element), 'A free trial of 30 days is on offer. Everything is open until 21 December 2026')
  })

  it('takes no room where there is none', async () => {
    for (const name of ['Licensed', 'NoTrialForModel', 'OfTheOldPlatform', 'UnknownDevice', 'Loading', 'WithoutProvider'] as const) {
      const { element } = await show(name)
      equal([textOf(element), element.getBoundingClientRect().height], ['', 0], name)
    }
  })

  it('tells a viewer who can start it', async () => {
    const { element } = await show('Viewer')
    includes(textOf(element), 'A member or an administrator of the workspace can start it.')
    equal(findAll(element, 'button').length, 0)
  })

  it('starts by keyboard, says so, and keeps the focus', async () => {
    const stage = await show('OnOffer')
    const { element, settled } = stage
    find(element, '[part=start]').focus()
    await press('Enter')
    await settled()
    equal(textOf(element), 'The trial has started. Everything is open until 20 May 2027, end of day.')
    equal([await typeOf(stage), focused()], ['trial', find(element, '.offer')])
  })

  it('double clicked, starts once', async () => {
    const stage = await show('OnOffer')
    await click(find(stage.element, '[part=start]'), 2)
    await stage.settled()
    equal(asked(stage), 1)
  })

  it('does nothing where the host does it', async () => {
    const stage = await show('OnOffer')
    let id = ''
    stage.canvas.addEventListener('license-trial-request', (event) => {
      event.preventDefault()
      id = event.deviceId
    })
    await click(find(stage.element, '[part=start]'))
    await stage.settled()
    equal([id, asked(stage)], [SAMPLES.none.id, 0])
  })

  it('says why it did not start', async () => {
    includes(textOf((await show('TooLate')).element), 'No trial. This serial number has had its trial.')
    includes(textOf((await show('RoleTaken')).element), 'Your role cannot start it.')
  })

  it('after an answer was lost, starts nothing twice', async () => {
    const stage = await show('Unanswered')
    const { element, world, settled } = stage
    includes(textOf(element), 'No answer came. It may have started already.')
    world.network = 'ok'
    await click(find(element, '[part=start]'))
    await settled()
    equal([textOf(element), await typeOf(stage)], ['The trial has started. Everything is open until 20 May 2027, end of day.', 'trial'])
  })

  it('says that nobody can be reached, and tries again', async () => {
    const { element, world, settled } = await show('Unreachable')
    includes(textOf(element), 'Connection lost.')
    world.network = 'ok'
    await click(find(element, 'button'))
    await settled()
    includes(textOf(element), 'A free trial of 180 days is on offer.')
  })

  it('fits 320 px', async () => {
    await surround({ width: 320, height: 640 })
    const { element } = await show('OnOffer', { locale: 'de' })
    equal(find(element, '.offer').getBoundingClientRect().right <= 320, true)
    await surround()
  })
})
