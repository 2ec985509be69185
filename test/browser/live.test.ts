import { Live } from '../../components/shared/live.ts'
import { PACE } from '../../components/shared/live-pace.ts'
import { ProblemError } from '../../components/shared/client.ts'
import { equal, ok } from './assert.ts'
import { until } from './stage.ts'

const NOW = Date.parse('2026-11-21T09:30:00.000Z')
const encoder = new TextEncoder()

/** Times that a test can wait for. */
const QUICK = { ...PACE, firstPoll: 150, nextPoll: 200, silence: 400, calm: 20, firstTry: 40, lastTry: 80, rarely: 60_000 }

/** One stream as the server sees it. */
interface Line {
  lastId: string | null
  say: (text: string) => void
  hello: (id?: number, changedAt?: string | null) => void
  changed: (id: number, deviceId: string | null) => void
  end: () => void
  ended: boolean
}

/** A server of streams; `lines` are those that were asked for, in order. */
class Server {
  readonly lines: Line[] = []
  refuse: number | null = null
  /** Refusals that it has given. */
  refused = 0

  readonly open = async (lastId: string | null, signal: AbortSignal): Promise<ReadableStream<Uint8Array>> => {
    if (this.refuse !== null) {
      this.refused += 1
      throw new ProblemError({ code: 'unreachable', status: this.refuse })
    }
    return new ReadableStream<Uint8Array>({
      start: (controller) => {
        const say = (text: string): void => { if (!line.ended) controller.enqueue(encoder.encode(text)) }
        const tell = (id: number, event: string, data: object): void => { say(`id: ${id}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`) }
        const line: Line = {
          lastId, say, ended: false,
          hello: (id = 1, changedAt = null) => { tell(id, 'hello', { changedAt, now: new Date(NOW).toISOString() }) },
          changed: (id, deviceId) => { tell(id, 'license-changed', { deviceId }) },
          end: () => {
            line.ended = true
            controller.close()
          },
        }
        signal.addEventListener('abort', () => { line.ended = true })
        this.lines.push(line)
      },
    })
  }

  get current(): Line[] {
    return this.lines.filter((line) => !line.ended)
  }
}

/** A page that follows; `changes` and `hellos` are what it was told. */
class Follower {
  readonly changes: (readonly string[] | null)[] = []
  readonly hellos: (string | null)[] = []
  readonly live: Live

  constructor(server: Server, name: string, pace = QUICK) {
    this.live = new Live(server.open, () => NOW, {
      changed: (ids) => { this.changes.push(ids) }, hello: (changedAt) => { this.hellos.push(changedAt) },
    }, pace)
    this.live.start(name)
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => { setTimeout(resolve, ms) })

/** Says to the page whether somebody can see it. */
function see(state: DocumentVisibilityState): void {
  Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => state })
  document.dispatchEvent(new Event('visibilitychange'))
}

