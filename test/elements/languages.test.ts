import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import ts from 'typescript'
import { es } from '../../components/languages/es.ts'
import { fr } from '../../components/languages/fr.ts'
import { it } from '../../components/languages/it.ts'
import type { Language, TextKey } from '../../components/languages/keys.ts'
import { registeredFor, registerTexts } from '../../components/shared/languages.ts'
import type { Text } from '../../components/shared/texts.ts'
import { BUNDLED, pseudo } from '../../stories/pseudo.ts'

const root = join(import.meta.dirname, '../..')
const { en, de } = BUNDLED
const languages: Readonly<Record<string, Language>> = { de, fr, es, it }
const keys = Object.keys(en) as TextKey[]

/** Texts that are the same word in English. */
const SAME: Readonly<Record<string, readonly string[]>> = {
  de: ['Dashboard', 'Details', 'Name', 'Standard', 'Status', 'Website'],
  fr: ['Active', 'E-mail', 'Expiration', 'Notifications', 'Standard', 'Type'],
  es: [],
  it: ['Dashboard', 'E-mail', 'Standard'],
}

function forms(text: Text): string[] {
  return typeof text === 'string' ? [text] : Object.values(text)
}

/** The gaps that a text has, each once; where there are forms, those of all. */
function gapsOf(text: Text): string[] {
  return [...new Set(forms(text).flatMap((form) => form.match(/\{\w+\}/g) ?? []))].sort()
}

function source(file: string): string {
  return readFileSync(join(root, file), 'utf8')
}

suite('the languages', () => {
  test('English has every key of every catalogue', () => {
    const written = globSync('components/*/*.texts.ts', { cwd: root }).flatMap((file) =>
      [...source(file).matchAll(/^ {2}'([a-z][\w.-]+)':/gm)].map(([, key = '']) => key))
    assert.ok(written.length > 500)
    assert.deepEqual([...new Set(written)].sort(), [...keys].sort())
  })

  for (const [name, texts] of Object.entries(languages)) {
    test(`${name} has every text, with the same gaps and forms, none of them empty or English`, () => {
      assert.deepEqual(Object.keys(texts).sort(), [...keys].sort())
      for (const key of keys) {
        assert.deepEqual(gapsOf(texts[key]), gapsOf(en[key]), `${name} ${key}`)
        assert.equal(typeof texts[key], typeof en[key], `${name} ${key}`)
        for (const form of forms(texts[key])) {
          assert.ok(form.trim() !== '' && form === form.trim(), `${name} ${key}`)
          assert.ok(!forms(en[key]).includes(form) || SAME[name]?.includes(form), `${name} ${key} is English: ${form}`)
        }
        const needed = typeof texts[key] === 'string' ? [] : ['one', 'other']
        assert.deepEqual(typeof texts[key] === 'string' ? [] : Object.keys(texts[key]).sort(), needed, `${name} ${key}`)
      }
    })
  }

  test('no word in the list of the same ones is there for nothing', () => {
    for (const [name, words] of Object.entries(SAME)) {
      const used = new Set(keys.flatMap((key) => forms(languages[name]?.[key] ?? '').filter((form) => forms(en[key]).includes(form))))
      assert.deepEqual(words.filter((word) => !used.has(word)), [], name)
    }
  })

  test('are written as each language is: its spaces, quotation marks and apostrophes', () => {
    const wrong: Record<string, RegExp> = { fr: /[^\u202f](?:[?!;»]|:(?=\s|$))|«[^\u202f]|['"“”]/, es: /['"“”]|(?:^|[.] )[^¿.]*\?|«\s|\s»/, it: /['"“”]|«\s|\s»/ }
    for (const [name, pattern] of Object.entries(wrong)) {
      const texts = keys.flatMap((key) => forms(languages[name]?.[key] ?? ''))
      assert.deepEqual(texts.filter((form) => pattern.test(form)), [], name)
    }
  })

  test('the pseudo-locale keeps gaps, leaves no letter as it is and is about 40 % longer', () => {
    assert.equal(pseudo('Ask {name}, now'), 'ÁšķX, ñóóŵ'.replace('X', ' {name}'))
    const whole = keys.flatMap((key) => forms(en[key])).map((text) => text.replaceAll(/\{\w+\}/g, ''))
    const made = whole.map(pseudo)
    assert.deepEqual(made.filter((text) => /[A-Za-z]/.test(text)), [])
    const longer = made.join('').length / whole.join('').length
    assert.ok(longer > 1.25 && longer < 1.5, String(longer))
  })
})

suite('registering texts', () => {
  test('serves regions by their language, the nearest first, whatever the letters', () => {
    registerTexts('xx', { 'badge.none': 'x', 'badge.active': 'x' })
    registerTexts('XX-Latn', { 'badge.none': 'latin' })
    assert.deepEqual(registeredFor('xx-Latn-AQ'), [{ 'badge.none': 'latin' }, { 'badge.none': 'x', 'badge.active': 'x' }])
    assert.deepEqual(registeredFor('xxx'), [])
    assert.equal(registeredFor('fr-CA')[0]?.['badge.none'], 'Aucune licence')
  })

  test('adds to what is registered, and replaces it text by text', () => {
    registerTexts('yy', { 'badge.none': 'a', 'badge.active': 'a' })
    registerTexts('YY', { 'badge.none': 'b' })
    assert.deepEqual(registeredFor('yy'), [{ 'badge.none': 'b', 'badge.active': 'a' }])
  })
})

test('no template of an element has words of its own', () => {
  const files = globSync('components/**/*.ts', { cwd: root, exclude: ['**/*.texts.ts', '**/*.styles.ts', 'components/languages/**'] })
  assert.ok(files.length > 80)
  const found = files.flatMap((file) => templatesOf(source(file)).flatMap(wordsIn).map((words) => `${file}: ${words}`))
  assert.deepEqual(found, [])
  assert.deepEqual(templatesOf('html`<p title="Hello">a ${x ? html`<b>B c</b>` : 1}</p><i class=${y} aria-label=${z}></i>`').flatMap(wordsIn), ['a', 'Hello', 'B c'])
})

/** The templates in a source, without what is filled in. */
function templatesOf(text: string): string[] {
  const templates: string[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isTaggedTemplateExpression(node) && /^(html|svg)$/.test(node.tag.getText())) {
      const { template } = node
      templates.push(ts.isNoSubstitutionTemplateLiteral(template) ? template.text : [template.head, ...template.templateSpans.map(({ literal }) => literal)].map((part) => part.text).join('\0'))
    }
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile('source.ts', text, ts.ScriptTarget.Latest, true))
  return templates
}

/** Words between tags, and in attributes that people read. */
function wordsIn(template: string): string[] {
  const between = template.replaceAll(/<[^>]*>/g, '\n').split('\n')
  const read = [...template.matchAll(/\b(?:title|alt|placeholder|label|aria-label|aria-description|aria-roledescription|aria-valuetext)="([^"]*)"/g)].map(([, value = '']) => value)
  return [...between, ...read].map((words) => words.replaceAll(/\0|&nbsp;/g, ' ').trim()).filter((words) => /\p{L}/u.test(words))
}
