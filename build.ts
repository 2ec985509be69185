/** Builds what browsers load: `dist/elements.js`, its further languages, and the demo portal in `dist/portal/`. `node build.ts` does both;
 * `node build.ts --program` also packs the program, over what the compiler made of it. */
import { build as bundle, type BuildOptions, type Plugin } from 'esbuild'
import { glob, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { VERSION } from './bff/version.ts'

const root = import.meta.dirname
const dist = join(root, 'dist')

/** Browsers of the last years; one file each, with nothing to load from elsewhere. */
const OPTIONS = {
  absWorkingDir: root, bundle: true, minify: true, format: 'esm', target: 'es2022', legalComments: 'none', charset: 'utf8', write: false, logLevel: 'warning',
} as const satisfies BuildOptions

/** Whose code the elements carry. */
const NOTICE = `/*! license-elements ${VERSION} (MIT); with lit, Copyright 2017 Google LLC (BSD-3-Clause) */`

/** Takes out of the elements' style sheets what only people need, and the indentation out of their templates. Style sheets with
 * gaps in them stay as they are. */
const compactStyles: Plugin = {
  name: 'compact-styles',
  setup: ({ onLoad }) => {
    onLoad({ filter: /components\/.*\.ts$/ }, async ({ path }) => ({
      loader: 'ts',
      contents: (await readFile(path, 'utf8')).replaceAll(/\bcss`([^`$]*)`/g, (_whole, style: string) => `css\`${compact(style)}\``).replaceAll(/\n +/g, '\n'),
    }))
  },
}

function compact(style: string): string {
  return style.replaceAll(/\/\*[^]*?\*\//g, '').replaceAll(/\s+/g, ' ').replaceAll(/ ?([{};,>!]) ?/g, '$1').replaceAll(': ', ':').replaceAll(/\b0(?=\.)/g, '').replaceAll(';}', '}').trim()
}

/** Writes a file whole: who reads it meanwhile gets the former one. */
async function put(path: string, content: string | Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  const partial = `${path}.${process.pid}`
  await writeFile(partial, content)
  await rename(partial, path)
}

async function bundled(entry: string, options: BuildOptions = {}): Promise<Uint8Array> {
  const { outputFiles: [file] = [] } = await bundle({ ...OPTIONS, ...options, entryPoints: [join(root, entry)], write: false })
  if (file === undefined) throw new Error(`${entry} made no file`)
  return file.contents
}

/** Every element in one file; answers its bytes. */
export async function buildElements(folder = dist): Promise<Uint8Array> {
  const file = await bundled('components/index.ts', { banner: { js: NOTICE }, plugins: [compactStyles] })
  await put(join(folder, 'elements.js'), file)
  return file
}

/** Every language that the elements do not bring in a file of its own, `elements.fr.js`, for pages that load the elements by a script. */
export async function buildLanguages(folder = dist): Promise<void> {
  for await (const path of glob('components/languages/??.ts', { cwd: root })) {
    const file = await bundled(path, { banner: { js: `/*! license-elements ${VERSION} (MIT) */` } })
    await put(join(folder, `elements.${basename(path, '.ts')}.js`), file)
  }
}

/** The demo portal. What has to run before the first paint is a script of its own, and no module. */
export async function buildPortal(folder = dist): Promise<void> {
  const made = {
    'portal.js': await bundled('stories/portal/portal.ts'),
    'early.js': await bundled('stories/portal/early.ts', { format: 'iife' }),
    'portal.css': await bundled('stories/portal/portal.css'),
  }
  const copied = ['index.html', 'favicon.svg'].map((name) => join(root, 'stories/portal', name))
  for (const [name, content] of Object.entries(made)) await put(join(folder, 'portal', name), content)
  for (const path of copied) await put(join(folder, 'portal', basename(path)), await readFile(path))
}

/** What the program loads from its packages, because it is not JavaScript or seldom needed. */
const LOADED = ['better-sqlite3', 'pg']

/** The program in few files: reading hundreds takes longer than all else that a start does. */
export async function buildProgram(folder = dist): Promise<void> {
  const outdir = join(folder, 'bff/cli')
  for await (const former of glob(join(outdir, '*-????????.js'))) await rm(former)
  await bundle({
    ...OPTIONS, entryPoints: [join(root, 'bff/cli/main.ts')], outdir, platform: 'node', target: 'node22', splitting: true,
    minify: false, minifySyntax: true, external: LOADED, write: true,
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  })
}

/** Everything that browsers load. */
export async function build(folder = dist): Promise<void> {
  await Promise.all([buildElements(folder), buildLanguages(folder), buildPortal(folder)])
}

if (import.meta.main) {
  await build()
  if (process.argv.includes('--program')) await buildProgram()
}
