import { Problem } from './problem.ts'

/** What is wrong with a row: its line (from 1), the column's name, and why. */
export interface RowFault {
  line: number
  column: string
  reason: string
}

/** Faults that are told at most. */
const MAX_FAULTS = 100

/** A file that cannot be taken, with what is wrong with it. Nothing of it was imported. */
export class RowsError extends Problem {
  readonly faults: readonly RowFault[]

  constructor(faults: readonly RowFault[]) {
    super('invalid', 'Nothing was imported: rows of the file are wrong.', { errors: faults })
    this.faults = faults
  }
}

/** Collects what is wrong, so that a person can mend a file in one go. */
export class Faults {
  readonly #faults: RowFault[]

  /** None, or those that were found before. */
  constructor(found?: Faults) {
    this.#faults = found === undefined ? [] : [...found.#faults]
  }

  add(line: number, column: string, reason: string): void {
    this.#faults.push({ line, column, reason })
    if (this.#faults.length >= MAX_FAULTS) this.throwIfAny()
  }

  get any(): boolean {
    return this.#faults.length > 0
  }

  /** Throws a RowsError if anything was wrong. */
  throwIfAny(): void {
    if (this.any) throw new RowsError(this.#faults.toSorted((a, b) => a.line - b.line))
  }
}

/** What is said of a file without any row or header. */
export function emptyFile(): RowsError {
  return new RowsError([{ line: 1, column: '', reason: 'the file is empty' }])
}
