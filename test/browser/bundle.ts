import { build, type Plugin } from 'esbuild'
import { globSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename, join, relative } from 'node:path'
import { STORY_GLOB } from '../../stories/glob.ts'

const root = join(import.meta.dirname, '../..')

const FILL = "nodeStyle.getPropertyValue('-webkit-text-fill-color') || "

/** Lets axe read the colour of a text from `color`: it prefers the colour that fills the letters, and Chromium answers that one as it was before
 * colours were forced. Nothing of ours sets it. */
const axeReadsForcedColours: Plugin = {
  name: 'axe-reads-forced-colours',
  setup: ({ onLoad }) => {
    onLoad({ filter: /axe-core\/axe\.js$/ }, async ({ path }) => {
      const code = await readFile(path, 'utf8')
      if (!code.includes(FILL)) throw new Error('axe reads the colour of a text in another way now')
      return { loader: 'js', contents: code.replace(FILL, '') }
    })
  },
}

/** Bundles every browser test, with what they share in files of its own: hundreds of modules a page would take seconds to load.
 * Answers the files by the path under which the page asks for them. */
async function bundleTests(): Promise<Map<string, string>> {
  const { outputFiles } = await build({
    absWorkingDir: root, entryPoints: globSync('test/browser/*.test.ts', { cwd: root }), outbase: '.', outdir: '.', bundle: true, splitting: true, write: false,
    format: 'esm', target: 'es2023', conditions: ['browser'], sourcemap: 'linked', sourcesContent: false, logLevel: 'error',
    // package.json names only built files as doing something when they are imported.
    ignoreAnnotations: true,
    external: ['/__web-*'], plugins: [axeReadsForcedColours],
    define: { STORY_FILES: found('stories', STORY_GLOB, '.stories.ts'), STORY_TESTS: found('test/browser', 'stories-[0-9].test.ts', '.ts') },
  })
  return new Map(outputFiles.map(({ path, text }) => [`/${relative(root, path)}`, text]))
}

/** The names of files in a folder, as JSON. */
function found(folder: string, pattern: string, ending: string): string {
  return JSON.stringify(globSync(pattern, { cwd: join(root, folder) }).map((file) => basename(file, ending)).sort())
}

/** Serves the tests, for @web/test-runner. */
export function bundledTests(): { name: string; serverStart: () => void; serve: (context: { path: string }) => Promise<{ body: string; type: string } | undefined> } {
  let files: Promise<Map<string, string>> | null = null
  return {
    name: 'bundled-tests',
    serverStart: () => { files = bundleTests() },
    serve: async ({ path }) => {
      const body = (await files)?.get(path.replace(/\.ts$/, '.js'))
      return body === undefined ? undefined : { body, type: path.endsWith('.map') ? 'json' : 'js' }
    },
  }
}
