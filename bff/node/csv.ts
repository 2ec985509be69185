import { CsvError, parse } from 'csv-parse'
import { pipeline, Readable } from 'node:stream'
import { RowsError } from '../http/faults.ts'
import type { CsvRecord } from '../http/rows.ts'

/** Longest record in signs. */
const RECORD_SIZE = 65_536

/** Splits CSV text into records (RFC 4180): commas, semicolons or tabs, whichever the first line has most of. */
export async function* readCsv(text: AsyncIterable<string>): AsyncGenerator<CsvRecord> {
  const { start, rest } = await peekLine(text)
  // Counted here: the parser counts a line break of two signs within quotes twice.
  let line = 1
  const parser = parse({
    bom: true, delimiter: delimiterOf(start), record_delimiter: ['\r\n', '\n', '\r'], trim: true, relax_column_count: true, max_record_size: RECORD_SIZE,
    // Its types know no other records than lists of texts.
    on_record: (fields: string[]) => {
      const record = { line, fields }
      line += 1 + fields.reduce((count, field) => count + field.split(/\r\n|\n|\r/).length - 1, 0)
      return (fields.length === 1 && fields[0] === '' ? null : record) as never
    },
  })
  // Errors of either side arrive where the records are read.
  pipeline(Readable.from(joined(start, rest)), parser, () => {})
  try {
    yield* parser as AsyncIterable<CsvRecord>
  } catch (error) {
    throw error instanceof CsvError ? new RowsError([{ line, column: '', reason: reasonOf(error) }]) : error
  }
}

/** The parser's own message would show what stands in the file. */
function reasonOf({ code }: CsvError): string {
  return code === 'CSV_MAX_RECORD_SIZE' ? `is longer than ${RECORD_SIZE} signs; is a quote not closed?` : 'a quote is not closed, or stands in the middle of a field'
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
