import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { suite, test } from 'node:test'
import { type Declaration, makeManifest, manifestText } from './manifest.ts'

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

suite('custom-elements.json', () => {
  test('is what the sources say; `npm run manifest` makes it', () => {
    assert.equal(readFileSync(join(root, 'custom-elements.json'), 'utf8'), manifestText(manifest))
  })

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
