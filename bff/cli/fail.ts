import { CommanderError } from 'commander'
import { Failure, oneLine, visible } from './failure.ts'

/** What the program says of a failure. */
interface Told {
  exitCode: number
  line: string
  /** Further lines: the rows of a file that are wrong. */
  details: readonly string[]
  errors?: unknown
}

/** Tells a failure in one line on standard error, with `--json` also as JSON on standard output; answers the exit code. */
export async function fail(error: unknown, json: boolean): Promise<number> {
  if (error instanceof CommanderError && error.exitCode === 0) return 0
  const { exitCode, line, details, errors } = await told(error)
  process.stderr.write([`license-bff: ${line}`, ...details].map((one) => `${visible(one)}\n`).join(''))
  if (process.env['LICENSE_DEBUG'] === '1') console.error(error)
  if (json) process.stdout.write(`${JSON.stringify({ error: { message: line, ...(errors === undefined ? {} : { errors }) } })}\n`)
  return exitCode
}

async function told(error: unknown): Promise<Told> {
  if (error instanceof CommanderError) return { exitCode: 2, line: usageLine(error), details: [] }
  if (error instanceof Failure) return { exitCode: error.exitCode, line: oneLine(error), details: [] }
  const { Problem, PROBLEMS } = await import('../http/problem.ts')
  const { RowsError } = await import('../http/faults.ts')
  if (error instanceof RowsError) {
    const { faults } = error
    const details = faults.map(({ line, column, reason }) => `  line ${line}${column === '' ? '' : `, ${column}`}: ${reason}`)
    return { exitCode: 1, line: `nothing was imported; ${faults.length === 1 ? 'one row is' : `${faults.length} rows are`} wrong`, details, errors: faults }
  }
  if (error instanceof Problem) return { exitCode: 1, line: `${PROBLEMS[error.code][1]}. ${oneLine(error)}`, details: [] }
  return { exitCode: 1, line: `this is a bug (${oneLine(error)}); LICENSE_DEBUG=1 shows where`, details: [] }
}

/** What is wrong with a call, and where to read how it is right. */
function usageLine({ message, code }: CommanderError): string {
  if (code === 'commander.help') return 'say what to do; --help lists the commands'
  const line = message.replace(/^error: /, '').replace(/\s*\n\s*/g, ' ')
  return line.endsWith('.') || line.endsWith(')') ? line : `${line}; --help tells more`
}
