import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { languageOf } from '../../bff/cli/demo/portal/language.ts'
import { assertWhole, demoOfSuite, wordsOf } from './demos.ts'

suite('the language of a page', () => {
  for (const [accept, query, code, day] of [
    ['', '', 'en', '25 November 2026'],
    ['en-US,en;q=0.9', '', 'en', 'November 25, 2026'],
    ['de', '', 'de', '25. November 2026'],
    ['fr, de;q=0.5, en;q=0.4', '', 'de', '25. November 2026'],
    ['en;q=0.1, de-AT;q=0.8', '', 'de', '25. November 2026'],
    ['fr', '', 'en', '25 November 2026'],
    ['de;q=0', '', 'en', '25 November 2026'],
    ['*', '', 'en', '25 November 2026'],
    ['de', '?lang=en', 'en', '25 November 2026'],
    ['en-US', '?lang=de', 'de', '25. November 2026'],
    ['de', '?lang=fr', 'de', '25. November 2026'],
    [';;;q=x,,-', '', 'en', '25 November 2026'],
  ] as const) {
    test(`is ${code} for "${accept}" and "${query}"`, () => {
      const language = languageOf(new Request(`http://localhost/${query}`, { headers: { 'accept-language': accept } }))
      assert.deepEqual([language.code, language.formats.longDay('2026-11-25')], [code, day])
    })
  }

  test('is kept in every address where it was chosen, and in none where it was not', () => {
    const chosen = languageOf(new Request('http://localhost/?lang=de'))
    assert.equal(chosen.link('/', { status: 'grace', alert: undefined }), '/?status=grace&lang=de')
    assert.equal(languageOf(new Request('http://localhost/')).link('/', { alert: '' }), '/')
  })

  const asked = demoOfSuite()

  test('is German from head to foot', async () => {
    const { text, headers } = await asked.page('/', { 'accept-language': 'de-DE' })
    assert.equal(headers.get('content-language'), 'de')
    assert.equal(headers.get('vary'), 'accept-language')
    assertWhole(text)
    const words = wordsOf(text)
    for (const one of [
      'Anlagen', '3 Lizenzen sind abgelaufen.', '31 Tagen', 'Läuft heute ab', 'Übergangsfrist · 45 Tage', 'Abgelaufen · vor 9 Tagen', 'Keine Lizenz',
      'Gültig bis', 'Demo-Uhr', '+151 Tage',
    ]) assert.ok(words.includes(one), one)
    assert.doesNotMatch(words, /Expir|License|days|Renew/)
    const device = wordsOf((await asked.page('/devices/hp-office?lang=de')).text)
    for (const one of [
      'Lizenz verlängern', 'Gutscheincode', 'Vorschau', 'Verbleibende Tage', 'Ortszeit Berlin', 'Letzte Einlösung zurücknehmen', 'Verlauf',
      'Was diese Lizenz freischaltet',
    ]) assert.ok(device.includes(one), one)
  })

  test('stays the chosen one across links and forms', async () => {
    const { text } = await asked.page('/?lang=de', { 'accept-language': 'en' })
    for (const [, path] of text.matchAll(/(?:href|action)="(\/(?:devices|clock|\?)?[^"]*)"/g)) {
      if (/^\/(demo|docs|v1|problems)|lang=en/.test(path ?? '')) continue
      assert.match(path ?? '', /lang=de/)
    }
    const { headers } = await asked.form('/devices/hp-office/undo?lang=de', {})
    assert.match(headers.get('location') ?? '', /lang=de/)
  })
})
