import assert from 'node:assert/strict'
import test from 'node:test'
import { codeFault, normalizeCode } from '../../bff/rules/index.ts'

const CODE = '7KDRQ4MXT9E8KQF23WRH'
const GROUPS = ['7KDR', 'Q4MX', 'T9E8', 'KQF2', '3WRH']

const NOISE: readonly [name: string, signs: readonly string[]][] = [
  ['spaces', [' ', '   ', '\u00a0', '\u2003', '\u2009', '\u202f', '\u3000', '\u1680']],
  ['tabs and line breaks', ['\t', '\n', '\r\n', '\r', '\v', '\f', '\u2028', '\u2029', '\u0085']],
  ['hyphens and dashes', ['-', '\u2010', '\u2011', '\u2012', '\u2013', '\u2014', '\u2015', '\u2212', '\u2043', '\ufe63', '\uff0d', '\u00ad',
    '\u2053', '\u207b', '\u208b']],
  ['quotes', ['"', "'", '`', '\u00b4', '\u2018', '\u2019', '\u201a', '\u201b', '\u201c', '\u201d', '\u201e', '\u201f', '\u2039', '\u203a',
    '\u00ab', '\u00bb', '\u2032', '\u2033', '\uff02', '\uff07', '\u02bc', '\u301d', '\u301e', '\u301f']],
  ['quotes of other scripts', ['\u300c', '\u300d', '\u300e', '\u300f', '\ufe41', '\ufe42', '\ufe43', '\ufe44', '\uff62', '\uff63', '\u05f3', '\u05f4', '\u2e42']],
  ['ornaments and primes that stand for quotes', ['\u275b', '\u275c', '\u275d', '\u275e', '\u275f', '\u2760', '\u276e', '\u276f', '\u{1f676}', '\u{1f677}', '\u{1f678}',
    '\u2034', '\u2035', '\u2036', '\u2037', '\u2057', '\uff40']],
  ['invisible signs', ['\u200b', '\u200c', '\u200d', '\u2060', '\ufeff', '\u180e', '\u034f', '\u3164', '\u2800', '\u0000', '\u001f', '\u007f',
    '\ufe0f', '\ufff9', '\ufffb', '\ufffc', '\u{e0001}', '\u{e0041}']],
  ['marks of direction', ['\u200e', '\u200f', '\u061c', '\u202a', '\u202b', '\u202c', '\u202d', '\u202e', '\u2066', '\u2067', '\u2068', '\u2069']],
]
for (const [name, signs] of NOISE) {
  test(`${name} around and inside a pasted code are dropped`, () => {
    for (const sign of signs) {
      const pasted = sign + GROUPS.join(sign) + sign
      assert.equal(normalizeCode(pasted), CODE, `U+${sign.codePointAt(0)?.toString(16)}`)
    }
  })
}

test('a code out of a letter, quoted, grouped and broken over lines, is read', () => {
  assert.equal(normalizeCode('\u201e7KDR \u2013 Q4MX\u00a0-\r\n\tT9E8\u200b-KQF2-3WRH\u201c\n'), CODE)
})

const KEPT: readonly [name: string, pasted: string, normal: string][] = [
  ['small letters', '7kdr-Q4mx', '7kdrQ4mx'],
  ['punctuation', '7KDR.Q4MX,T9E8', '7KDR.Q4MX,T9E8'],
  ['underscores and slashes', '7KDR_Q4MX/T9E8', '7KDR_Q4MX/T9E8'],
  ['Cyrillic letters', '7\u041aDR-Q4MX', '7\u041aDRQ4MX'],
  ['full-width letters', '７ＫＤＲ', '７ＫＤＲ'],
  ['an emoji', '7KDR🎟', '7KDR🎟'],
  ['brackets', '(7KDR)[Q4MX]', '(7KDR)[Q4MX]'],
]
for (const [name, pasted, normal] of KEPT) {
  test(`${name} in a pasted code are kept as they are`, () => assert.equal(normalizeCode(pasted), normal))
}

test('a paste of noise alone is an empty code', () => {
  for (const pasted of ['', '----', ' \n\t ', '\u200b\ufeff', '""']) assert.equal(codeFault(normalizeCode(pasted)), 'empty')
})

test('normalising twice is normalising once', () => {
  for (const [, signs] of NOISE) for (const sign of signs) assert.equal(normalizeCode(normalizeCode(`${sign}aB3${sign}`)), 'aB3')
})
