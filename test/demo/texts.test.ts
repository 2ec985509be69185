import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { Formats } from '../../stories/portal/formats.ts'
import { DE } from '../../stories/portal/texts.de.ts'
import { EN } from '../../stories/portal/texts.en.ts'

/** Words that are the same in both languages. */
const SAME = new Set(['Admin', 'Dashboard', 'OpenAPI', 'CO₂'])

const SIGNS = ['①', '②', '③', '④']

/** Every text with its way there; texts with gaps are filled with signs that no text has. */
function textsOf(texts: object, way = ''): Map<string, string> {
  return new Map(Object.entries(texts).flatMap(([key, value]: [string, unknown]): [string, string][] => {
    if (typeof value === 'object' && value !== null) return [...textsOf(value, `${way}/${key}`)]
    return [[`${way}/${key}`, typeof value === 'function' ? String(value(...SIGNS.slice(0, value.length))) : String(value)]]
  }))
}

suite('the portal’s texts', () => {
  const english = textsOf(EN)
  const german = textsOf(DE)

  test('are the same ones in both languages, none of them empty', () => {
    assert.deepEqual([...german.keys()], [...english.keys()])
    for (const [way, text] of [...english, ...german]) assert.notEqual(text.trim(), '', way)
  })

  test('are translated, with the same gaps', () => {
    for (const [way, text] of english) {
      const other = german.get(way) ?? ''
      if (!SAME.has(text)) assert.notEqual(other, text, way)
      assert.deepEqual([...other].filter((sign) => '①②③④'.includes(sign)).sort(), [...text].filter((sign) => '①②③④'.includes(sign)).sort(), way)
    }
  })
})

suite('dates and spans', () => {
  const at = Date.parse('2026-11-21T09:30:06.000Z')

  for (const [locale, day, time, days, signed] of [
    ['en-GB', '25 Nov 2026', 'Sat, 21 Nov 2026, 10:30', '1 day', '+30 days'],
    ['en-US', 'Nov 25, 2026', 'Sat, Nov 21, 2026, 10:30 AM', '1 day', '+30 days'],
    ['de-DE', '25. Nov. 2026', 'Sa., 21. Nov. 2026, 10:30', '1 Tag', '+30 Tage'],
  ] as const) {
    test(`are written as ${locale} does, in the zone of the workspace`, () => {
      const formats = new Formats(locale)
      const plain = (text: string): string => text.replaceAll(/[\u00a0\u202f]/g, ' ')
      assert.deepEqual([formats.day('2026-11-25'), formats.time(at, 'Europe/Berlin'), formats.days(1), formats.signedDays(30)].map(plain), [day, time, days, signed])
    })
  }
})
