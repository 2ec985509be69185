import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import type { Bff, Message, Posted } from '../../../bff/index.ts'
import { onEveryEngine, START, type World } from '../engines.ts'

const DAY_MS = 86_400_000

interface Notifications {
  items: { id: string; deviceId: string; rung: number; status: string; daysRemaining: number; read: boolean; snoozed: boolean }[]
  unread: number
  warnings: { code: string }[]
}

/** What was sent; `refuse` makes the next messages fail. */
class Mailbox {
  readonly messages: Message[] = []
  refuse: 'never' | 'later' | 'for good' = 'never'

  readonly send = async (message: Message): Promise<Posted> => {
    if (this.refuse === 'later') throw new Error('421 try again later')
    if (this.refuse === 'for good') return { refused: '550' }
    this.messages.push(message)
    return { refused: null }
  }
}

onEveryEngine('reminders', (world) => {
  const mailbox = new Mailbox()
  let other: Bff
  const make = (one: World): Bff => one.make({ recipientSeenDays: 400, mail: { url: 'https://portal.example', name: 'Velthorn' }, links: { assets: '/', licenseTab: '/devices/{deviceId}#license' } },
    { mail: { send: mailbox.send, from: 'Velthorn <licenses@velthorn.example>', replyTo: 'help@velthorn.example' }, publicUrl: 'https://bff.example' })
  const bell = async (role: 'viewer' | 'member' | 'admin' = 'admin'): Promise<Notifications> => (await world().ask<Notifications>({ role }, 'GET', '/v1/notifications')).body
  const license = async (id: string, lastDay: string): Promise<void> => {
    const csv = `workspace,serial,kind,firstDay,lastDay,reference\nacme,SN-acme-${id},standard,2026-01-01,${lastDay},ref-${id}-${lastDay}\n`
    const { status } = await world().ask({ role: 'vendor' }, 'POST', '/v1/vendor/grants/import', csv)
    assert.equal(status, 200)
  }

  before(async () => {
    world().bff = make(world())
    other = make(world())
    await world().setUp('acme', 'Europe/Berlin', ['a', 'b', 'c'])
    await world().ask({ role: 'host' }, 'PUT', '/v1/host/workspaces/acme', { name: 'acme\r\nBcc: x@y.example', timeZone: 'Europe/Berlin', notifyEmails: ['office@acme.example', 'ANN@acme.example'] })
    await world().ask({ role: 'host' }, 'POST', '/v1/host/sessions', { subject: 'ann', workspace: 'acme', roles: ['member'], email: 'ann@acme.example', emailVerified: true, locale: 'de-AT' })
    await world().ask({ role: 'host' }, 'POST', '/v1/host/sessions', { subject: 'viv', workspace: 'acme', roles: ['viewer'], email: 'viv@acme.example', emailVerified: true })
    await world().ask({ role: 'host' }, 'POST', '/v1/host/sessions', { subject: 'bob', workspace: 'acme', roles: ['admin'], email: 'bob@acme.example', emailVerified: false })
    // START is 2026-11-21, 10:30 in Berlin: the hour of that day is over.
    await license('a', '2026-11-29')
    await license('b', '2026-11-29')
    await license('c', '2026-11-28')
  })

  test('that never ran are told to admins, and to nobody else', async () => {
    assert.deepEqual([(await bell()).warnings, (await bell('member')).warnings], [[{ code: 'reminders-late', since: null }], []])
  })

  test('tell nothing of the time before they were switched on', async () => {
    assert.deepEqual(await world().bff.reminders.run(), { decided: 0, sent: 0 })
    assert.deepEqual([(await bell()).items, (await bell()).warnings], [[], []])
  })

  test('are decided once on their day by two servers at once: one digest for each address, in its language', async () => {
    world().now = START + DAY_MS
    const plan = await world().bff.reminders.plan()
    assert.deepEqual(plan.map(({ due }) => due.map(({ deviceId, rung }) => [deviceId, rung]).sort()), [[['a', 7], ['b', 7]]])
    const ran = await Promise.all([world().bff.reminders.run(), other.reminders.run()])
    assert.equal(ran.reduce((sum, { decided }) => sum + decided, 0), 2)
    assert.deepEqual(await world().bff.reminders.run(), { decided: 0, sent: 0 })
    assert.deepEqual(mailbox.messages.map(({ to }) => to).sort(), ['ann@acme.example', 'office@acme.example'])
    const [german, english] = ['ann@acme.example', 'office@acme.example'].map((to) => mailbox.messages.find((one) => one.to === to))
    assert.match(german?.text ?? '', /2 Lizenzen laufen in den nächsten 7 Tagen ab/)
    assert.match(english?.subject ?? '', /^2 licenses expire within 7 days – acme Bcc: x@y.example$/)
    assert.match(english?.html ?? '', /href="https:\/\/portal.example\/devices\/a#license"/)
    assert.match(english?.headers['List-Unsubscribe'] ?? '', /^<https:\/\/bff\.example\/v1\/unsubscribe\/[\w.-]+>$/)
    assert.deepEqual([english?.headers['List-Unsubscribe-Post'], english?.replyTo], ['List-Unsubscribe=One-Click', 'help@velthorn.example'])
    assert.match(english?.messageId ?? '', /^<[0-9a-f]{32}@velthorn\.example>$/)
  })

  test('fill the bell, and are read by each person alone', async () => {
    const { items, unread } = await bell()
    assert.deepEqual([items.map(({ deviceId, rung, daysRemaining, status }) => [deviceId, rung, daysRemaining, status]).sort(), unread], [[['a', 7, 7, 'expiring'], ['b', 7, 7, 'expiring']], 2])
    assert.deepEqual((await world().ask({ role: 'admin' }, 'POST', `/v1/notifications/${items[0]?.id}/read`)).body, { unread: 1 })
    assert.deepEqual((await world().ask({ role: 'admin' }, 'POST', '/v1/notifications/read', { through: items[0]?.id })).body, { unread: 0 })
    assert.deepEqual([(await bell('viewer')).unread, (await bell()).items.every(({ read }) => read)], [2, true])
    await world().ask({ role: 'member' }, 'POST', '/v1/alerts/expiring/snooze')
    assert.deepEqual([(await bell('member')).unread, (await bell('member')).items.every(({ snoozed }) => snoozed)], [0, true])
  })

  test('are gone when renewed, and wait for a server of mail that is away: one message then, of what still holds', async () => {
    mailbox.refuse = 'later'
    mailbox.messages.length = 0
    world().now = START + 5 * DAY_MS
    assert.deepEqual(await world().bff.reminders.run(), { decided: 3, sent: 0 })
    world().errors.length = 0
    await world().ask({ role: 'member' }, 'POST', '/v1/devices/a/voucher', { code: (await world().codes(1))[0] })
    assert.deepEqual((await bell()).items.map(({ deviceId, rung }) => [deviceId, rung]).sort(), [['b', 3], ['c', 3]])
    world().now = START + 7 * DAY_MS
    mailbox.refuse = 'never'
    assert.deepEqual(await world().bff.reminders.run(), { decided: 2, sent: 2 })
    const message = mailbox.messages.find(({ to }) => to === 'office@acme.example')
    assert.match(message?.subject ?? '', /^1 license expires today, 1 expires within 7 days – /)
    assert.doesNotMatch(message?.text ?? '', /Pump a/)
    await world().bff.reminders.run({ at: START + 6 * DAY_MS })
    assert.equal(mailbox.messages.length, 2)
  })

  test('stop by one click, for that address alone, and begin again', async () => {
    const link = new URL(/<(.*)>/.exec(mailbox.messages.find(({ to }) => to === 'office@acme.example')?.headers['List-Unsubscribe'] ?? '')?.[1] ?? '')
    const ask = async (method: string, path: string, body?: string): Promise<[number, string]> => {
      const response = await world().bff.fetch(new Request(`https://bff.example${path}`, { method, ...(body === undefined ? {} : { body, headers: { 'content-type': 'application/x-www-form-urlencoded' } }) }))
      return [response.status, await response.text()]
    }
    assert.match((await ask('GET', link.pathname))[1], /Stop reminders by e-mail\?/)
    assert.equal((await ask('POST', `${link.pathname.slice(0, -1)}~`, 'List-Unsubscribe=One-Click'))[0], 404)
    assert.match((await ask('POST', link.pathname, 'List-Unsubscribe=One-Click'))[1], /You get no more reminders/)
    mailbox.messages.length = 0
    world().now = START + 8 * DAY_MS
    assert.equal((await world().bff.reminders.run()).sent, 1)
    assert.deepEqual(mailbox.messages.map(({ to }) => to), ['ann@acme.example'])
    assert.match((await ask('POST', link.pathname, 'again=1'))[1], /You get reminders/)
    assert.match((await ask('POST', link.pathname, 'again=1'))[1], /You get reminders/)
    const recipient = `recipient:${/([0-9a-f]{32})/.exec(link.pathname)?.[1] ?? ''}`
    const { body } = await world().ask<{ items: { action: string; who: string; target: string }[] }>({ role: 'vendor' }, 'GET', '/v1/vendor/audit?workspace=acme')
    assert.deepEqual(body.items.filter(({ target }) => target === recipient).map(({ action, who }) => [action, who]), [['reminders-resumed', recipient], ['reminders-stopped', recipient]])
  })

  test('leave an address alone that refuses mail for good', async () => {
    mailbox.refuse = 'for good'
    world().now = START + 9 * DAY_MS
    assert.equal((await world().bff.reminders.run()).sent, 0)
    mailbox.refuse = 'never'
    mailbox.messages.length = 0
    await license('c', '2026-12-02')
    world().now = START + 10 * DAY_MS
    const { status } = await world().ask({ role: 'admin' }, 'POST', '/v1/webhooks', { url: 'https://hooks.example/', events: ['reminders.no-recipient'] })
    assert.equal(status, 201)
    assert.deepEqual([(await world().bff.reminders.run()).sent, (await bell()).warnings.map(({ code }) => code)], [0, ['no-recipient']])
    await world().bff.reminders.run()
    const told = await world().database.db.selectFrom('webhook_events').select(['type', 'payload']).execute()
    assert.deepEqual(told.map(({ type, payload }) => [type, (JSON.parse(payload) as { data: unknown }).data]), [['reminders.no-recipient', { workspace: 'acme', date: '2026-12-01' }]])
  })

  test('change nothing when the clock steps back and forth', async () => {
    const before = await world().database.db.selectFrom('reminders').select('id').orderBy('id').execute()
    for (const days of [2, 10, 1, 10]) await world().bff.reminders.run({ at: START + days * DAY_MS })
    assert.deepEqual(await world().database.db.selectFrom('reminders').select('id').orderBy('id').execute(), before)
  })

  test('are told nobody twice where a clock was set back and jumps ahead of where it was', async () => {
    await world().ask({ role: 'host' }, 'PUT', '/v1/host/workspaces/acme', { name: 'acme', timeZone: 'Europe/Berlin', notifyEmails: ['new@acme.example'] })
    await license('b', '2026-12-16')
    world().now = START + 22 * DAY_MS
    await world().bff.reminders.run()
    assert.equal((await world().bff.reminders.run()).sent, 0)
    assert.match(mailbox.messages.find(({ to }) => to === 'new@acme.example')?.text ?? '', /Pump b/)
    mailbox.messages.length = 0
    for (const days of [17, 23]) {
      world().now = START + days * DAY_MS
      await world().bff.reminders.run()
    }
    assert.deepEqual(mailbox.messages.filter(({ to, text }) => to === 'new@acme.example' && text.includes('Pump b')), [])
    await license('c', '2026-12-17')
    world().now = START + 25 * DAY_MS
    await world().bff.reminders.run()
    assert.match(mailbox.messages.find(({ to }) => to === 'new@acme.example')?.text ?? '', /Pump c/)
  })

  test('are forgotten when they are older than the policy keeps them, with their digests', async () => {
    const kept = async (): Promise<number[]> => Promise.all((['reminders', 'digests', 'notification_reads', 'bounces'] as const).map(async (table) =>
      (await world().database.db.selectFrom(table).selectAll().execute()).length))
    world().now = START + 399 * DAY_MS
    await world().bff.reminders.run()
    const [reminders = 0, digests = 0] = await kept()
    assert.ok(reminders > 0 && digests > 0)
    world().now = START + 820 * DAY_MS
    await world().bff.reminders.run()
    assert.deepEqual(await kept(), [0, 0, 0, 0])
  })
})
