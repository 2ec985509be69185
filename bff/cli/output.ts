import { visible } from './failure.ts'

/** One column of a list: its heading, and what it shows of an item. */
export type Column<T> = readonly [heading: string, cell: (item: T) => string | number | null]

/** What a command says: lines for people, or one JSON value with `--json`. */
export class Output {
  readonly json: boolean

  constructor(json: boolean) {
    this.json = json
  }

  /** Prints the result of a command: a JSON value, or these lines. */
  result(value: object, ...lines: readonly string[]): void {
    print(this.json ? JSON.stringify(value) : lines.join('\n'))
  }

  /** Prints a list: `{ "items": [...] }`, or a table; `none` is what people are told of an empty one. */
  list<T extends object>(items: readonly T[], columns: readonly Column<T>[], none: string): void {
    this.result({ items }, ...(items.length === 0 ? [none] : table(items, columns)))
  }
}

/** Writes one text and a line break to standard output. */
export function print(text: string): void {
  process.stdout.write(`${text}\n`)
}

function table<T>(items: readonly T[], columns: readonly Column<T>[]): string[] {
  const rows = items.map((item) => columns.map(([, cell]) => visible(String(cell(item) ?? '-'))))
  const all = [columns.map(([heading]) => heading), ...rows]
  const widths = columns.map((_, index) => all.reduce((widest, row) => Math.max(widest, row[index]?.length ?? 0), 0))
  return all.map((row) => row.map((text, index) => text.padEnd(widths[index] ?? 0)).join('  ').trimEnd())
}
