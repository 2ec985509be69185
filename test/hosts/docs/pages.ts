import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'

/** Where the pages stand. */
const FOLDER = join(import.meta.dirname, '../../../stories/docs')

/** In this order a reader goes through the pages; what one page's shell has made is there for the next. */
export const ORDER = [
  'five-minute-start', 'frameworks', 'authentication', 'devices-and-licenses', 'theming', 'design-tokens', 'events', 'gating', 'server-side-gates',
  'content-security-policy', 'migration', 'operating', 'problems',
] as const

/** A code block of a page: its language, the word after it, and where it stands. */
export interface Block {
  page: string
  /** The number of its first line. */
  line: number
  language: string
  use: string
  text: string
}

/** A page of the documents. */
export interface Page {
  name: string
  title: string
  text: string
  blocks: readonly Block[]
}

/** Languages whose types are checked. */
export const SCRIPTS = /^(js|jsx|ts|vue|svelte)$/

/** Every page there is, in the order of ORDER; those that it does not have come last. */
export const pages = readPages()

/** Every block of them. */
export const blocks = pages.flatMap((page) => page.blocks)

function readPages(): Page[] {
  const place = (name: string): number => (ORDER as readonly string[]).indexOf(name) >>> 0
  return readdirSync(FOLDER).filter((file) => file.endsWith('.mdx')).map((file) => pageOf(basename(file, '.mdx'), readFileSync(join(FOLDER, file), 'utf8')))
    .sort((a, b) => place(a.name) - place(b.name))
}

function pageOf(name: string, text: string): Page {
  const blocks = [...text.matchAll(/^```(\w*) ?(.*)\n([^]*?)^```$/gm)].map(({ 1: language = '', 2: use = '', 3: code = '', index }) => ({
    page: name, line: text.slice(0, index).split('\n').length + 1, language, use, text: code,
  }))
  return { name, title: /<Meta title="(.+?)"/.exec(text)?.[1] ?? '', text, blocks }
}

/** Where a block stands, for a message. */
export function placeOf({ page, line }: Block): string {
  return `stories/docs/${page}.mdx:${line}`
}

/** The blocks of a language, or of one use of it. */
export function blocksOf(language: RegExp | string, use?: string): Block[] {
  return blocks.filter((block) => (typeof language === 'string' ? block.language === language : language.test(block.language)) && (use === undefined || block.use === use))
}

/** The text of the one block of a language and use. */
export function onlyBlock(language: string, use = ''): string {
  const found = blocksOf(language, use)
  assert.equal(found.length, 1, `${found.length} blocks of ${language} ${use}`)
  return found[0]?.text ?? ''
}
