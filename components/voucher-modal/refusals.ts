import type { CodeFault } from '../../bff/rules/code.ts'
import { cityOf, formatTimeOf } from '../shared/dates.ts'
import type { Localize } from '../shared/localize.ts'
import type { NoticeTone } from '../shared/notice.ts'
import type { ProblemBody } from '../shared/wire.ts'
import type { Refused } from './redemption.ts'
import type { RefusalText } from './refusals.texts.ts'
import type { VoucherText } from './voucher-modal.texts.ts'

type Words = Localize<VoucherText>

/** What is told of something that went wrong. */
export interface Trouble {
  tone: NoticeTone
  text: string
  /** Whether it is the code that is wrong. */
  inCode: boolean
  /** Whether sales can help. */
  contact: boolean
}

/** What is told of a code that cannot be right. */
export function faultTrouble(words: Words, fault: CodeFault): Trouble {
  return { tone: 'bad', text: words.text(`voucher.fault.${fault}`), inCode: true, contact: false }
}

/** What is told of a refusal: by its code, never in the server's words (R17). */
export function refusalTrouble(words: Words, { problem, during }: Refused, timeZone: string): Trouble {
  const { code, reason = 'check', retryAt, triesLeft, remedy } = problem
  if (code === 'voucher-malformed') return faultTrouble(words, reason as CodeFault)
  const time = retryAt === undefined ? '…' : words.text('voucher.time', { time: formatTimeOf(words.formats, retryAt, timeZone), city: cityOf(timeZone) })
  const text = words.text(keyOf(words, problem, during), { time })
  const inCode = code.startsWith('voucher-')
  return {
    tone: inCode || code === 'device-not-found' ? 'bad' : 'warn',
    text: inCode && triesLeft !== undefined ? `${text} ${words.text('voucher.tries-left', { count: triesLeft })}` : text,
    inCode,
    contact: remedy === 'contact',
  }
}

function keyOf(words: Words, { code, status }: ProblemBody, during: Refused['during']): RefusalText {
  if (code === 'unreachable' && during === 'redeem') return 'voucher.refused.unanswered'
  const own = `voucher.refused.${code}` as RefusalText
  if (words.text(own) !== own) return own
  return status >= 500 || code === 'idempotency-in-progress' ? 'voucher.refused.failed' : 'voucher.refused.other'
}

/** What is told where the device is not known. */
export function deviceTrouble(words: Words, { code }: ProblemBody): Trouble {
  const gone = code === 'device-not-found'
  const key = gone || code === 'unauthenticated' ? `voucher.refused.${code}` as const : 'voucher.loading-failed'
  return { tone: gone ? 'bad' : 'warn', text: words.text(key), inCode: false, contact: gone }
}
