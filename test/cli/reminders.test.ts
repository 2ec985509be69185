import Sqlite from 'better-sqlite3'
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import { type ParsedMail, simpleParser } from 'mailparser'
import { SMTPServer } from 'smtp-server'
import { openKeyring } from '../../bff/cli/secret.ts'
import { readSettings } from '../../bff/cli/settings.ts'
import { createBff, migrate } from '../../bff/index.ts'
import { readCsv } from '../../bff/node/csv.ts'
import { openSqlite } from '../../bff/node/sqlite.ts'
import { formatDay } from '../../bff/rules/calendar.ts'
import { call, type Call, done, fails, folder, json } from './program.ts'

const DAY_MS = 86_400_000
const NOW = Date.now()
const TODAY = Math.floor(NOW / DAY_MS)
/** When reminders were switched on in these databases. */
const PAST = NOW - 3 * DAY_MS

const POLICY = { mail: { name: 'Velthorn', url: 'https://portal.example', accent: '#aa3377' }, links: { assets: '/devices', licenseTab: '/devices/{deviceId}#license' } }

interface Ran { decided: number; sent: number; failed: number; waiting: number }
interface Previewed { workspace: string | null; shown: string; devices: number; subject: string; from: string | null; replyTo: string | null; files: string[] }

/** A folder with a database in which reminders were switched on three days ago, and in which since yesterday two licences end in about a week. */
async function world(mailPort?: number): Promise<Call> {
  const cwd = folder()
  const secret = randomBytes(32).toString('base64')
  writeFileSync(join(cwd, 'policy.json'), JSON.stringify(POLICY))
  const database = openSqlite(join(cwd, 'license.db'))
  await migrate(database.db)
  const keyring = await openKeyring(database, readSettings({}, { LICENSE_SECRET: secret }), PAST)
  const bff = createBff({ database, keyring, now: () => PAST, readCsv, authenticate: (request) => JSON.parse(request.headers.get('x-as') ?? '') as never })
  const ask = async (role: string, method: string, path: string, body: unknown): Promise<void> => {
    const type = typeof body === 'string' ? 'text/csv' : 'application/json'
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    const as = JSON.stringify({ subject: role, roles: [role], workspace: null })
    const response = await bff.fetch(new Request(`http://bff.test${path}`, { method, body: text, headers: { 'content-type': type, 'x-as': as } }))
    assert.ok(response.ok, await response.text())
  }
  await ask('host', 'PUT', '/v1/host/workspaces/acme', { name: 'Acme <b>', timeZone: 'UTC', notifyEmails: ['office@acme.example'] })
  for (const id of ['a', 'b', 'c']) await ask('host', 'PUT', `/v1/host/devices/${id}`, { workspace: 'acme', serial: `SN-${id}`, model: 'P', name: `Pump ${id}` })
  const grants = [['a', 6], ['b', 6], ['c', 200]] as const
  const lines = grants.map(([id, days]) => `acme,SN-${id},standard,2026-01-01,${formatDay(TODAY + days)},R-${id}`)
  await ask('vendor', 'POST', '/v1/vendor/grants/import', ['workspace,serial,kind,firstDay,lastDay,reference', ...lines, ''].join('\n'))
  await bff.reminders.run()
  await bff.close()
  await database.close()
  const mail = mailPort === undefined ? {} : {
    LICENSE_SMTP_URL: `smtp://127.0.0.1:${mailPort}`, LICENSE_MAIL_FROM: 'Velthorn <licenses@velthorn.example>', LICENSE_MAIL_REPLY_TO: 'help@velthorn.example', LICENSE_PUBLIC_URL: 'https://bff.example',
  }
  return { cwd, env: { LICENSE_SECRET: secret, LICENSE_POLICY: 'policy.json', ...mail } }
}

/** Everything that a database holds. */
function contentOf({ cwd }: Call): Record<string, unknown[]> {
  const database = new Sqlite(join(cwd, 'license.db'), { readonly: true })
  const names = database.prepare(`select name from sqlite_master where type = 'table' order by name`).pluck().all() as string[]
  const content = Object.fromEntries(names.map((name) => [name, database.prepare(`select * from "${name}"`).all()]))
  database.close()
  return content
}

/** What a mail server took and what it refused; `refusing`: with which answer it refuses messages. */
class MailServer {
  readonly taken: ParsedMail[] = []
  readonly refused: ParsedMail[] = []
  refusing: number | null = null
  readonly #server = new SMTPServer({
    authOptional: true, disabledCommands: ['STARTTLS'],
    onData: (stream, _session, answer) => {
      simpleParser(stream).then((mail) => {
        const isRefused = this.refusing !== null
        ;(isRefused ? this.refused : this.taken).push(mail)
        answer(isRefused ? Object.assign(new Error('try again later'), { responseCode: this.refusing ?? 0 }) : null)
      }, answer)
    },
  })

  async listen(): Promise<number> {
    const listening = this.#server.listen(0, '127.0.0.1')
    await once(listening, 'listening')
    return (listening.address() as AddressInfo).port
  }

  close(): void {
    this.#server.close()
  }
}

