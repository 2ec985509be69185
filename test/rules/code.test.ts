import assert from 'node:assert/strict'
import { randomFillSync } from 'node:crypto'
import test from 'node:test'
import { codeFault, formatCode, newCode, normalizeCode, type CodeFault } from '../../bff/rules/index.ts'

const ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'
const EXAMPLE = '7KDRQ4MXT9E8KQF23WRH'

/** The check by another way than the code's: remainder by remainder, in plain numbers. */
function withCheck(signs: string): string {
  const rest = [...signs].reduce((number, sign) => (number * 31 + ALPHABET.indexOf(sign)) % 953, 0)
  return signs + ALPHABET.charAt(Math.floor(rest / 31)) + ALPHABET.charAt(rest % 31)
}

const CODES = [EXAMPLE, withCheck('2'.repeat(18)), withCheck('Z'.repeat(18)), withCheck('23456789ABCDEFGHJK'),
  ...Array.from({ length: 6 }, () => newCode(randomFillSync))]

test('the example of the rules is right', () => {
  assert.equal(codeFault(normalizeCode('7KDR-Q4MX-T9E8-KQF2-3WRH')), null)
  assert.equal(withCheck(EXAMPLE.slice(0, 18)), EXAMPLE)
})

test('new codes have 20 signs of the alphabet, a right check and nothing in common', () => {
  const codes = Array.from({ length: 200 }, () => newCode(randomFillSync))
  for (const code of codes) {
    assert.match(code, /^[2-9A-HJKMNP-Z]{20}$/)
    assert.equal(code, withCheck(code.slice(0, 18)))
    assert.equal(codeFault(code), null)
  }
  assert.equal(new Set(codes).size, codes.length)
})

test('every sign of a new code is as likely as every other: eight of the usable bytes give it', () => {
  const bytesOf = new Map<string, number>()
  for (let byte = 0; byte < 248; byte += 1) {
    const code = newCode((bytes) => bytes.fill(byte))
    assert.equal(code, withCheck(code.charAt(0).repeat(18)))
    bytesOf.set(code.charAt(0), (bytesOf.get(code.charAt(0)) ?? 0) + 1)
  }
  assert.deepEqual([...bytesOf.keys()].sort().join(''), ALPHABET)
  assert.deepEqual([...new Set(bytesOf.values())], [8])
})

test('bytes that would make some signs likelier are passed over', () => {
  const buffers = [new Uint8Array(64).fill(248), new Uint8Array(64).fill(255), new Uint8Array(64).fill(247)]
  assert.equal(newCode((bytes) => { bytes.set(buffers.shift() ?? assert.fail('asked too often')) }), withCheck('Z'.repeat(18)))
})

test('every wrong sign at every place is found at once', () => {
  for (const code of CODES) {
    for (let place = 0; place < 20; place += 1) {
      for (const sign of ALPHABET) {
        const typed = code.slice(0, place) + sign + code.slice(place + 1)
        assert.equal(codeFault(typed), sign === code[place] ? null : 'check', `${code} -> ${typed}`)
      }
    }
  }
})

test('every swap of neighbours is found at once', () => {
  for (const code of CODES) {
    for (let place = 0; place < 19; place += 1) {
      const typed = code.slice(0, place) + code.charAt(place + 1) + code.charAt(place) + code.slice(place + 2)
      assert.equal(codeFault(typed), typed === code ? null : 'check', `${code} -> ${typed}`)
    }
  }
})

const FAULTS: readonly [name: string, code: string, fault: CodeFault | null][] = [
  ['nothing', '', 'empty'],
  ['one sign', 'A', 'length'],
  ['9 signs', 'A'.repeat(9), 'length'],
  ['10 signs', 'A'.repeat(10), null],
  ['64 signs', 'A'.repeat(64), null],
  ['65 signs', 'A'.repeat(65), 'length'],
  ['10,000 signs', 'A'.repeat(10_000), 'length'],
  ['one sign too few of ours, as an imported code may have', EXAMPLE.slice(1), null],
  ['one sign too many of ours, as an imported code may have', `${EXAMPLE}2`, null],
  ['our code', EXAMPLE, null],
  ['our code in small letters', EXAMPLE.toLowerCase(), 'lower-case'],
  ['our code with one small letter', EXAMPLE.replace('K', 'k'), 'lower-case'],
  ['our shape in small letters with a wrong check, as an imported code may be', EXAMPLE.toLowerCase().replace('7', '8'), null],
  ['20 signs with one that we do not use, as an imported code may have', EXAMPLE.replace('7', '0'), null],
  ['an imported code in small letters', 'abcdefghij', null],
  ['Cyrillic look-alikes', EXAMPLE.replace('K', '\u041a'), 'signs'],
  ['a Greek look-alike in small letters', EXAMPLE.toLowerCase().replace('k', '\u03ba'), 'signs'],
  ['the Kelvin sign for a K', EXAMPLE.replace('K', '\u212a'), 'signs'],
  ['the long s, whose capital is an S', 'AAAAAAAAA\u017f', 'signs'],
  ['full-width letters', '７ＫＤＲＱ４ＭＸＴ９Ｅ８ＫＱＦ２３ＷＲＨ', 'signs'],
  ['Arabic digits', '\u0661'.repeat(12), 'signs'],
  ['an umlaut', 'ÄBCDEFGHIJKL', 'signs'],
  ['SQL', `x'); drop table vouchers`, 'signs'],
  ['a template', '{{7*7}}ABCDEF', 'signs'],
  ['an emoji', '🎟ABCDEFGHIJ', 'signs'],
  ['an unpaired surrogate', '\ud83cABCDEFGHIJ', 'signs'],
  ['a line break at the end', `${EXAMPLE}\n`, 'signs'],
]
for (const [name, code, fault] of FAULTS) {
  test(`${name}: ${fault === null ? 'may exist' : `refused for ${fault}`}`, () => assert.equal(codeFault(code), fault))
}

test('our codes are read in five groups of four, others as they are', () => {
  assert.equal(formatCode(EXAMPLE), '7KDR-Q4MX-T9E8-KQF2-3WRH')
  assert.equal(formatCode('imported0code'), 'imported0code')
  assert.equal(formatCode(EXAMPLE.toLowerCase()), EXAMPLE.toLowerCase())
  for (const code of CODES) assert.equal(normalizeCode(formatCode(code)), code)
})
