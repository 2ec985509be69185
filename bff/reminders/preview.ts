import type { Connection } from '../db/database.ts'
import type { BffPolicy, MailLanguage } from '../policy.ts'
import { dayOf, startOfDay } from '../rules/calendar.ts'
import { reminderDay } from '../rules/reminders.ts'
import type { DigestDevice } from './digests.sql.ts'
import type { Due } from './ladder.sql.ts'
import { htmlMail } from './letter.html.ts'
import { type Digest, languageOf, letterOf, NAMED, plainText, urgencyEnds } from './letter.ts'
import { digestNow } from './post.ts'
import { endingSoonest } from './preview.sql.ts'
import { workspaceToWrite } from './workspace.sql.ts'

/** Devices that are looked up by their ids, and devices that a preview shows where nothing is due. */
const LOOKED_UP = 1_000
const SHOWN = 5
/** Stops nothing: nobody has this address (RFC 2606 §2). */
const UNSUBSCRIBE = 'https://unsubscribe.invalid/preview'

/** What a preview shows: what is due and not decided yet, what was decided for that day, what ends soonest, or made-up devices. */
export type Shown = 'due' | 'decided' | 'soonest' | 'sample'

/** What a preview is made of. */
export interface Previewing {
  /** Null = a made-up one. */
  workspace: string | null
  /** What a run would decide for it. */
  due: readonly Due[]
  now: number
  /** Null = the policy's. */
  locale: MailLanguage | null
  policy: BffPolicy
}

/** Mail as it would be sent. */
export interface Preview {
  shown: Shown
  /** Devices that it is about. */
  devices: number
  subject: string
  html: string
  text: string
  /** Who it comes from; null = who all mail comes from. */
  sender: { from: string; replyTo?: string | undefined } | null
}

type Workspace = Digest['workspace'] & { sender: Preview['sender'] }

const SAMPLE: Record<MailLanguage, { workspace: string; device: string }> = {
  en: { workspace: 'Sample workspace', device: 'Sample device' }, de: { workspace: 'Beispielbereich', device: 'Beispielgerät' },
}

/** Writes the mail of a workspace as it would be sent now; where nothing is due, a sample. Throws a RangeError if there is no such workspace. */
export async function previewOf(db: Connection, previewing: Previewing): Promise<Preview> {
  const { workspace: id, now, locale, policy } = previewing
  const words = SAMPLE[languageOf(locale, policy.mail.locale).language]
  const workspace: Workspace | null = id === null ? { name: words.workspace, timeZone: 'UTC', sales: { email: 'sales@example.com' }, sender: null } : await workspaceToWrite(db, id)
  if (workspace === null) throw new RangeError(`there is no workspace ${id}`)
  const { shown, digest } = await contentOf(db, previewing, workspace) ?? { shown: 'sample', digest: digestOf(previewing, workspace, sampleDevices(now, workspace.timeZone, words.device)) }
  const letter = letterOf(digest, policy)
  return { shown, devices: letter.total, subject: letter.subject, html: await htmlMail(letter), text: plainText(letter), sender: workspace.sender }
}

/** What a workspace has to show; null if none of its devices has a licence that ends. */
async function contentOf(db: Connection, previewing: Previewing, workspace: Workspace): Promise<{ shown: Shown; digest: Digest } | null> {
  const { workspace: id, due, now, locale, policy } = previewing
  if (id === null) return null
  if (due.length > 0) {
    const soonest = [...due].sort((a, b) => a.expiresAt - b.expiresAt)
    const devices = await endingSoonest(db, id, { at: now, ids: soonest.slice(0, LOOKED_UP).map(({ deviceId }) => deviceId), limit: NAMED })
    return { shown: 'due', digest: digestOf(previewing, workspace, devices, soonest) }
  }
  const day = reminderDay(now, policy.reminderHour, workspace.timeZone)
  const decided = await digestNow(db, { workspace_id: id, recipient_id: '', after_day: day - 1, day }, { now, locale, unsubscribe: UNSUBSCRIBE })
  if (decided !== null) return { shown: 'decided', digest: decided.digest }
  const devices = await endingSoonest(db, id, { at: now, ids: null, limit: SHOWN })
  return devices.length === 0 ? null : { shown: 'soonest', digest: digestOf(previewing, workspace, devices) }
}

function digestOf({ now, locale }: Previewing, workspace: Workspace, devices: readonly DigestDevice[], all: readonly { expiresAt: number }[] = devices): Digest {
  const until = urgencyEnds(now, (day) => startOfDay(day, workspace.timeZone), dayOf(now, workspace.timeZone))
  const [expired = 0, today = 0, week = 0, later = 0] = until.map((end, index) => all.filter(({ expiresAt }) => expiresAt <= end && expiresAt > (until[index - 1] ?? 0)).length)
  return { workspace, devices, counts: { expired, today, week, later }, now, locale, unsubscribe: UNSUBSCRIBE }
}

/** One device of every urgency. */
function sampleDevices(now: number, timeZone: string, name: string): DigestDevice[] {
  const lastDays = [['trial', -1], ['standard', 0], ['grace', 7], ['standard', 30]] as const
  return lastDays.map(([kind, days], index) => ({
    id: `sample-${index + 1}`, name: `${name} ${index + 1}`, serial: `SAMPLE-${index + 1}`, kind, expiresAt: startOfDay(dayOf(now, timeZone) + days + 1, timeZone),
  }))
}
