import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { type Answered, assertInert, assertWhole, demoOfSuite, wordsOf } from './demos.ts'

suite('redeeming by form', () => {
  const asked = demoOfSuite()
  const send = (id: string, step: string, code: string, headers: Record<string, string> = {}): Promise<Answered> =>
    asked.form(`/devices/${id}/voucher`, { step, code }, headers)
  const code = (index: number): string => asked.demo.codes[index] ?? ''
  /** The same code with its last two signs swapped: always told apart. */
  const mistyped = (text: string): string => `${text.slice(0, -2)}${text.at(-1)}${text.at(-2)}`

  async function follow({ status, headers }: Answered): Promise<string> {
    assert.equal(status, 303)
    const { text, status: then } = await asked.page(headers.get('location') ?? '')
    assert.equal(then, 200)
    assertWhole(text)
    return wordsOf(text)
  }

  test('previews what the voucher will do, with a button that says it, and changes nothing', async () => {
    const { status, text } = await send('hp-south', 'preview', code(0))
    assert.equal(status, 200)
    assertWhole(text)
    assertInert(text)
    assert.match(wordsOf(text), /Adds 365 days Kept from today’s license 12 days New expiration \d+ \w+ \d{4}, end of day .*Use another code Renew until \d+ \w+ \d{4}/)
    assert.equal(text.match(/class="filled"/g)?.length, 1)
    assert.equal((await asked.devices()).find(({ id }) => id === 'hp-south')?.license.daysRemaining, 12)
  })

  test('lists the features that an expired licence gains', async () => {
    assert.match(wordsOf((await send('hp-stable', 'preview', code(0))).text), /Opens Dashboard, History, Functions, Automation, Integrations, Site analytics, Reports/)
  })

  test('renews, sends the browser on, and tells it there', async () => {
    const answer = await send('hp-south', 'redeem', ` ${code(0).replaceAll('-', ' – ')}\n`)
    assert.doesNotMatch(answer.headers.get('location') ?? '', new RegExp(code(0).slice(0, 4)))
    assert.match(answer.headers.get('location') ?? '', /#notice$/)
    assert.match(await follow(answer), /The license is renewed\. The voucher added 365 days; valid until \d+ \w+ \d{4}, end of day\./)
    assert.equal((await asked.devices()).find(({ id }) => id === 'hp-south')?.license.daysRemaining, 377)
  })

  test('activates a device without a licence', async () => {
    assert.match(await follow(await send('vu-archive', 'redeem', code(1))), /The license is active\./)
  })

  test('says that a code stands on the device already, as a success', async () => {
    assert.match(await follow(await send('vu-archive', 'redeem', code(1))), /This voucher is on this device already\. It was redeemed on .* Nothing was changed\./)
    const { status, text } = await send('vu-archive', 'preview', code(1))
    assert.equal(status, 200)
    assert.match(wordsOf(text), /This voucher is on this device already/)
  })

  for (const [what, given, status, words] of [
    ['a mistyped code', () => mistyped(code(2)), 422, /This code has a typing mistake\. .* Nothing was used up\./],
    ['small letters', () => code(2).toLowerCase(), 422, /Use capital letters\./],
    ['nothing', () => '', 422, /Enter a voucher code\./],
    ['a word', () => 'voucher', 422, /This is no whole voucher code\./],
    ['markup', () => '"><script>alert(1)</script>', 422, /holds signs that no code has/],
    ['a code that is used', () => code(1), 409, /This voucher is used up\. .* Ask sales for another one\. 9 tries are left\./],
    ['a code that nobody issued', () => 'ABCDEFGHJK12345', 404, /There is no such voucher\. .* 8 tries are left\./],
  ] as const) {
    test(`refuses ${what} with its remedy`, async () => {
      const answer = await send('hp-boiler', 'redeem', given())
      assert.equal(answer.status, status)
      assertWhole(answer.text)
      assertInert(answer.text)
      assert.match(wordsOf(answer.text), words)
      assert.match(answer.text, /<title>Error: /)
      assert.match(answer.text, /aria-describedby="answer hint" aria-invalid="true" autofocus/)
      assert.match(answer.text, /id="answer" role="alert"/)
    })
  }

  test('keeps what was typed, escaped', async () => {
    const { text } = await send('hp-boiler', 'preview', '"><b>x')
    assert.match(text, /name="code" value="&quot;&gt;&lt;b&gt;x"/)
  })

  test('refuses in German', async () => {
    const { text } = await send('hp-boiler', 'preview', mistyped(code(2)), { 'accept-language': 'de' })
    assert.match(wordsOf(text), /Dieser Code enthält einen Tippfehler\. .* Es wurde nichts verbraucht\./)
  })

  test('undoes what was redeemed, and offers nothing more to undo', async () => {
    const { text } = await asked.page('/devices/vu-archive')
    assert.match(wordsOf(text), new RegExp(`Undo voucher ····${code(1).slice(-4)}`))
    const words = await follow(await asked.form('/devices/vu-archive/undo', {}))
    assert.match(words, new RegExp(`Voucher ····${code(1).slice(-4)} was taken back\\.`))
    assert.match(words, /\+365 days Undone/)
    assert.doesNotMatch(words, /Undo voucher/)
    const again = await asked.form('/devices/vu-archive/undo', {})
    assert.equal(again.status, 409)
    assert.match(wordsOf(again.text), /There is nothing to undo\./)
  })

  test('believes no address that claims what did not happen', async () => {
    for (const query of ['done=renewed&grant=nothing', 'done=renewed', 'done=undone&grant=<b>', 'done=won&grant=x']) {
      assert.doesNotMatch((await asked.page(`/devices/hp-boiler?${query}`)).text, /id="notice"/)
    }
  })

  test('offers a viewer no form, and refuses one that a viewer sends', async () => {
    const viewer = { authorization: 'Bearer demo-viewer' }
    const { text } = await asked.page('/devices/hp-boiler', viewer)
    assert.doesNotMatch(text, /name="code"/)
    assert.match(wordsOf(text), /Your role can look, but not redeem\./)
    assert.equal((await send('hp-boiler', 'redeem', code(2), viewer)).status, 403)
    assert.equal((await asked.form('/devices/hp-office/undo', {}, { authorization: 'Bearer demo-member' })).status, 403)
    assert.equal((await asked.page('/', { authorization: 'Bearer nobody' })).status, 401)
  })

  test('pauses after ten refusals, and says until when', async () => {
    let answer = await send('hp-boiler', 'preview', 'ABCDEFGHJK00000')
    for (let tried = 1; tried < 12 && answer.status === 404; tried += 1) answer = await send('hp-boiler', 'preview', `ABCDEFGHJK0000${tried}`)
    assert.equal(answer.status, 429)
    assert.match(wordsOf(answer.text), /Redeeming is paused\. Too many codes were refused\. Try again after .*\d{4}, \d+:\d\d\./)
  })

  test('leads who reloads the answer by its address to the device', async () => {
    const { status, headers } = await asked.page('/devices/hp-boiler/voucher?lang=de')
    assert.deepEqual([status, headers.get('location')], [303, '/devices/hp-boiler?lang=de'])
  })

  test('answers for a device that does not exist with 404', async () => {
    assert.equal((await send('nobody', 'redeem', code(3))).status, 404)
    assert.equal((await asked.form('/devices/nobody/undo', {})).status, 404)
  })
})
