import { LicenseStore } from '../../components/shared/store.ts'
import type { LicenseView } from '../../components/shared/wire.ts'
import { SAMPLES } from '../../stories/samples.ts'
import { createWorld, type World } from '../../stories/world.ts'
import { equal } from './assert.ts'

const ID = SAMPLES.none.id

/** A store on a world of its own; `hold` keeps the answers to queries of licences back until it resolves. */
async function open(hold: () => Promise<void>): Promise<{ store: LicenseStore; world: World; seen: string[]; end: () => Promise<void> }> {
  const world = await createWorld({ devices: [SAMPLES.none], vouchers: { good: {} } })
  const store = new LicenseStore({ changed: () => {}, problem: () => {}, unauthenticated: () => {} })
  const fetch = async (url: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    const response = await world.fetch(new Request(new URL(String(url), 'https://bff.example'), init))
    if (String(url).endsWith('/v1/licenses/query')) await hold()
    return response
  }
  store.configure({ baseUrl: '', locale: null, getToken: null, fetch, texts: null })
  const seen: string[] = []
  const license = store.license(ID)
  const unsubscribe = license.subscribe(() => {
    const status = license.value?.status
    if (status !== undefined && status !== seen.at(-1)) seen.push(status)
  })
  store.start()
  await store.settled()
  return { store, world, seen, end: async () => { unsubscribe(); store.stop(); await world.close() } }
}

describe('the store of a provider', () => {
  it('does not take an answer from before a redemption for news', async () => {
    let hold = async (): Promise<void> => {}
    const { store, world, seen, end } = await open(() => hold())
    const { promise: answered, resolve: tellAnswered } = Promise.withResolvers<void>()
    const { promise: held, resolve: release } = Promise.withResolvers<void>()
    hold = () => {
      tellAnswered()
      return held
    }
    const refreshed = store.refresh()
    await answered
    equal((await store.redeem(ID, world.codes['good'] ?? '', 'key-1')).license.status, 'active')
    release()
    await refreshed
    equal(seen, ['none', 'active'])
    await end()
  })

  it('keeps the value of an element that is moved, and drops it when nobody uses it', async () => {
    const { store, world, end } = await open(async () => {})
    const first = store.license(ID)
    const unsubscribe = first.subscribe(() => {})
    const before = world.requests.length
    unsubscribe()
    const again = store.license(ID).subscribe(() => {})
    await store.settled()
    equal([store.license(ID) === first, world.requests.length], [true, before])
    again()
    await end()
    await Promise.resolve()
    const value: LicenseView | null = store.license(ID).value
    equal(value, null)
  })
})
