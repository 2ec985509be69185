import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { suite, test } from 'node:test'
import { htmlData, webTypes } from './editor-data.ts'
import { generated } from './generated.ts'
import { type Declaration, type Described, elementsOf, makeManifest } from './manifest.ts'

const root = join(import.meta.dirname, '../..')
const manifest = await makeManifest()
const elements = manifest.modules.flatMap(({ path, declarations = [] }) => declarations.filter((one) => one.customElement).map((element) => ({ path, element })))
const index = readFileSync(join(root, 'components/index.ts'), 'utf8')

/** Files of an element's folder, and what they take from `shared`; all elements share the icons. */
function filesOf(path: string): Set<string> {
  const files = new Set(globSync(join(dirname(path), '*.ts'), { cwd: root }))
  for (const file of files) {
    for (const [, shared = ''] of readFileSync(join(root, file), 'utf8').matchAll(/^import (?!type).*'((?:\.\.\/shared|\.)\/[a-z-]+\.ts)'$/gm)) {
      const imported = join(dirname(file), shared)
      if (!imported.endsWith('/icons.ts')) files.add(imported)
    }
  }
  return files
}

/** Custom properties, parts and events that a source has. */
function found(path: string, pattern: RegExp): string[] {
  const sources = [...filesOf(path)].map((file) => readFileSync(join(root, file), 'utf8'))
  return [...new Set(sources.flatMap((source) => [...source.matchAll(pattern)].map(([, name = '']) => name)))].sort()
}

function names(items: readonly { name: string }[] | undefined): string[] {
  return (items ?? []).map(({ name }) => name).sort()
}

suite('what is made from the sources', () => {
  for (const [file, text] of Object.entries(generated(manifest))) {
    test(`${file} is what they say; \`npm run manifest\` makes it`, () => {
      assert.equal(readFileSync(join(root, file), 'utf8'), text)
    })
  }
})

suite('data for editors', () => {
  const known = elementsOf(manifest)
  const tags = known.map(({ tagName, attributes }) => [tagName, names(attributes)])

  test('has every tag and attribute for VS Code, each with a sentence', () => {
    const data = htmlData(known).tags
    assert.deepEqual(data.map(({ name, attributes }) => [name, names(attributes)]), tags)
    assert.deepEqual(data.flatMap((tag) => [tag, ...tag.attributes]).filter(({ description }) => !/\w/.test(description.value)), [])
  })

  test('tells VS Code which values an attribute can have', () => {
    const { attributes = [] } = htmlData(known).tags.find(({ name }) => name === 'license-gate') ?? {}
    const [open, state, deviceId] = ['open', 'state', 'device-id'].map((name) => attributes.find((one) => one.name === name))
    assert.equal(open?.valueSet, 'v')
    assert.deepEqual(state?.values, ['pending', 'open', 'closed'].map((name) => ({ name })))
    assert.ok(deviceId !== undefined && !('values' in deviceId) && !('valueSet' in deviceId))
  })

  test('has tags, attributes, properties, events, slots, parts and custom properties for JetBrains, each with a sentence', () => {
    const data = webTypes(known, '1.0.0').contributions.html.elements
    assert.deepEqual(data.map(({ name, attributes }) => [name, names(attributes)]), tags)
    const told = data.map(({ js, slots, css }) => [js.properties, js.events, slots, css.parts, css.properties].map(names))
    assert.deepEqual(told, known.map(({ members = [], events, slots, cssParts, cssProperties }) =>
      [members.filter(({ kind }) => kind === 'field'), events, slots, cssParts, cssProperties].map(names)))
    const all: Described[] = data.flatMap((one) => [one, ...one.attributes, ...one.js.properties, ...one.js.events, ...one.slots, ...one.css.parts, ...one.css.properties])
    assert.deepEqual(all.filter(({ description = '' }) => !/\w/.test(description)), [])
  })

  test('names no event that does not exist', () => {
    const real = [...readFileSync(join(root, 'components/shared/events.ts'), 'utf8').matchAll(/^  '(license-[a-z-]+)': License\w+Event$/gm)].map(([, name = '']) => name)
    const told = [...new Set(known.flatMap(({ events }) => names(events)))].sort()
    assert.deepEqual(told, [...real, 'close', 'context-provider'].sort())
  })
})

suite('custom-elements.json', () => {
  test('has every element that is registered', () => {
    const registered = [...index.matchAll(/define\('([a-z-]+)'/g)].map(([, tag = '']) => tag).sort()
    assert.deepEqual(elements.map(({ element }) => element.tagName).sort(), registered)
  })

  for (const { path, element } of elements) {
    suite(`<${element.tagName ?? '?'}>`, () => {
      test('stands where its tag says', () => {
        assert.equal(basename(path, '.ts'), element.tagName)
        assert.equal(basename(dirname(path)), element.tagName)
      })

      test('has a summary, and one for every property, attribute, part and event', () => {
        assert.match(element.summary ?? '', /\w/)
        assert.deepEqual(undescribed(element), [])
      })

      test('tells of every part that it has', () => {
        const parts = found(path, /part="([a-z-]+)"/g).concat(names(element.cssParts).includes('icon') ? ['icon'] : [])
        assert.deepEqual(names(element.cssParts), [...new Set(parts)].sort())
      })
    })
  }
})

function undescribed({ members, attributes, events, cssParts, cssProperties, slots }: Declaration): string[] {
  return [members, attributes, events, cssParts, cssProperties, slots].flatMap((items) => items ?? []).filter(({ description }) => !description).map(({ name }) => name)
}
