import type { Connection, Database } from '../db/database.ts'
import type { Keyring } from '../http/keyring.ts'
import type { BffPolicy } from '../policy.ts'
import { dayOf, startOfDay } from '../rules/calendar.ts'
import { claimDigest, digestContent, dueDigests, endDigest, type Outcome, postponeDigest, type StoredDigest } from './digests.sql.ts'
import { htmlMail } from './letter.html.ts'
import { type Digest, letterOf, NAMED, plainText, urgencyEnds } from './letter.ts'
import type { Urgency } from './letter.texts.ts'
import { findRecipient, pauseAddress, type Recipient, recipientsOf } from './recipients.sql.ts'
import { unsubscribeUrl } from './unsubscribe.ts'
import { workspaceToWrite } from './workspace.sql.ts'

/** How long another server leaves a digest to the one that sends it (ms): longer than sending is waited for. */
const LEASE_MS = 120_000
/** How long a server may take for one message (ms). */
const PATIENCE_MS = 60_000
/** First and longest pause before a message that could not be sent is tried again (ms), and when to give up. */
const FIRST_MS = 60_000
const LONGEST_MS = 3_600_000
const GIVE_UP_MS = 3 * 86_400_000
/** Messages that are sent at once. */
const AT_ONCE = 8

/** A message as it is handed to whoever sends it. */
export interface Message {
  from: string
  replyTo: string
  to: string
  subject: string
  html: string
  text: string
  /** Stays the same however often it is tried (RFC 5322 §3.6.4). */
  messageId: string
  headers: Readonly<Record<string, string>>
}

/** What became of a message: taken, or its address refused for good with that code. What may be better later is thrown. */
export type Posted = { refused: string | null }
export type SendMail = (message: Message, signal: AbortSignal) => Promise<Posted>

/** Who sends mail, and from whom it comes where a workspace has none of its own. */
export interface MailOptions {
  send: SendMail
  from: string
  replyTo: string
}

/** What sending works with. */
export interface Post {
  database: Database
  keyring: Keyring
  policy: BffPolicy
  now: () => number
  mail: MailOptions
  /** The address that people reach the BFF by. */
  publicUrl: string
  onError: (error: unknown) => void
  signal: AbortSignal
  /** Whether nothing more is to be begun. */
  isEnding: () => boolean
}

/** Sends every digest that is due. Several servers may do so at once: each digest is sent by one of them, and a second time, with the
 * same Message-ID, only where that one ended before it could say so. Answers how many were sent. */
export async function sendAll(post: Post): Promise<number> {
  const { database: { db }, now, isEnding } = post
  let sent = 0
  for (let due = await dueDigests(db, now(), AT_ONCE); due.length > 0 && !isEnding(); due = await dueDigests(db, now(), AT_ONCE)) {
    const results = await Promise.allSettled(due.map(async (digest) => sendOne(post, digest)))
    const failed = results.find((one) => one.status === 'rejected')
    if (failed !== undefined) throw failed.reason
    sent += results.filter((one) => one.status === 'fulfilled' && one.value === 'sent').length
    // Others are at all of these; or a server of mail takes nothing, and is not to hold up what else is due.
    if (results.every((one) => one.status === 'fulfilled' && (one.value === 'taken' || one.value === 'later'))) break
  }
  return sent
}

async function sendOne(post: Post, digest: StoredDigest): Promise<Outcome | 'later' | 'taken'> {
  const { database: { db }, now, onError } = post
  const taken = await claimDigest(db, digest, { now: now(), until: now() + LEASE_MS })
  if (taken === null) return 'taken'
  let outcome: Outcome
  try {
    outcome = await tryOne(post, taken)
  } catch (error) {
    onError(error)
    if (now() - taken.created_at < GIVE_UP_MS) {
      await postponeDigest(db, taken, now() + Math.min(FIRST_MS * 2 ** digest.tries, LONGEST_MS))
      return 'later'
    }
    outcome = 'gave-up'
  }
  await endDigest(db, taken, outcome, now())
  return outcome
}

async function tryOne(post: Post, digest: StoredDigest): Promise<Outcome> {
  const { database: { db }, keyring, now, mail, signal } = post
  const recipient = await recipientOf(db, digest, post)
  if (recipient === null) return 'gone'
  const message = await messageOf(db, digest, recipient, post)
  if (message === null) return 'empty'
  const { refused } = await mail.send(message, AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]))
  if (refused === null) return 'sent'
  await pauseAddress(db, keyring, recipient.address, { code: refused, now: now() })
  return 'refused'
}

/** Who a digest goes to, if that still gets mail. */
async function recipientOf(db: Connection, digest: StoredDigest, { keyring, policy, now }: Post): Promise<Recipient | null> {
  const row = await findRecipient(db, digest.recipient_id)
  if (row === null || row.optedOut) return null
  return (await recipientsOf(db, digest.workspace_id, { keyring, policy, now: now() })).find(({ key }) => key === row.key) ?? null
}

/** A digest about what still holds at this moment; null if nothing does. */
export async function digestNow(
  db: Connection, dates: Pick<StoredDigest, 'workspace_id' | 'recipient_id' | 'after_day' | 'day'>, { now, locale, unsubscribe }: { now: number; locale: string | null; unsubscribe: string | null },
): Promise<{ digest: Digest; sender: { from: string; replyTo?: string | undefined } | null } | null> {
  const workspace = await workspaceToWrite(db, dates.workspace_id)
  if (workspace === null) return null
  const { timeZone } = workspace
  const until = urgencyEnds(now, (day) => startOfDay(day, timeZone), dayOf(now, timeZone))
  const { counts: [expired = 0, today = 0, week = 0, later = 0], devices } = await digestContent(db, dates, { at: now, until, limit: NAMED })
  const counts: Record<Urgency, number> = { expired, today, week, later }
  return devices.length === 0 ? null : { digest: { workspace, counts, devices, now, locale, unsubscribe }, sender: workspace.sender }
}

async function messageOf(db: Connection, digest: StoredDigest, { address, locale }: Recipient, { keyring, policy, now, mail, publicUrl }: Post): Promise<Message | null> {
  const unsubscribe = await unsubscribeUrl(keyring, publicUrl, digest.recipient_id)
  const found = await digestNow(db, digest, { now: now(), locale, unsubscribe })
  if (found === null) return null
  const letter = letterOf(found.digest, policy)
  const from = found.sender?.from ?? mail.from
  return {
    from, replyTo: found.sender?.replyTo ?? (found.sender === null ? mail.replyTo : from), to: address, subject: letter.subject, html: await htmlMail(letter), text: plainText(letter),
    messageId: `<${digest.id}@${domainOf(from)}>`,
    headers: {
      'List-Unsubscribe': `<${unsubscribe}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click', 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All',
    },
  }
}

/** The domain of a sender, `Name <address>` or an address alone. */
function domainOf(from: string): string {
  return /@([^@<>\s]+?)>?$/.exec(from)?.[1] ?? 'localhost'
}
