import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { formatDay } from '../../bff/rules/calendar.ts'
import { MailServer } from '../mail-server.ts'
import { call, done, fails, folder, json } from './program.ts'
import { contentOf, DAY_MS, NOW, TODAY, world } from './reminding.ts'

interface Ran { decided: number; sent: number; failed: number; waiting: number }

suite('reminders run', { concurrency: 3 }, () => {
  const server = new MailServer()
  before(async () => { await server.start() })
  after(async () => { await server.stop() })

  test('sends what is due once, however often it runs; mail that is refused goes out later, with the same Message-ID', async () => {
    const where = await world(server.url)
    server.manners.judges = '451 Try again later'
    const failed = await call(['reminders', 'run', '--json'], where)
    assert.deepEqual([failed.code, JSON.parse(failed.out)], [1, { decided: 2, sent: 0, failed: 1, waiting: 1 } satisfies Ran])
    assert.equal(failed.err, 'license-bff: 1 message could not be handed over; 1 waits for the next run (the mail server did not take a message: 451 at DATA)\n')
    server.manners.judges = null
    assert.equal(await done(['reminders', 'run'], where), 'decided 0 reminders, sent 1 message')
    assert.deepEqual(await json<Ran>(['reminders', 'run'], where), { decided: 0, sent: 0, failed: 0, waiting: 0 })
    const [mail, ...more] = server.taken
    assert.deepEqual([more.length, mail?.messageId], [0, server.refused[0]?.messageId])
    assert.deepEqual([mail?.subject, mail?.from?.text, mail?.replyTo?.text], ['2 licenses expire within 7 days – Acme <b>', '"Velthorn" <licenses@velthorn.example>', 'help@velthorn.example'])
    assert.match(mail?.text ?? '', /Pump a \(SN-a\)[^]*https:\/\/portal\.example\/devices\/a#license[^]*https:\/\/bff\.example\/v1\/unsubscribe\//)
  })

  test('says so where there is no mail server at all, and exits with 1', async () => {
    const where = await world('smtp://127.0.0.1:9')
    await fails(['reminders', 'run', '--db', 'sqlite:license.db'], where, 1, '1 message could not be handed over; 1 waits for the next run (the mail server did not take a message: … at CONN)', 'decided 2 reminders, sent 0 messages')
  })

  test('decides as of an instant between the last run and now, and nothing as of one before', async () => {
    const where = await world()
    const at = (days: number): string[] => ['--at', new Date(NOW - days * DAY_MS).toISOString()]
    assert.match(await done(['reminders', 'run', ...at(2.9)], where), /^decided 0 reminders; only the portal shows them, as LICENSE_SMTP_URL is not set$/)
    assert.match(await done(['reminders', 'run'], where), /^decided 2 reminders; /)
    const content = contentOf(where)
    assert.match(await done(['reminders', 'run', ...at(1)], where), /^reminders ran at 20\S+, which is later; nothing was changed$/)
    assert.deepEqual(contentOf(where), content)
  })

  test('tells by --dry-run what it would decide, also in future, and changes nothing', async () => {
    const where = await world(server.url)
    const content = contentOf(where)
    assert.match(await done(['reminders', 'run', '--dry-run'], where), /^WORKSPACE +DATE +REMINDERS +DEVICES \(DAYS BEFORE\)\nacme +20\S+ +2 +a \(7\), b \(7\)$/)
    const { items: [plan] } = await json<{ items: { count: number; due: object[] }[] }>(['reminders', 'run', '--dry-run', '--at', new Date(NOW + 180 * DAY_MS).toISOString()], where)
    const end = (days: number): string => `${formatDay(TODAY + days + 1)}T00:00:00.000Z`
    assert.deepEqual(plan?.due, [{ deviceId: 'a', rung: -1, expiresAt: end(6) }, { deviceId: 'b', rung: -1, expiresAt: end(6) }, { deviceId: 'c', rung: 30, expiresAt: end(200) }])
    assert.deepEqual(contentOf(where), content)
  })

  test('refuses instants that would tell people what is not so', async () => {
    const where = await world()
    await fails(['reminders', 'run', '--at', new Date(NOW + DAY_MS).toISOString()], where, 2, '--at is in the future, and people would be told too early; add --dry-run to see what they would be told')
    await fails(['reminders', 'run', '--at', '2026-11-20T00:00:00Z'], { cwd: folder() }, 1, 'reminders have never run here, and tell nothing of the time before they do; run them once without --at')
  })
})
