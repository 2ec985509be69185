import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { type Mailer, MailError, smtpMailer } from '../../../bff/node/index.ts'
import type { Ran } from '../../../bff/index.ts'
import { MailServer } from '../../mail-server.ts'
import { onEngine, START } from '../engines.ts'

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000
const OFFICE = 'office@acme.example'
const ANN = 'ann@acme.example'

onEngine('sqlite', 'digests to a real server of mail', (world) => {
  const server = new MailServer()
  let mailer: Mailer
  let day = 0
  /** Has one more licence come to its last 7 days, and runs what is due then. */
  const nextDay = async (): Promise<Ran> => {
    day += 1
    world().now = START + day * DAY_MS
    return world().bff.reminders.run()
  }
  const later = async (ms: number): Promise<Ran> => {
    world().now += ms
    return world().bff.reminders.run()
  }
  const to = (): string[] => server.taken.map(({ recipients }) => recipients.join()).sort()
  const codes = (): string[] => world().errors.splice(0).map((error) => (error instanceof MailError ? error.code : String(error)))

  before(async () => {
    await server.start()
    mailer = smtpMailer(server.url, { greetingTimeout: 300, socketTimeout: 300, connectionTimeout: 300 })
    world().bff = world().make({ recipientSeenDays: 400, mail: { name: 'Velthorn' } },
      { mail: { send: mailer.send, from: '"Velthorn, Licences" <licenses@velthorn.example>', replyTo: 'help@velthorn.example' }, publicUrl: 'https://bff.example/base' })
    const devices = Array.from({ length: 20 }, (_, index) => `d${index}`)
    await world().setUp('acme', 'Europe/Berlin', devices)
    await world().ask({ role: 'host' }, 'PUT', '/v1/host/workspaces/acme', { name: 'Acme', timeZone: 'Europe/Berlin', notifyEmails: [OFFICE, ANN] })
    const rows = devices.map((id, index) => `acme,SN-acme-${id},standard,2026-01-01,${new Date(START + (8 + index) * DAY_MS).toISOString().slice(0, 10)},${id}\n`)
    await world().ask({ role: 'vendor' }, 'POST', '/v1/vendor/grants/import', `workspace,serial,kind,firstDay,lastDay,reference\n${rows.join('')}`)
    await world().bff.reminders.run()
  })
  beforeEach(() => {
    server.taken.length = 0
    world().errors.length = 0
    server.manners = { greets: true, says: () => null, judges: null, dies: false }
  })
  after(async () => {
    mailer.close()
    await server.stop()
  })

  test('arrive as they were written, with a link that stops them', async () => {
    assert.equal((await nextDay()).sent, 2)
    assert.deepEqual(to(), [ANN, OFFICE])
    const [mail] = server.taken
    assert.deepEqual([mail?.from?.text, mail?.replyTo?.text], ['"Velthorn, Licences" <licenses@velthorn.example>', 'help@velthorn.example'])
    assert.match(mail?.subject ?? '', /^1 license expires within 7 days/)
    assert.match(mail?.text ?? '', /Pump d0/)
    assert.match(String(mail?.html), /Pump d0/)
    const list = mail?.headers.get('list') as unknown as { unsubscribe?: { url: string } }
    assert.match(list.unsubscribe?.url ?? '', /^https:\/\/bff\.example\/base\/v1\/unsubscribe\/[0-9a-f]{32}\.[\w-]{31}$/)
    assert.match(mail?.headerLines.find(({ key }) => key === 'list-unsubscribe-post')?.line ?? '', /List-Unsubscribe=One-Click/)
    assert.match(mail?.headerLines.find(({ key }) => key === 'auto-submitted')?.line ?? '', /auto-generated/)
  })

  test('wait for a server that is not there, and for each try twice as long; then they come once', async () => {
    await server.stop()
    assert.deepEqual([await nextDay(), codes()], [{ decided: 2, sent: 0 }, ['ESOCKET', 'ESOCKET']])
    assert.equal((await later(59_000)).sent, 0)
    assert.deepEqual(codes(), [])
    await later(1_000)
    assert.equal(codes().length, 2)
    await server.start()
    assert.equal((await later(60_000)).sent, 0)
    assert.equal((await later(60_000)).sent, 2)
    assert.deepEqual([to(), (await later(DAY_MS / 4)).sent], [[ANN, OFFICE], 0])
  })

  const SOFT: [title: string, says: string, code: string][] = [
    ['asks to come later', '451 4.7.1 Greylisted', '451'],
    ['is full', '452 4.2.2 Mailbox full', '452'],
    ['is full, it says for good', '552 5.2.2 Mailbox full', '552'],
    ['refuses us by its policy', '550 5.7.1 Message rejected', '550'],
    ['does not relay for us', '550 Relaying denied', '550'],
    ['wants a password first', '530 5.7.0 Authentication required', '530'],
    ['does not like our sender', '550 5.1.8 Bad sender address', '550'],
  ]
  for (const [title, says, code] of SOFT) {
    test(`wait for a server that ${title}, and pause no address`, async () => {
      server.manners.says = (address) => (address === ANN ? says : null)
      await nextDay()
      assert.deepEqual([to(), codes()], [[OFFICE], [code]])
      server.manners.says = () => null
      assert.equal((await later(HOUR_MS)).sent, 1)
      assert.deepEqual(to(), [ANN, OFFICE])
    })
  }

  test('are not held up by a server that hangs; what is decided meanwhile is decided', async () => {
    // What is connected has been greeted.
    await server.stop()
    await server.start()
    server.manners.greets = false
    const { decided, sent } = await nextDay()
    assert.deepEqual([decided > 0, sent, codes()], [true, 0, ['ETIMEDOUT', 'ETIMEDOUT']])
    server.manners.greets = true
    assert.equal((await later(HOUR_MS)).sent, 2)
  })

  test('come a second time, with the same Message-ID, where a server took them and died before it said so', async () => {
    server.manners.dies = true
    await nextDay()
    const first = server.taken.map(({ messageId }) => messageId).sort()
    server.manners.dies = false
    assert.equal((await later(HOUR_MS)).sent, 2)
    assert.deepEqual(server.taken.slice(first.length).map(({ messageId }) => messageId).sort(), first)
    assert.equal(new Set(first).size, 2)
  })

  test('are given up after three days, and that of the day goes out', async () => {
    server.manners.says = () => '451 4.3.0 Try later'
    await nextDay()
    for (let hours = 0; hours < 24 * 4; hours += 1) await later(HOUR_MS)
    day += 4
    server.manners.says = () => null
    assert.equal((await nextDay()).sent, 2)
    const [mail] = server.taken
    // What was given up is not told again; what waited since then goes with it.
    assert.match(mail?.text ?? '', /Pump d/)
    assert.equal((await world().bff.reminders.state()).waiting, 0)
  })

  const HARD = ['550 No such user', '550 5.1.1 User unknown', '551 User not local', '550 5.2.1 Mailbox disabled']
  for (const says of HARD) {
    test(`leave an address alone for 30 days that is refused with ${says}, and nobody else`, async () => {
      const address = `gone${HARD.indexOf(says)}@acme.example`
      await world().ask({ role: 'host' }, 'PUT', '/v1/host/workspaces/acme', { name: 'Acme', timeZone: 'Europe/Berlin', notifyEmails: [OFFICE, address] })
      server.manners.says = (one) => (one === address ? says : null)
      await nextDay()
      assert.deepEqual([to(), codes()], [[OFFICE], []])
      server.manners.says = () => null
      await nextDay()
      assert.deepEqual(to(), [OFFICE, OFFICE])
    })
  }

  test('tell no address where something goes wrong', async () => {
    server.manners.says = (address) => `450 4.1.1 <${address}> is not here now`
    await nextDay()
    assert.equal(world().errors.length > 0, true)
    for (const error of world().errors) assert.doesNotMatch(`${String(error)} ${JSON.stringify(error)} ${(error as Error).stack ?? ''}`, /acme\.example/)
  })
})
