import { oneLine } from './failure.ts'

/** What must not stand in a log, should an error's message hold it: API keys, tokens, codes of ours. */
const SECRETS = /lk_[0-9a-f]+|Bearer\s+\S+|eyJ[\w-]*\.[\w-]*\.[\w-]*|\b[2-9A-HJKMNP-Z]{4}(?:-?[2-9A-HJKMNP-Z]{4}){4}\b/gi

/** A text without keys, tokens and codes. */
export function redacted(text: string): string {
  return text.replace(SECRETS, '[cut]')
}

/** Writes one line of JSON about a bug to standard error, under the instance id that the answer carries. */
export function logBug(instance: string, error: unknown): void {
  const { name, stack = '' } = error instanceof Error ? error : new Error(String(error))
  const line = { at: new Date().toISOString(), instance, error: { name, message: redacted(oneLine(error)), stack: redacted(stack) } }
  process.stderr.write(`${JSON.stringify(line)}\n`)
}
