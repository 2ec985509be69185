/** Snippets of TypeScript and JavaScript, checked against the types of the package as it is installed. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { type Block, placeOf } from './pages.ts'

/** What snippets import and is not installed here: as much of it as they use, as little of what is as they do: reading all of the types of
 * Node takes longer than the rest; and a host's own module. */
const AMBIENT = `
declare module '@angular/core' {
  export function Component(options: { selector: string; schemas: readonly object[]; template: string }): ClassDecorator
  export const CUSTOM_ELEMENTS_SCHEMA: object
  export function inject<T>(of: abstract new (...args: never[]) => T): T
  export const input: { required: <T>() => () => T }
}
declare module '@angular/router' { export abstract class Router { navigateByUrl(url: string): Promise<boolean> } }
declare module '@vitejs/plugin-vue' {
  export default function vue(options: { template: { compilerOptions: { isCustomElement: (tag: string) => boolean } } }): object
}
declare module 'vue-router' { export function useRouter(): { push: (to: string) => Promise<void> } }
declare module '$app/navigation' { export function goto(to: string): Promise<void> }
declare module 'express' { export default function express(): any }
declare namespace JSX { interface IntrinsicElements { [tag: string]: any } }
declare const process: { env: Record<string, string | undefined> }
declare const Buffer: { from: (text: string, encoding: 'base64') => Uint8Array }
declare function defineProps<T>(): T
declare function $props(): any
`
const GLOBALS = "import 'license-elements'\n"
const HOST = "export declare function signedIn(request: unknown): { id: string; workspace: string; role: 'viewer' | 'member' | 'admin' } | null\n"

const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2023, lib: ['lib.es2024.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'], module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler,
  moduleDetection: ts.ModuleDetectionKind.Force, jsx: ts.JsxEmit.Preserve, strict: true, experimentalDecorators: true, allowJs: true, checkJs: true, skipLibCheck: true, noEmit: true, types: [],
}

/** What the package's types name and no snippet uses: reading it would take as long as all of them. */
const UNREAD = ['kysely', 'zod', 'nodemailer']

/** What is asked of TypeScript alone: JavaScript has no way to say it. */
const OF_ANNOTATIONS = /possibly '?(null|undefined)'?|is of type 'unknown'|implicitly has an? 'any' type|Type 'undefined' is not assignable/

/** A block as a file; all that is said to be of one use is one file. */
interface Source {
  path: string
  blocks: readonly Block[]
  text: string
}

/** The script of a block; that of a component of Vue or Svelte stands in a tag. */
function scriptOf({ language, text }: Block): string {
  if (language !== 'vue' && language !== 'svelte') return text
  // It begins in the first line, so that lines stay where they are.
  return /^<script[^>]*>([^]*?)<\/script>/.exec(text)?.[1] ?? text
}

/** What the compiler says of the blocks, in a folder where the package is installed. JavaScript is not asked for annotations. */
export function typeFaults(blocks: readonly Block[], folder: string): string[] {
  const place = join(folder, 'snippets')
  mkdirSync(place)
  const put = (name: string, text: string): string => {
    writeFileSync(join(place, name), text)
    return join(place, name)
  }
  put('your-portal.d.ts', HOST)
  put('any.d.ts', '')
  const common = [put('stubs.d.ts', AMBIENT), put('globals.d.ts', GLOBALS)]
  const groups = [...Map.groupBy(blocks, (block) => (block.use === 'server' ? 'server' : placeOf(block))).values()]
  const sources = groups.map((group, index): Source => {
    const [{ language } = { language: '' }] = group
    const text = group.map(scriptOf).join('')
    return { path: put(`${index}.${/^(vue|svelte)$/.test(language) ? 'ts' : language}`, text), blocks: group, text }
  })
  return check(sources, common, place)
}

function check(sources: readonly Source[], common: readonly string[], place: string): string[] {
  const paths = Object.fromEntries(UNREAD.map((name) => [name, [join(place, 'any.d.ts')]]))
  const program = ts.createProgram([...common, ...sources.map(({ path }) => path)], { ...OPTIONS, paths })
  return sources.flatMap(({ path, blocks, text }) => {
    const file = program.getSourceFile(path)
    // Only of the snippets: what they import is looked at as far as they use it.
    return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)]
      .map(({ start = 0, messageText }) => ({ line: text.slice(0, start).split('\n').length - 1, why: ts.flattenDiagnosticMessageText(messageText, ' ') }))
      .filter(({ why }) => /\.tsx?$/.test(path) || !OF_ANNOTATIONS.test(why))
      .map(({ line, why }) => `${placeIn(blocks, line)}: ${why}`)
  })
}

function placeIn(blocks: readonly Block[], line: number): string {
  let rest = line
  for (const block of blocks) {
    const lines = block.text.split('\n').length - 1
    if (rest < lines || block === blocks.at(-1)) return placeOf({ ...block, line: block.line + rest })
    rest -= lines
  }
  return ''
}
