import { parse } from 'csv-parse'
import { pipeline, Readable } from 'node:stream'
import { type CsvRecord, RowsError } from '../http/rows.ts'

/** Longest record in signs. */
const RECORD_SIZE = 65_536

interface Parsed {
  record: string[]
  info: { lines: number }
}

/** Splits CSV text into records (RFC 4180): commas, semicolons or tabs, whichever the first line has most of. */
export async function* readCsv(text: AsyncIterable<string>): AsyncGenerator<CsvRecord> {
  const { start, rest } = await peekLine(text)
  const parser = parse({
    bom: true, delimiter: delimiterOf(start), info: true, relax_column_count: true, skip_empty_lines: true, max_record_size: RECORD_SIZE,
  })
  // Errors of either side arrive where the records are read.
  pipeline(Readable.from(joined(start, rest)), parser, () => {})
  let last = 0
  try {
    for await (const { record, info } of parser as AsyncIterable<Parsed>) {
      last = info.lines
      const breaks = record.reduce((count, field) => count + field.split('\n').length - 1, 0)
      yield { line: info.lines - breaks, fields: record }
    }
  } catch (error) {
    throw faultOf(error, last)
  }
}

function faultOf(error: unknown, last: number): unknown {
  if (!(error instanceof Error) || !('code' in error) || !String(error.code).startsWith('CSV_')) return error
  const line = 'lines' in error && typeof error.lines === 'number' ? error.lines : last + 1
  const reason = error.code === 'CSV_MAX_RECORD_SIZE' ? `is longer than ${RECORD_SIZE} signs` : 'a quote is not closed, or stands in the middle of a field'
  return new RowsError([{ line, column: '', reason }])
}

async function peekLine(text: AsyncIterable<string>): Promise<{ start: string; rest: AsyncIterator<string> }> {
  const rest = text[Symbol.asyncIterator]()
  let start = ''
  while (!start.includes('\n') && start.length < RECORD_SIZE) {
    const { value, done } = await rest.next()
    if (done === true) break
    start += value
  }
  return { start, rest }
}

async function* joined(start: string, rest: AsyncIterator<string>): AsyncGenerator<string> {
  yield start
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value
}

function delimiterOf(start: string): string {
  const header = start.split('\n', 1)[0] ?? ''
  const count = (sign: string): number => header.split(sign).length
  return [',', ';', '\t'].reduce((best, sign) => (count(sign) > count(best) ? sign : best))
}