describe('following what changes', () => {
  let name = ''
  let server: Server
  const followers: Follower[] = []
  const follow = (pace?: typeof PACE): Follower => {
    const follower = new Follower(server, name, pace)
    followers.push(follower)
    return follower
  }

  beforeEach(() => {
    name = crypto.randomUUID()
    server = new Server()
  })
  afterEach(() => {
    for (const { live } of followers.splice(0)) live.stop()
    Reflect.deleteProperty(document, 'visibilityState')
  })

  it('reads one stream for all that follow the same, and another for another', async () => {
    const [one, two] = [follow(), follow()]
    await until(() => server.lines.length === 1)
    server.lines[0]?.hello(7, '2026-11-21T09:00:00.000Z')
    server.lines[0]?.changed(8, 'pump-1')
    await until(() => one.changes.length === 1 && two.changes.length === 1)
    equal([one.changes, two.changes, one.hellos], [[['pump-1']], [['pump-1']], ['2026-11-21T09:00:00.000Z']])
    name = crypto.randomUUID()
    follow()
    await until(() => server.lines.length === 2)
    equal(server.current.length, 2)
  })

  it('takes a notification for a change of no device', async () => {
    const one = follow()
    await until(() => server.lines.length === 1)
    server.lines[0]?.hello()
    server.lines[0]?.say('id: 2\nevent: notification\ndata: {}\n\n')
    await until(() => one.changes.length === 1)
    equal(one.changes, [['']])
  })

  it('tells a page that comes later when the last change was', async () => {
    const one = follow()
    await until(() => server.lines.length === 1)
    server.lines[0]?.hello(1, '2026-11-21T09:00:00.000Z')
    await until(() => one.hellos.length === 1)
    const late = follow()
    await until(() => late.hellos.length === 1)
    server.lines[0]?.changed(2, 'pump-1')
    await until(() => late.changes.length === 1)
    const later = follow()
    await until(() => later.hellos.length === 1)
    // A change has come since the stream began: its instant is that of hearing of it.
    equal([late.hellos, later.hellos, one.hellos.length], [['2026-11-21T09:00:00.000Z'], ['2026-11-21T09:30:00.000Z'], 1])
  })

  it('goes on in the next page where the first one was, and nobody asks for everything', async () => {
    const [one, two, three] = [follow(), follow(), follow()]
    await until(() => server.lines.length === 1)
    server.lines[0]?.hello(7, '2026-11-21T09:00:00.000Z')
    server.lines[0]?.changed(8, 'pump-1')
    await until(() => three.changes.length === 1)
    one.live.stop()
    await until(() => server.lines.length === 2)
    equal([server.lines[0]?.ended, server.lines[1]?.lastId], [true, '8'])
    server.lines[1]?.hello(8, '2026-11-21T09:29:59.000Z')
    server.lines[1]?.changed(9, 'pump-2')
    await until(() => two.changes.length === 2 && three.changes.length === 2)
    equal([two.changes, three.changes, two.hellos.at(-1), three.hellos.at(-1)], [[['pump-1'], ['pump-2']], [['pump-1'], ['pump-2']], null, null])
  })

  it('asks now and then while the next page has no stream yet', async () => {
    const [one, two, three] = [follow(), follow({ ...QUICK, silence: 60_000 }), follow({ ...QUICK, silence: 60_000 })]
    await until(() => server.lines.length === 1)
    server.lines[0]?.hello()
    await until(() => three.hellos.length === 1)
    one.live.stop()
    await until(() => two.changes.length > 0 && three.changes.length > 0)
    equal([server.lines.length, two.changes[0], three.changes[0]], [2, null, null])
  })

  it('comes back after the end of a stream, with the number of the last event', async () => {
    const one = follow()
    await until(() => server.lines.length === 1)
    server.lines[0]?.hello(3)
    await until(() => one.hellos.length === 1)
    server.lines[0]?.end()
    await until(() => server.lines.length === 2)
    equal(server.lines[1]?.lastId, '3')
  })

  it('asks for another where a stream says nothing any more', async () => {
    const silence = 1_200
    follow({ ...QUICK, silence })
    await until(() => server.lines.length === 1)
    server.lines[0]?.hello()
    await pause(silence / 2)
    server.lines[0]?.say(':\n\n')
    await pause(silence * 0.7)
    equal(server.lines.length, 1)
    await until(() => server.lines.length === 2)
    ok(server.lines[0]?.ended)
  })

  it('waits longer from time to time for a server that is away', async () => {
    server.refuse = 503
    const from = performance.now()
    follow()
    await until(() => server.refused === 5)
    ok(performance.now() - from >= 20 + 40 + 40 + 40)
    server.refuse = null
    await until(() => server.lines.length === 1)
  })

  for (const [what, status] of [['has no stream', 404], ['refuses it', 403]] as const) {
    it(`asks now and then where the BFF ${what}`, async () => {
      server.refuse = status
      const [one, two] = [follow(), follow()]
      await until(() => one.changes.length >= 3 && two.changes.length >= 3)
      equal([server.refused, one.changes.slice(0, 3)], [1, [null, null, null]])
    })
  }

  it('asks now and then where a stream is held back, until it says hello', async () => {
    const one = follow({ ...QUICK, silence: 60_000 })
    await until(() => one.changes.length === 2)
    server.lines[0]?.hello()
    await until(() => one.hellos.length === 1)
    const { length } = one.changes
    await pause(QUICK.nextPoll * 2)
    equal([one.changes.length, server.lines.length], [length, 1])
  })

  it('asks now and then where the browser has no locks', async () => {
    Object.defineProperty(navigator, 'locks', { configurable: true, get: () => undefined })
    try {
      const one = follow()
      await until(() => one.changes.length === 2)
      equal([server.lines.length, one.changes], [0, [null, null]])
    } finally {
      Reflect.deleteProperty(navigator, 'locks')
    }
  })

  it('keeps what changed while nobody can see the page, and reads on', async () => {
    const one = follow()
    await until(() => server.lines.length === 1)
    server.lines[0]?.hello()
    see('hidden')
    for (const [index, id] of ['pump-1', 'pump-2', 'pump-1'].entries()) server.lines[0]?.changed(index + 2, id)
    await pause(QUICK.calm * 4)
    equal([one.changes, server.current.length], [[], 1])
    see('visible')
    equal(one.changes, [['pump-1', 'pump-2']])
  })

  it('asks for nothing now and then while nobody can see the page', async () => {
    server.refuse = 404
    see('hidden')
    const one = follow()
    await pause(QUICK.nextPoll * 3)
    equal(one.changes, [])
    see('visible')
    equal(one.changes, [null])
  })

  it('tells many changes in few rounds, and more than 100 devices as all', async () => {
    const one = follow({ ...QUICK, calm: 150 })
    await until(() => server.lines.length === 1)
    server.lines[0]?.hello()
    server.lines[0]?.changed(2, 'first')
    await until(() => one.changes.length === 1)
    for (let index = 0; index < 50; index += 1) server.lines[0]?.changed(index + 3, `pump-${index % 30}`)
    await until(() => one.changes.length === 2)
    equal(one.changes[1]?.length, 30)
    for (let index = 0; index < 101; index += 1) server.lines[0]?.changed(index + 60, `pump-${index}`)
    await until(() => one.changes.length === 3)
    equal(one.changes[2], null)
  })

  it('holds nothing where the browser keeps the page for the way back, and follows again when it is back', async () => {
    const one = follow()
    await until(() => server.lines.length === 1)
    server.lines[0]?.hello()
    await until(() => one.hellos.length === 1)
    window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))
    await pause(50)
    const { held = [] } = await navigator.locks.query()
    equal([server.current.length, held.some((lock) => lock.name?.includes(name))], [0, false])
    window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))
    await until(() => server.lines.length === 2)
    server.lines[1]?.hello()
    server.lines[1]?.changed(2, 'pump-1')
    await until(() => one.changes.length === 1)
  })

  it('leaves no lock and no stream behind', async () => {
    const [one, two] = [follow(), follow()]
    await until(() => server.lines.length === 1)
    one.live.stop()
    two.live.stop()
    await pause(50)
    const { held = [], pending = [] } = await navigator.locks.query()
    equal([server.current.length, [...held, ...pending].filter((lock) => lock.name?.includes(name))], [0, []])
  })
})
