import assert from 'node:assert/strict'
import { type ParsedMail, simpleParser } from 'mailparser'
import { suite, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { Mailbox } from '../../bff/cli/demo/mailbox.ts'
import { mailboxPage, mailPage } from '../../bff/cli/demo/mailbox.pages.ts'
import { MAIL_POLICY, MAILBOX_POLICY } from '../../bff/cli/demo/mailbox.routes.ts'
import { demoOfSuite } from './demos.ts'

const MARKUP = '<img src=x onerror=alert(1)>&amp;"\'</title>'

suite('the demo’s mailbox', () => {
  const asked = demoOfSuite()

  /** Ids and recipients of the mail there is, the newest first. */
  async function listed(): Promise<{ id: string; to: string }[]> {
    const { text } = await asked.page('/demo/mailbox')
    return [...text.matchAll(/href="\/demo\/mailbox\/(\d+)"[^]*?To ([^<]+)</g)].map(([, id = '', to = '']) => ({ id, to }))
  }

  /** Moves the clock on by days; answers the mail that came of it, as soon as there is some for everybody who is named. */
  async function movedBy(addDays: number, to: readonly string[]): Promise<{ id: string; to: string }[]> {
    const before = new Set((await listed()).map(({ id }) => id))
    assert.equal((await asked.api('POST', '/demo/clock', null, { addDays })).status, 200)
    for (const until = Date.now() + 5_000; Date.now() < until; await wait(50)) {
      const news = (await listed()).filter(({ id }) => !before.has(id))
      if (to.every((one) => news.some((mail) => mail.to === one))) return news
    }
    throw new Error(`no mail came for all of ${to.join(', ')}`)
  }

  async function parsed(id: string): Promise<ParsedMail> {
    const { status, headers, text } = await asked.ask(`/demo/mailbox/${id}.eml`)
    assert.deepEqual([status, headers.get('content-type'), headers.get('content-disposition')], [200, 'message/rfc822', `attachment; filename="mail-${id}.eml"`])
    return simpleParser(text)
  }

  const everybody = ['demo@example.com', 'facility@example.com', 'haustechnik@example.com']

  test('is empty at first, and says what fills it', async () => {
    const { text } = await asked.page('/demo/mailbox')
    assert.match(text, /No mail yet[^]*Move the demo clock/)
    assert.deepEqual(await listed(), [])
  })

  test('is filled by the clock, and so is the bell: one message for everybody, as a mail server would have got it', async () => {
    const mails = await movedBy(2, everybody)
    assert.deepEqual(mails.map(({ to }) => to).sort(), everybody)
    for (const { id, to } of mails) {
      const mail = await parsed(id)
      assert.deepEqual([mail.to].flat().map((one) => one?.text), [to])
      assert.deepEqual([mail.from?.text, mail.replyTo?.text], ['"Velthorn Connect" <reminders@example.com>', '"Velthorn Support" <support@example.com>'])
      assert.match(mail.messageId ?? '', /^<[0-9a-f]{32}@example\.com>$/)
      assert.ok(Math.abs((mail.date?.getTime() ?? 0) - asked.demo.now()) < 10_000)
      assert.match(JSON.stringify(mail.headers.get('list')), new RegExp(`"${asked.demo.url}/v1/unsubscribe/`))
      for (const part of [mail.html || '', mail.text ?? '']) {
        assert.match(part, /Heat pump Boiler room/)
        assert.match(part, new RegExp(`${asked.demo.url}/devices/hp-boiler`))
      }
      assert.match(mail.text ?? '', to === 'haustechnik@example.com' ? /Letzter Tag war der/ : /Last day was/)
    }
    const { body } = await asked.api<{ unread: number }>('GET', '/v1/notifications')
    assert.ok(body.unread > 0)
  })

  test('links lead into the portal, and the link that stops mail does', async () => {
    const [mail] = (await listed()).filter(({ to }) => to === 'facility@example.com')
    const { html = '' } = await parsed(mail?.id ?? '')
    const links = [...(html || '').matchAll(/href="(http[^"]+)"/g)].map(([, link = '']) => new URL(link))
    assert.ok(links.length >= 3)
    for (const { origin, pathname } of links) assert.deepEqual([origin, (await asked.page(pathname)).status], [asked.demo.url, 200])
    const stop = links.find(({ pathname }) => pathname.startsWith('/v1/unsubscribe/'))
    const { status } = await asked.ask(stop?.pathname ?? '', {
      method: 'POST', body: 'List-Unsubscribe=One-Click', headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
    assert.equal(status, 200)
    const mails = await movedBy(4, everybody.filter((to) => to !== 'facility@example.com'))
    await wait(700)
    assert.deepEqual(mails.map(({ to }) => to).sort(), ['demo@example.com', 'haustechnik@example.com'])
    assert.equal((await listed()).filter(({ to }) => to === 'facility@example.com').length, 1)
  })

  test('a clock that goes back sends nothing, and on again nothing twice', async () => {
    const before = await listed()
    await asked.moveTo(null)
    await wait(1_200)
    await asked.api('POST', '/demo/clock', null, { addDays: 6 })
    await wait(1_200)
    assert.deepEqual(await listed(), before)
  })

  test('markup in a device’s name stays text, in the pages and in the mail', async () => {
    const device = JSON.stringify({ workspace: 'demo', id: 'hp-south', serial: 'HP12-20817-51', model: 'HP-12', name: MARKUP })
    const { status } = await asked.ask('/v1/host/devices', { method: 'POST', body: device, headers: { authorization: 'Bearer demo-host', 'content-type': 'application/x-ndjson' } })
    assert.equal(status, 200)
    const mails = await movedBy(5, ['demo@example.com'])
    const id = mails.find(({ to }) => to === 'demo@example.com')?.id ?? ''
    for (const path of ['/demo/mailbox', `/demo/mailbox/${id}`, `/demo/mailbox/${id}.html`]) {
      const { text } = await asked.page(path)
      assert.doesNotMatch(text, /<img src=x/, path)
    }
    assert.match((await asked.page(`/demo/mailbox/${id}.html`)).text, /&lt;img src=x onerror=alert\(1\)&gt;/)
  })

  for (const [path, policy] of [['', MAILBOX_POLICY], ['/1', MAILBOX_POLICY], ['/1.html', MAIL_POLICY]] as const) {
    test(`/demo/mailbox${path} stands under a strict policy, has no script, and is not kept`, async () => {
      const { status, headers, text } = await asked.page(`/demo/mailbox${path}`)
      assert.deepEqual([status, headers.get('content-type'), headers.get('content-security-policy')], [200, 'text/html; charset=utf-8', policy])
      assert.match(policy, /^default-src 'none';(?!.*script-src)/)
      assert.deepEqual([headers.get('cache-control'), headers.get('x-content-type-options')], ['no-store', 'nosniff'])
      assert.doesNotMatch(text, /<script|\son\w+=|javascript:/i)
    })
  }

  test('a message shows where it comes from, its text and its source', async () => {
    const [{ id = '' } = {}] = await listed()
    const { text } = await asked.page(`/demo/mailbox/${id}`)
    for (const name of ['Date', 'From', 'To', 'Reply-To', 'Subject', 'Message-ID', 'List-Unsubscribe']) assert.match(text, new RegExp(`<dt>${name}</dt>`))
    assert.match(text, new RegExp(`<iframe src="/demo/mailbox/${id}\\.html" title="[^"]+" sandbox="(?!.*allow-(?:scripts|same-origin))`))
    assert.match(text, /Content-Transfer-Encoding: quoted-printable/)
  })

  for (const path of ['/0', '/999', '/1.txt', '/x', '/1.html.eml', '/01', '/-1', '/1/2']) {
    test(`/demo/mailbox${path} is not there`, async () => {
      assert.equal((await asked.page(`/demo/mailbox${path}`)).status, 404)
      const { status, headers } = await asked.ask(`/demo/mailbox${path}`)
      assert.deepEqual([status, headers.get('content-type')], [404, 'application/problem+json'])
    })
  }

  test('answers HEAD without a body, and other methods with 405', async () => {
    for (const path of ['', '/1', '/1.html', '/1.eml']) {
      const { status, text } = await asked.ask(`/demo/mailbox${path}`, { method: 'HEAD' })
      assert.deepEqual([status, text], [200, ''])
      for (const method of ['POST', 'PUT', 'DELETE']) {
        const refused = await asked.ask(`/demo/mailbox${path}`, { method })
        assert.deepEqual([refused.status, refused.headers.get('allow')], [405, 'GET, HEAD'])
      }
    }
  })
})

suite('a mailbox', () => {
  test('shows what stands in a message as text', async () => {
    const message = { from: MARKUP, replyTo: MARKUP, to: MARKUP, subject: MARKUP, html: '<html lang="de"><p>x</p>', text: MARKUP, messageId: MARKUP, headers: { 'List-Unsubscribe': MARKUP } }
    const mail = { id: '1', at: 0, message, source: new TextEncoder().encode(MARKUP) }
    for (const page of [`${await mailboxPage([mail], 0)}`, `${await mailPage(mail)}`]) {
      assert.doesNotMatch(page, /<img src=x|<\/title>"/)
      assert.match(page, /<title>(Mailbox|&lt;img src=x onerror=alert\(1\)&gt;&amp;amp;&quot;&#39;&lt;\/title&gt;) · Velthorn Connect<\/title>/)
      assert.match(page, /<bdi lang="de">&lt;img/)
    }
  })

  test('keeps the newest hundred', async () => {
    const mailbox = new Mailbox(() => 0)
    const message = { from: 'a@example.com', replyTo: 'a@example.com', to: 'b@example.com', html: '<p>x</p>', text: 'x', messageId: '<1@example.com>', headers: {} }
    for (let count = 1; count <= 103; count += 1) await mailbox.send({ ...message, subject: `${count}` }, AbortSignal.timeout(1_000))
    assert.deepEqual([mailbox.mails.length, mailbox.mails[0]?.message.subject, mailbox.mails.at(-1)?.message.subject], [100, '103', '4'])
    assert.deepEqual([mailbox.find('3'), mailbox.find('4')?.message.subject], [undefined, '4'])
  })

  test('composes what a mail server takes: lines that end in CR LF, dated by the clock', async () => {
    const mailbox = new Mailbox(() => Date.UTC(2031, 1, 3, 4, 5, 6))
    await mailbox.send({
      from: 'a@example.com', replyTo: 'a@example.com', to: 'b@example.com', subject: 'Zwölf\r\nBcc: c@example.com', html: '<p>x</p>', text: 'x', messageId: '<1@example.com>', headers: {},
    }, AbortSignal.timeout(1_000))
    const source = Buffer.from(mailbox.mails[0]?.source ?? []).toString()
    assert.doesNotMatch(source, /[^\r]\n/)
    assert.match(source, /^Date: Mon, 03 Feb 2031 04:05:06 \+0000\r$/m)
    assert.doesNotMatch(source, /^Bcc:/m)
  })
})
