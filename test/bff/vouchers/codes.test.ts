import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatCode } from '../../../bff/rules/index.ts'
import { onEveryEngine } from '../engines.ts'
import { dump } from '../ledger/tables.ts'
import { Desk, fresh, UNKNOWN, verdict } from './desk.ts'

/** What a paste adds to a code. */
const PASTES: Record<string, (code: string) => string> = {
  'as it is': (code) => code,
  'in groups of four': formatCode,
  'with spaces around and inside': (code) => `  ${code.slice(0, 7)} ${code.slice(7)}\t`,
  'over two lines': (code) => `${code.slice(0, 10)}\r\n${code.slice(10)}\n`,
  'in straight quotes': (code) => `"${code}"`,
  'in quotation marks of a letter': (code) => `\u201e${formatCode(code)}\u201c`,
  'with en dashes': (code) => formatCode(code).replaceAll('-', '\u2013'),
  'with soft hyphens': (code) => formatCode(code).replaceAll('-', '\u00ad'),
  'with no-break and narrow spaces': (code) => formatCode(code).replaceAll('-', '\u00a0').replace('\u00a0', '\u202f'),
  'with a zero-width space and a byte-order mark': (code) => `\ufeff${code.slice(0, 4)}\u200b${code.slice(4)}`,
  'between right-to-left marks': (code) => `\u200f${code}\u200e`,
}

/** What cannot be a code; `short` is one that was issued. */
const MALFORMED: [name: string, make: (code: string) => string, reason: string, remedy: string][] = [
  ['nothing', () => '', 'empty', 'check-code'],
  ['only hyphens', () => '----', 'empty', 'check-code'],
  ['one sign', () => 'A', 'length', 'check-code'],
  ['nine signs', () => 'abcdefghi', 'length', 'check-code'],
  ['65 signs', () => 'a'.repeat(65), 'length', 'check-code'],
  ['10,000 signs', () => 'A'.repeat(10_000), 'length', 'check-code'],
  ['SQL', () => `' or 1=1 --abcdefghij`, 'signs', 'check-code'],
  ['template syntax', () => '{{constructor}}', 'signs', 'check-code'],
  ['a Cyrillic look-alike', (code) => code.replace(/.$/, '\u0410'), 'signs', 'check-code'],
  ['full-width letters', () => '\uff21\uff22\uff23\uff24\uff25\uff26\uff27\uff28\uff29\uff2a', 'signs', 'check-code'],
  ['a comma', (code) => `${code},`, 'signs', 'check-code'],
  ['an issued code in small letters', (code) => code.toLowerCase(), 'lower-case', 'capital-letters'],
  ['an issued code with one small letter', (code) => code.replace(/[A-Z]/, (sign) => sign.toLowerCase()), 'lower-case', 'capital-letters'],
  ['an issued code with two signs swapped', () => '7KDRQ4MXT9E8KQF23WHR', 'check', 'check-code'],
  ['an issued code with one wrong sign', () => '8KDRQ4MXT9E8KQF23WRH', 'check', 'check-code'],
]

onEveryEngine('codes', (world) => {
  for (const [name, paste] of Object.entries(PASTES)) {
    test(`are redeemed and previewed ${name}`, async () => {
      const desk = await Desk.open(world(), { devices: ['a', 'b'] })
      const [ours, theirs] = [await desk.code(), fresh('Imported0').replace('-', 'x')]
      assert.equal(await desk.bring({ code: theirs }), 200)
      for (const code of [ours, theirs]) {
        assert.equal(verdict(await desk.preview(paste(code), code === ours ? 'a' : 'b')), '200 activated')
        assert.equal(verdict(await desk.redeem(paste(code), code === ours ? 'a' : 'b')), '200 activated')
        assert.equal(verdict(await desk.redeem(code, code === ours ? 'a' : 'b')), '200 already-redeemed')
      }
    })
  }

  test('that cannot be are refused before anything is looked up or written', async () => {
    const desk = await Desk.open(world())
    const code = await desk.code()
    await desk.license('pump-1', desk.member)
    const before = await dump(world().database)
    for (const [name, make, reason, remedy] of MALFORMED) {
      for (const ask of ['redeem', 'preview'] as const) {
        const answer = await desk[ask](make(code))
        assert.deepEqual([verdict(answer), answer.body.reason, answer.body.remedy, answer.body.triesLeft],
          ['422 voucher-malformed', reason, remedy, undefined], name)
      }
    }
    assert.deepEqual(await dump(world().database), before)
  })

  test('in the body as anything but one string are refused by the schema', async () => {
    const desk = await Desk.open(world())
    for (const body of [{}, { code: 5 }, { code: null }, { code: ['x'] }, { code: UNKNOWN, days: 9 }, [], 'null'])
      assert.equal((await world().ask(desk.member, 'POST', '/v1/devices/pump-1/voucher', body, { 'content-type': 'application/json' })).status, 422)
  })
})

/** Codes of somebody else's, from the shortest to the longest. */
const IMPORTED = ['a'.repeat(9) + '1', 'Z'.repeat(63) + '0', 'MixedCase1234', '12345678901234567890', 'abcdefghijklmnopqrst']

onEveryEngine('codes that were imported', (world) => {
  for (const code of IMPORTED) {
    test(`${code} is redeemed as it is, and is another in other capitals`, async () => {
      const desk = await Desk.open(world())
      assert.equal(await desk.bring({ code, days: 12 }), 200)
      const swapped = code.replaceAll(/[a-z]/gi, (sign) => (sign === sign.toLowerCase() ? sign.toUpperCase() : sign.toLowerCase()))
      if (swapped !== code) assert.equal(verdict(await desk.redeem(swapped)), '404 voucher-not-found')
      const { body } = await desk.redeem(code)
      assert.deepEqual([body.outcome, body.grant.days, body.grant.source.last4], ['activated', 12, code.slice(-4)])
    })
  }

  test('of our shape with a wrong check are refused by the import, with the others of the file', async () => {
    const desk = await Desk.open(world())
    const good = fresh('GoodCode00').replace('-', '')
    assert.equal(await desk.bring({ code: good }, { code: '8KDRQ4MXT9E8KQF23WRH' }), 422)
    assert.equal(verdict(await desk.redeem(good)), '404 voucher-not-found')
    assert.equal(await desk.bring({ code: good }, { code: UNKNOWN }), 200)
    assert.equal(verdict(await desk.redeem(UNKNOWN)), '200 activated')
  })

  test('are told apart by every sign: two that differ in one letter’s case are two vouchers', async () => {
    const desk = await Desk.open(world(), { devices: ['a', 'b'] })
    assert.equal(await desk.bring({ code: 'TwinsCode1', days: 1 }, { code: 'TwinsCodE1', days: 2 }), 200)
    assert.deepEqual([(await desk.redeem('TwinsCode1', 'a')).body.grant.days, (await desk.redeem('TwinsCodE1', 'b')).body.grant.days], [1, 2])
  })
})
