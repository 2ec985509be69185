import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { PORTAL_POLICY } from '../../bff/cli/demo/portal/visit.ts'
import { SAMPLE_DEVICES } from '../../bff/cli/demo/sample.ts'
import { formatDay, parseDay } from '../../bff/rules/calendar.ts'
import { assertInert, assertWhole, demoOfSuite, wordsOf } from './demos.ts'

const IDS = SAMPLE_DEVICES.filter(({ workspace, removed }) => workspace === 'demo' && removed !== true).map(({ id }) => id)

/** Noon in Berlin or an hour later, of a date some days from another one. */
function noon(date: string, days: number): string {
  return `${formatDay((parseDay(date) ?? 0) + days)}T11:00:00.000Z`
}

suite('the portal’s pages', () => {
  const asked = demoOfSuite()

  test('carry the strict policy, and no script or style of their own', async () => {
    for (const path of ['/', '/?status=expired', '/devices/hp-north', '/devices/nobody']) {
      const { headers, text } = await asked.page(path)
      assert.equal(headers.get('content-security-policy'), PORTAL_POLICY)
      assert.equal(PORTAL_POLICY, "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'")
      assert.deepEqual([headers.get('x-content-type-options'), headers.get('cache-control'), headers.get('referrer-policy')], ['nosniff', 'no-store', 'same-origin'])
      assertWhole(text)
      assertInert(text)
    }
  })

  test('begin with a way to skip to the content, and name their language', async () => {
    for (const path of ['/', '/devices/hp-north']) {
      const { text } = await asked.page(path)
      assert.match(text, /<html lang="en">/)
      assert.match(text, /<body>\s*<a class="skip" href="#main">/)
      assert.match(text, /<main id="main"/)
      assert.equal(text.match(/<h1>/g)?.length, 1)
    }
  })

  test('list every device with serial number, site, status, days, last day and type', async () => {
    const { text } = await asked.page('/')
    const rows = text.split('<tr role="row">').slice(2).map(wordsOf)
    assert.equal(rows.length, IDS.length)
    const devices = await asked.devices()
    const dates = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' })
    for (const { name, serial, siteId, license } of devices) {
      const row = rows.find((one) => one.includes(serial))
      assert.ok(row?.includes(name) && row.includes(siteId ?? ''), name)
      if (license.lastDay !== null) assert.ok(row?.includes(dates.format(new Date(license.lastDay))), name)
    }
    assert.ok(rows.some((row) => /Expires today · (\d+h )?(\d+m )?/.test(row)))
    assert.match(wordsOf(text), /Valid until end of day/)
  })

  test('count by status as the API does, and filter by it', async () => {
    const { text } = await asked.page('/')
    assert.match(wordsOf(text), / 4 Active 3 Expiring 2 Grace period 3 Expired 1 No license /)
    const filtered = await asked.page('/?status=grace')
    assert.match(wordsOf(filtered.text), /2 of 13 devices Show all/)
    assert.match(filtered.text, /class="tile info" href="\/" aria-current="true"/)
    assert.match(wordsOf((await asked.page('/?alert=expiring')).text), /4 of 13 devices/)
  })

  test('sort by what the API sorts by, and say so', async () => {
    const { text } = await asked.page('/?sort=-name')
    assert.match(text, /class="name" aria-sort="descending"/)
    const names = [...text.matchAll(/scope="row" class="name" title="([^"]+)"/g)].map(([, name = '']) => name)
    assert.deepEqual(names, names.toSorted().reverse())
    assert.equal((await asked.page('/?sort=colour')).status, 422)
    assert.equal((await asked.page('/?status=lost')).status, 422)
  })

  test('lead from page to page where there are more devices than fit', async () => {
    const rows = Array.from({ length: 60 }, (_, index) =>
      JSON.stringify({ workspace: 'demo', id: `many-${index}`, serial: `MANY-${index}`, model: 'HP-8', name: `Pump ${index}` }))
    const { status } = await asked.ask('/v1/host/devices', {
      method: 'POST', body: rows.join('\n'), headers: { authorization: 'Bearer demo-host', 'content-type': 'application/x-ndjson' },
    })
    assert.equal(status, 200)
    const first = await asked.page('/?status=none&sort=serial')
    assert.match(wordsOf(first.text), /61 of 73 devices/)
    const [, next = ''] = /<a class="button" href="([^"]+)">Next page/.exec(first.text) ?? []
    const second = await asked.page(next.replaceAll('&amp;', '&'))
    assert.equal(second.text.match(/<tr role="row">/g)?.length, 1 + 11)
    assert.doesNotMatch(second.text, /Next page/)
    for (let index = 0; index < 60; index += 1) await asked.api('DELETE', `/v1/devices/many-${index}`)
  })

  for (const [days, say] of [
    [-31, () => / · 31 days /],
    [0, (status: string) => (status === 'grace' ? /Grace ends today · 1[0-3]h.*1[0-3]h.* left/ : /Expires today · 1[0-3]h.*1[0-3]h.* left/)],
    [1, () => /Expired · 1 day ago.*0 days 1 day ago/],
  ] as const) {
    test(`draw every device ${days < 0 ? `${-days} days before its last day` : days === 0 ? 'on its last day' : 'the day after'}`, async () => {
      for (const { id, license: { lastDay, type } } of await asked.devices()) {
        if (lastDay === null) continue
        await asked.moveTo(noon(lastDay, days))
        const { status, text } = await asked.page(`/devices/${id}`)
        const words = wordsOf(text)
        assert.equal(status, 200)
        assertWhole(text)
        assert.match(words, say(type === 'grace' ? 'grace' : 'standard'), id)
        assert.match(words, /\d, end of day Berlin time/, id)
        assert.equal(/Dashboard closed/.test(words), days > 0, id)
      }
      await asked.moveTo(null)
    })
  }

  test('draw every device in the next century and in the last', async () => {
    for (const now of ['2126-01-01T00:00:00Z', '1927-01-01T00:00:00Z']) {
      await asked.moveTo(now)
      for (const path of ['/', ...IDS.map((id) => `/devices/${id}`)]) {
        const { status, text } = await asked.page(path)
        assert.equal(status, 200, `${path} at ${now}`)
        assertWhole(text)
      }
    }
    await asked.moveTo(null)
  })

  test('tell that the clock was moved, and offer the way back', async () => {
    const { headers } = await asked.form('/clock', { addDays: '30', back: '/' })
    assert.equal(headers.get('location'), '/')
    assert.match(wordsOf((await asked.page('/')).text), /moved by \+30 days/)
    await asked.form('/clock', { addDays: '', back: '/' })
    assert.doesNotMatch(wordsOf((await asked.page('/')).text), /moved by/)
  })

  test('answer a device that does not exist with a page, or with a problem for who wants none', async () => {
    for (const id of ['nobody', 'hp-harbour', 'ws-cellar', '%F0%9F%92%A7', "'%20or%201=1--"]) {
      const { status, text } = await asked.page(`/devices/${id}`)
      assert.equal(status, 404)
      assert.match(text, /There is no such page/)
    }
    const { status, headers } = await asked.ask('/devices/nobody')
    assert.deepEqual([status, headers.get('content-type')], [404, 'application/problem+json'])
  })

  test('keep markup, quotes and direction marks of names inert', async () => {
    const name = '<img src=x onerror=alert(1)>"\'&amp;\u202Eevil</bdi><script>alert(1)</script>'
    const { status, body } = await asked.api<{ id: string }>('POST', '/v1/devices', null, { serial: '"><svg onload=1>', model: '<b>', name, siteId: '<i>' })
    assert.equal(status, 201)
    for (const path of ['/', `/devices/${body.id}`]) {
      const { text } = await asked.page(path)
      assertWhole(text)
      assertInert(text)
      assert.ok(wordsOf(text).includes('<img src=x onerror=alert(1)>"\'&'), path)
      assert.ok(text.includes('<bdi>&lt;img'), path)
    }
    await asked.api('DELETE', `/v1/devices/${body.id}`)
  })

  test('serve their style sheet and sign', async () => {
    const style = await asked.ask('/demo.css')
    assert.deepEqual([style.status, style.headers.get('content-type')], [200, 'text/css; charset=utf-8'])
    assert.match(style.text, /prefers-color-scheme: dark/)
    assert.doesNotMatch(style.text, /gradient|url\(|@import/)
    assert.equal((await asked.ask('/demo.svg')).headers.get('content-type'), 'image/svg+xml; charset=utf-8')
  })
})