suite('reminders run', { concurrency: 3 }, () => {
  const server = new MailServer()
  let port = 0
  before(async () => { port = await server.listen() })
  after(() => { server.close() })

  test('sends what is due once, however often it runs; mail that is refused goes out later, with the same Message-ID', async () => {
    const where = await world(port)
    server.refusing = 451
    const failed = await call(['reminders', 'run', '--json'], where)
    assert.deepEqual([failed.code, JSON.parse(failed.out)], [1, { decided: 2, sent: 0, failed: 1, waiting: 1 } satisfies Ran])
    assert.equal(failed.err, 'license-bff: 1 message could not be handed over; 1 waits for the next run (the mail server did not take a message: 451 at DATA)\n')
    server.refusing = null
    assert.equal(await done(['reminders', 'run'], where), 'decided 0 reminders, sent 1 message')
    assert.deepEqual(await json<Ran>(['reminders', 'run'], where), { decided: 0, sent: 0, failed: 0, waiting: 0 })
    const [mail, ...more] = server.taken
    assert.deepEqual([more.length, mail?.messageId], [0, server.refused[0]?.messageId])
    assert.deepEqual([mail?.subject, mail?.from?.text, mail?.replyTo?.text], ['2 licenses expire within 7 days – Acme <b>', '"Velthorn" <licenses@velthorn.example>', 'help@velthorn.example'])
    assert.match(mail?.text ?? '', /Pump a \(SN-a\)[^]*https:\/\/portal\.example\/devices\/a#license[^]*https:\/\/bff\.example\/v1\/unsubscribe\//)
  })

  test('says so where there is no mail server at all, and exits with 1', async () => {
    const where = await world(9)
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
    const where = await world(port)
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

suite('reminders preview', { concurrency: 3 }, () => {
  test('writes the mail of the only workspace as it would be sent, and changes nothing in the database', async () => {
    const where = await world(9)
    const content = contentOf(where)
    const told = await json<Previewed>(['reminders', 'preview'], where)
    assert.deepEqual(told, {
      workspace: 'acme', shown: 'due', devices: 2, subject: '2 licenses expire within 7 days – Acme <b>', from: 'Velthorn <licenses@velthorn.example>', replyTo: 'help@velthorn.example', files: ['preview.html', 'preview.txt'],
    })
    const [html = '', text = ''] = told.files.map((name) => readFileSync(join(where.cwd, name), 'utf8'))
    assert.match(html, /^<!doctype html>[^]*#aa3377[^]*Acme &lt;b&gt;[^]*href="https:\/\/portal\.example\/devices\/a#license"[^]*href="https:\/\/unsubscribe\.invalid\/preview"/)
    assert.match(text, /^2 licenses need your attention\n[^]*Pump b \(SN-b\)/)
    assert.deepEqual(contentOf(where), content)
  })

  test('writes what was decided today, what ends soonest, or made-up devices, and says which', async () => {
    const where = await world()
    const shown = async (name: string, ...flags: string[]): Promise<string[]> => {
      const { shown: what, devices, subject } = await json<Previewed>(['reminders', 'preview', '--out', name, ...flags], where)
      return [what, String(devices), subject.replace(/ – .*/, '')]
    }
    await done(['reminders', 'run'], where)
    assert.deepEqual(await shown('decided', '--locale', 'de'), ['decided', '2', '2 Lizenzen laufen in den nächsten 7 Tagen ab'])
    assert.deepEqual(await shown('soonest', '--at', new Date(NOW - 2.9 * DAY_MS).toISOString()), ['soonest', '3', '3 licenses expire soon'])
    assert.deepEqual(await shown('sample', '--at', '2025-06-01T12:00:00+02:00'), ['sample', '4', '1 license has expired, 1 expires today, 1 expires within 7 days, 1 expires soon'])
    assert.match(await done(['reminders', 'preview', '--locale', 'de'], { cwd: folder() }), /^preview\.html and preview\.txt: nothing is due, so it shows made-up devices\nFrom: nobody yet, [^]*\nSubject: 1 Lizenz ist abgelaufen, [^\n]* – Beispielbereich$/)
  })

  test('overwrites nothing, and leaves no half of a pair', async () => {
    const where = await world()
    writeFileSync(join(where.cwd, 'mine.txt'), 'mine')
    mkdirSync(join(where.cwd, 'out'))
    await fails(['reminders', 'preview', '--out', 'mine'], where, 1, 'mine.txt exists already; name a new file')
    assert.deepEqual([readFileSync(join(where.cwd, 'mine.txt'), 'utf8'), existsSync(join(where.cwd, 'mine.html'))], ['mine', false])
    await fails(['reminders', 'preview', '--out', 'no/mail'], where, 1, 'no/mail.html cannot be made (ENOENT…)')
    await fails(['reminders', 'preview', '--workspace', 'nobody'], where, 1, 'there is no workspace nobody; workspaces list shows those there are')
    await done(['reminders', 'preview', '--out', 'out'], where)
    assert.deepEqual(readdirSync(join(where.cwd, 'out')), ['preview.html', 'preview.txt'])
    await done(['workspaces', 'create', 'other', '--zone', 'UTC'], where)
    await fails(['reminders', 'preview', '--out', 'new'], where, 2, 'there are 2 workspaces; say which by --workspace')
  })
})
