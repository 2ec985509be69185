/** 1 = it failed, 2 = the program was called wrongly. */
export type ExitCode = 1 | 2

/** What went wrong, in one line that says what to do. */
export class Failure extends Error {
  readonly exitCode: ExitCode

  constructor(message: string, exitCode: ExitCode = 1) {
    super(message)
    this.exitCode = exitCode
  }
}

/** A wrong argument, flag or command. */
export class UsageFailure extends Failure {
  constructor(message: string) {
    super(message, 2)
  }
}

/** The code of an error of Node, of SQLite or of PostgreSQL; empty if it has none. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}

/** What an error says, in one line without what a terminal would obey. */
export function oneLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  return visible(text.replace(/\s*\n\s*/g, ' ').trim())
}

/** A text with its control and formatting signs spelled out: names come from strangers, and terminals obey escapes. */
export function visible(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (sign) => `\\u{${(sign.codePointAt(0) ?? 0).toString(16)}}`)
}
