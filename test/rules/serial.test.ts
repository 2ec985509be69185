import assert from 'node:assert/strict'
import test from 'node:test'
import { normalSerial } from '../../bff/rules/index.ts'

const SAME: readonly [name: string, serial: string, normal: string][] = [
  ['as it is', 'SN1234', 'SN1234'],
  ['small letters', 'sn1234', 'SN1234'],
  ['spaces inside and around', ' SN 12 34\n', 'SN1234'],
  ['a no-break space', 'SN\u00a01234', 'SN1234'],
  ['hyphens', 'SN-12-34', 'SN1234'],
  ['dashes of other kinds', 'SN\u20111\u20132\u22123\u20144', 'SN1234'],
  ['dashes of formulas and lists', 'SN\u20431\u20532\u207b3\u208b4', 'SN1234'],
  ['invisible signs', '\ufeffSN\u200b12\u200e34\u0000', 'SN1234'],
  ['a blank of Braille and marks of annotations', '\u2800S\ufff9N\ufffa12\ufffb34\ufffc', 'SN1234'],
  ['a soft hyphen', 'SN\u00ad1234', 'SN1234'],
  ['full-width letters', 'ＳＮ１２３４', 'SN1234'],
  ['a full-width hyphen', 'SN－1234', 'SN1234'],
  ['a ligature', 'ﬁ12', 'FI12'],
  ['a letter and its accent apart', 'e\u03011', '\u00c91'],
  ['a letter and its accent parted by an invisible sign', 'e\u200d\u03011', '\u00c91'],
  ['a sharp s', 'ß1', 'SS1'],
  ['a capital sharp s', 'ẞ1', 'SS1'],
  ['a letter whose capital comes in parts', '\u0390', '\u03aa\u0301'],
]
for (const [name, serial, normal] of SAME) {
  test(`the normal form of a serial number: ${name}`, () => assert.equal(normalSerial(serial), normal))
}

const DIFFERENT: readonly [name: string, one: string, other: string][] = [
  ['the letter O and zero', 'SNO', 'SN0'],
  ['a Cyrillic look-alike', 'SNK', 'SN\u041a'],
  ['leading zeros', '0012', '12'],
  ['dots', 'SN.12', 'SN12'],
  ['slashes', 'SN/12', 'SN12'],
  ['underscores', 'SN_12', 'SN12'],
]
for (const [name, one, other] of DIFFERENT) {
  test(`serial numbers stay different by ${name}`, () => assert.notEqual(normalSerial(one), normalSerial(other)))
}

test('nothing is left of spaces, hyphens and invisible signs', () => {
  for (const serial of ['', ' ', '-\u2014-', '\u200b\n']) assert.equal(normalSerial(serial), '')
})

test('for every letter of Unicode the normal form ignores case and is its own normal form', () => {
  for (let point = 0; point <= 0x1ffff; point += 1) {
    const sign = point >= 0xd800 && point < 0xe000 ? 'A' : String.fromCodePoint(point)
    const normal = normalSerial(sign)
    if (normalSerial(normal) !== normal) assert.fail(`U+${point.toString(16)} is changed twice`)
    for (const other of [sign.toLowerCase(), sign.toUpperCase()]) {
      if (normalSerial(other) !== normal) assert.fail(`U+${point.toString(16)} keeps its case`)
    }
  }
})
