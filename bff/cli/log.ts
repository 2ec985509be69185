import { oneLine } from './failure.ts'

/** What must not stand in a log, should an error's message hold it: API keys, tokens, codes of ours, secret links. */
const SECRETS = /lk_[0-9a-f]+|Bearer\s+\S+|eyJ[\w-]*\.[\w-]*\.[\w-]*|\b[2-9A-HJKMNP-Z]{4}(?:-?[2-9A-HJKMNP-Z]{4}){4}\b|(?<=\/calendar\/)[\w-]+|(?<=\/unsubscribe\/)[\w.-]+/gi

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

/** How often the same refusal that was only reported is told (ms), and how many are remembered. */
const REPORT_MS = 3_600_000
const MOST_REPORTS = 10_000

/** Makes what writes one line of JSON to standard error about what would have been refused where the policy only reports: once an hour
 * for each device and feature. */
export function reporter(now: () => number = Date.now): (report: Readonly<Record<'workspace' | 'deviceId' | 'feature' | 'code', string>>) => void {
  const told = new Map<string, number>()
  return (report) => {
    const key = JSON.stringify(report)
    if (now() - (told.get(key) ?? Number.NEGATIVE_INFINITY) < REPORT_MS) return
    if (told.size >= MOST_REPORTS) told.clear()
    told.set(key, now())
    process.stderr.write(`${JSON.stringify({ at: new Date(now()).toISOString(), wouldRefuse: report })}\n`)
  }
}
