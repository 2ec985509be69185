import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { formatsOf } from '../../components/shared/formats.ts'

suite('days in words', () => {
  for (const locale of ['en-GB', 'en-US', 'en', 'de', 'de-AT', 'fr', 'fr-CA', 'es', 'it-CH', 'pl', 'en-u-nu-deva', 'de-CH-1901']) {
    test(`are what the browser says in ${locale}`, () => {
      const format = new Intl.NumberFormat(locale, { style: 'unit', unit: 'day', unitDisplay: 'long' })
      const counts = Array.from({ length: 1_010 }, (_, count) => count).concat(9_999, 10_000)
      assert.deepEqual(counts.map((count) => formatsOf(locale).days(count)), counts.map((count) => format.format(count)))
    })
  }
})
