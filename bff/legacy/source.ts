import { z } from 'zod'
import { normalSerial } from '../rules/serial.ts'

/** Who a legacy platform is asked about. */
export interface LegacyPerson {
  subject: string
  /** Only an address that the token says is verified. */
  email: string | null
}

/** A text that every database keeps alike, of so many UTF-16 units at most. */
function name(max: number): z.ZodType<string> {
  return z.string().max(max).refine((text) => text.trim() !== '' && text.isWellFormed() && !text.includes('\0'))
}

/** One pairing of a legacy platform (R23): its own names of workspace and site. */
const Record = z.object({
  account: name(320), serial: name(200).refine((serial) => normalSerial(serial) !== ''), workspace: name(200), site: name(200),
})
const Answer = z.object({ records: z.array(Record).max(100_000) })
export type LegacySourceRecord = z.output<typeof Record>

/** A legacy platform that can be asked. */
export interface LegacySource {
  /** Every record of the serial numbers that a person had, also those of other accounts, so that R24 can be told. Throws where
   * they cannot be had; it is asked again later. */
  recordsOf: (person: LegacyPerson, signal: AbortSignal) => Promise<readonly LegacySourceRecord[]>
}

/** Bytes of an answer that are read. */
const MOST_BYTES = 16_777_216

/** Asks a legacy platform by `POST url { subject, email }`, which answers `{ records: [{ account, serial, workspace, site }] }`.
 * `token` goes along as a bearer. Redirects are not followed. */
export function httpLegacySource({ url, token = null }: { url: string; token?: string | null }): LegacySource {
  return {
    recordsOf: async (person, signal) => {
      const response = await fetch(url, {
        method: 'POST', body: JSON.stringify(person), redirect: 'error', signal,
        headers: { accept: 'application/json', 'content-type': 'application/json', ...(token === null ? {} : { authorization: `Bearer ${token}` }) },
      })
      if (response.status !== 200) {
        await response.body?.cancel()
        throw new Error(`The legacy platform answered ${response.status}.`)
      }
      return checkRecords(parse(await readText(response)))
    },
  }
}

/** What a legacy platform says, if it is what it has to be; throws where it is not. */
export function checkRecords(answer: unknown): readonly LegacySourceRecord[] {
  const parsed = Answer.safeParse(answer)
  if (!parsed.success) throw new Error(`The legacy platform answered something else than records: ${parsed.error.issues[0]?.path.join('.')}: ${parsed.error.issues[0]?.message}`)
  return parsed.data.records
}

/** What stands in an answer stands in no log: the parser's own message would show some of it. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new Error('The legacy platform answered something else than JSON.')
  }
}

async function readText(response: Response): Promise<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let text = ''
  let size = 0
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength
    if (size > MOST_BYTES) throw new Error('The legacy platform answers without end.')
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}
