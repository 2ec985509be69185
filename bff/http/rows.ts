import { formatCode, normalizeCode } from '../rules/code.ts'
import { emptyFile, type Faults, RowsError } from './faults.ts'

/** One record of a CSV file, and the line (from 1) on which it begins. */
export interface CsvRecord {
  line: number
  fields: readonly string[]
}

/** Splits CSV text into records (RFC 4180); a byte-order mark is dropped, `;` and tabs separate as well as commas. Throws a
 * RowsError where quotes do not close. In Node: `readCsv` of `bff/node`. */
export type CsvReader = (text: AsyncIterable<string>) => AsyncIterable<CsvRecord>

/** How the text of one column becomes a value; throws an Error whose message is the reason. */
export type Column<T> = (text: string) => T

/** Columns of a file by name. Each gets its text without surrounding spaces; a missing optional column is an empty text. */
export type Columns<R> = { [K in keyof R & string]: Column<R[K]> }

/** A row, and the line on which it stands. */
export type Row<R> = R & { line: number }

/** A text that has to be there; `max` in UTF-16 units. */
export function textColumn(max: number): Column<string> {
  return (text) => {
    if (text === '') throw new Error('is empty')
    if (text.length > max) throw new Error(`is longer than ${max} signs`)
    return text
  }
}

/** A column that may be empty or left out. */
export function optional<T>(column: Column<T>): Column<T | null> {
  return (text) => (text === '' ? null : column(text))
}

/** A whole number within bounds. */
export function integerColumn(min: number, max: number): Column<number> {
  return (text) => {
    const value = Number(text)
    if (!/^\d+$/.test(text) || value < min || value > max) throw new Error(`is no whole number from ${min} to ${max}`)
    return value
  }
}

/** Reads the rows of a CSV file by the names of its first line, in any order of columns. Faults are collected in `faults`;
 * rows with a fault are left out. */
export async function* csvRows<R extends object>(
  records: AsyncIterable<CsvRecord>, columns: Columns<R>, required: readonly (keyof R & string)[], faults: Faults,
): AsyncGenerator<Row<R>> {
  let header: readonly string[] | null = null
  const names = Object.keys(columns) as (keyof R & string)[]
  for await (const { line, fields } of records) {
    if (header === null) {
      header = headerOf(fields, names, required, line)
      continue
    }
    if (fields.length !== header.length) {
      faults.add(line, '', `has ${fields.length} fields, the first line has ${header.length}`)
      continue
    }
    const row = rowOf(fields, header, columns, names, line, faults)
    if (row !== null) yield row
  }
  if (header === null) throw emptyFile()
}

function headerOf(fields: readonly string[], names: readonly string[], required: readonly string[], line: number): string[] {
  const header = fields.map((field) => field.trim())
  const faults = header.flatMap((name, index) => {
    if (!names.includes(name)) return [{ line, column: shown(name, index), reason: `is no column of this file; known are ${names.join(', ')}` }]
    return header.indexOf(name) < index ? [{ line, column: name, reason: 'stands twice' }] : []
  })
  for (const name of required) if (!header.includes(name)) faults.push({ line, column: name, reason: 'is missing' })
  if (faults.length > 0) throw new RowsError(faults)
  return header
}

/** The name of a column that is none; by its place, where a file without names may have a secret there: a code, say. */
function shown(name: string, index: number): string {
  const code = normalizeCode(name)
  return /\d/.test(name) || formatCode(code) !== code ? `column ${index + 1}` : name.slice(0, 64)
}

function rowOf<R extends object>(
  fields: readonly string[], header: readonly string[], columns: Columns<R>, names: readonly (keyof R & string)[], line: number, faults: Faults,
): Row<R> | null {
  const row: Partial<R> = {}
  let right = true
  for (const name of names) {
    const text = unguarded(fields[header.indexOf(name)]?.trim() ?? '')
    try {
      if (text.includes('\0')) throw new Error('holds U+0000')
      row[name] = columns[name](text)
    } catch (error) {
      right = false
      faults.add(line, name, error instanceof Error ? error.message : String(error))
    }
  }
  return right ? { ...(row as R), line } : null
}

/** What a spreadsheet would run as a formula, or what would lose its first space, after any guards of ours. */
const UNSAFE = /^'*[=+\-@\s]/

/** A cell of a CSV file that no spreadsheet runs as a formula: with an apostrophe in front where it would. */
export function guarded(text: string): string {
  return UNSAFE.test(text) ? `'${text}` : text
}

/** A cell without the apostrophe that guarded it, so that exports come back as they were. */
function unguarded(text: string): string {
  return text.startsWith("'") && UNSAFE.test(text) ? text.slice(1) : text
}

/** Decodes UTF-8 strictly, chunk by chunk; throws a RowsError with the line where it is none. */
export async function* decodeUtf8(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let line = 1
  const decode = (chunk?: Uint8Array): string => {
    try {
      return chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true })
    } catch {
      throw new RowsError([{ line, column: '', reason: 'from here on the file is not UTF-8' }])
    }
  }
  for await (const chunk of chunks) {
    const text = decode(chunk)
    line += text.split('\n').length - 1
    yield text
  }
  yield decode()
}

/** Gathers rows, so that a slow sender never holds a transaction open. */
export async function gather<R>(rows: AsyncIterable<R>): Promise<R[]> {
  const all: R[] = []
  for await (const row of rows) all.push(row)
  return all
}
