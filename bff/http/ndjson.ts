import { parseStrictJson } from './body.ts'
import { emptyFile, type Faults } from './faults.ts'
import { Problem } from './problem.ts'
import type { Row } from './rows.ts'

/** Reads newline-delimited JSON: one value a line, each parsed strictly and checked. Throws a RowsError where there is none. */
export async function* ndjsonRows<R extends object>(
  text: AsyncIterable<string>, parse: (value: unknown) => { row: R } | { faults: readonly { column: string; reason: string }[] }, faults: Faults,
): AsyncGenerator<Row<R>> {
  let line = 0
  let empty = true
  for await (const one of linesOf(text)) {
    line += 1
    if (one.trim() === '') continue
    empty = false
    const parsed = parsedLine(one, parse)
    if ('row' in parsed) yield { ...parsed.row, line }
    else for (const fault of parsed.faults) faults.add(line, fault.column, fault.reason)
  }
  if (empty) throw emptyFile()
}

function parsedLine<P>(text: string, parse: (value: unknown) => P): P | { faults: readonly { column: string; reason: string }[] } {
  let value
  try {
    value = parseStrictJson(text)
  } catch (error) {
    return { faults: [{ column: '', reason: error instanceof Problem ? error.message : 'is no JSON' }] }
  }
  return parse(value)
}

async function* linesOf(text: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = ''
  for await (const chunk of text) {
    const lines = (rest + chunk).split('\n')
    rest = lines.pop() ?? ''
    yield* lines
  }
  if (rest !== '') yield rest
}
