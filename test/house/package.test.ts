import assert from 'node:assert/strict'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { suite, test } from 'node:test'

interface Manifest {
  name: string
  version: string
  license: string
  bin: Record<string, string>
  files: string[]
  exports: Record<string, Record<string, string> | string>
  'web-types': string
  scripts: Record<string, string>
  dependencies: Record<string, string>
  devDependencies: Record<string, string>
}

interface Locked {
  dependencies?: Record<string, string>
  devDependencies?: Record<string, string>
  optionalDependencies?: Record<string, string>
}

const root = join(import.meta.dirname, '../..')
const manifest = JSON.parse(read('package.json')) as Manifest
const { packages: locked } = JSON.parse(read('package-lock.json')) as { packages: Record<string, Locked> }
const [typesOnly = [], modules = []] = splitExports()
const needed = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies })
const files = list('')
const texts = files.filter((file) => /(\.(ts|jsx|mjs|js|json|md|html|css|ya?ml|conf|sh|csv)|\/run|LICENSE)$/.test(file))

suite('package.json', () => {
  test('names the package, its licence and its program', () => {
    assert.equal(manifest.name, 'license-elements')
    assert.equal(manifest.license, 'MIT')
    assert.match(read('LICENSE'), /^MIT License/)
    assert.deepEqual(manifest.bin, { 'license-bff': 'dist/bff/cli/main.js' })
    assert.match(read('bff/cli/main.ts'), /^#!\/usr\/bin\/env node\n/)
  })

  test('has the version that its programs and elements tell', () => {
    for (const file of ['bff/version.ts', 'components/shared/version.ts']) assert.ok(read(file).includes(`VERSION = '${manifest.version}'`), file)
  })

  test('publishes what is built, with types', () => {
    assert.ok(manifest.files.includes('dist'))
    for (const target of modules) {
      assert.match(target['types'] ?? '', /^\.\/dist\/.+\.d\.ts$/)
      assert.match(target['default'] ?? '', /^\.\/dist\/.+\.js$/)
    }
  })

  test('publishes data for editors and types for frameworks, which load nothing', () => {
    const data = Object.values(manifest.exports).filter((target) => typeof target === 'string' && !target.startsWith('./dist/')).map((target) => String(target).slice(2))
    assert.deepEqual(data.filter((file) => !files.includes(file) || !manifest.files.includes(file)), [])
    assert.ok(data.includes('web-types.json'))
    assert.equal(manifest['web-types'], './web-types.json')
    assert.ok(manifest.files.includes('types'))
    assert.deepEqual(typesOnly.map(({ types = '' }) => types), ['./types/jsx.d.ts', './types/vue.d.ts', './types/svelte.d.ts'])
    assert.deepEqual(typesOnly.filter(({ types = '' }) => !files.includes(types.slice(2))), [])
    assert.deepEqual(needed.filter((name) => /^(vue|svelte)$/.test(name)), [])
  })

  test('exports only what has a source', () => {
    const built = [...Object.values(manifest.bin), ...modules.map((target) => target['default'] ?? '')]
    const sources = built.map((file) => file.replace(/^(\.\/)?dist\//, '').replace(/\.js$/, '.ts').replaceAll('*', file.includes('/gate/') ? 'express' : file.includes('/languages/') ? 'fr' : 'license-badge'))
    assert.deepEqual(sources.filter((file) => !files.includes(file)), [])
  })

  test('has no dependency that nothing uses', () => {
    const unchecked = (name: string) => name.startsWith('@types/') || name === 'node'
    assert.deepEqual(needed.filter((name) => !unchecked(name) && !isUsed(name)), [])
  })
})

suite('package-lock.json', () => {
  test('asks for the same versions as package.json', () => {
    const { dependencies, devDependencies } = locked[''] ?? {}
    assert.deepEqual({ ...dependencies, ...devDependencies }, { ...manifest.dependencies, ...manifest.devDependencies })
  })

  test('holds every package that another asks for, also for other platforms', () => {
    const missing = Object.entries(locked).flatMap(([at, { dependencies, optionalDependencies }]) =>
      Object.keys({ ...dependencies, ...optionalDependencies }).filter((name) => !isLocked(at, name)),
    )
    assert.deepEqual([...missing, ...needed.filter((name) => !isLocked('', name))], [])
  })
})

suite('the files', () => {
  test('name no place outside the project', () => {
    const outside = texts.filter((file) => {
      const text = read(file)
      const leaving = [...text.matchAll(/(?:\.\.\/)+shared\b/g)].some(([path]) => join(dirname(file), path).startsWith('..'))
      return leaving || /\/wor[k]\/|sub-?agen[t]/i.test(text)
    })
    assert.deepEqual(outside, [])
  })

  test('import types by `import type`, since an import of inline types alone still loads the file', () => {
    const inline = /^(im|ex)port \{(\s*type \w+( as \w+)?,?)+\s*\} from/m
    assert.deepEqual(texts.filter((file) => file.endsWith('.ts') && inline.test(read(file))), [])
  })

  test('link to files that exist', () => {
    const broken = texts.filter((file) => file.endsWith('.md')).flatMap((file) =>
      [...withoutCode(read(file)).matchAll(/\]\((?![a-z]+:)([^)#\s]+)[^)]*\)/g)]
        .map(([, target = '']) => decodeURI(target))
        .filter((target) => !existsSync(join(root, dirname(file), target)))
        .map((target) => `${file}: ${target}`),
    )
    assert.deepEqual(broken, [])
  })
})

/** What is exported as types alone, and what as modules. */
function splitExports(): Record<string, string>[][] {
  const targets = Object.values(manifest.exports).filter((target) => typeof target !== 'string')
  return [targets.filter((target) => !('default' in target)), targets.filter((target) => 'default' in target)]
}

/** Whether a source imports the package, or a script, a configuration or the README names it. */
function isUsed(name: string): boolean {
  const imported = new RegExp(`['"\`/]${name}['"\`/]`)
  const named = new RegExp(`(?<![\\w@/-])${name}(?![\\w-])`)
  // The rules of imports and the imports that test/house/ plants name packages without using them.
  const sources = texts.filter((file) => /\.(ts|jsx|mjs|js|html)$/.test(file) && !/^(test\/house\/|\.dep)/.test(file))
  const configs = texts.filter((file) => /^(README\.md|\.[^/]+\/.+|\w[^/]*\.(mjs|js|ts|ya?ml)|tsconfig.*\.json)$/.test(file))
  const scripts = Object.values(manifest.scripts).join('\n')
  return named.test(scripts) || sources.some((file) => imported.test(read(file))) || configs.some((file) => named.test(read(file)))
}

/** Whether the lock file has the package where Node would look for it from there. */
function isLocked(at: string, name: string): boolean {
  if (locked[join(at, 'node_modules', name)] !== undefined) return true
  return at !== '' && isLocked(at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/'))), name)
}

function withoutCode(markdown: string): string {
  return markdown.replace(/```[\s\S]*?```|`[^`\n]*`/g, '')
}

/** Every file of the project, without what is installed, built or made by running it. */
function list(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (/^(\.git|node_modules|dist|storybook-static)$/.test(entry.name)) return []
    return entry.isDirectory() ? list(path) : [path]
  })
}

function read(file: string): string {
  return readFileSync(join(root, file), 'utf8')
}
