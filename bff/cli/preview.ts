import { statSync } from 'node:fs'
import { join } from 'node:path'
import { type Preview, previewOf, type Shown } from '../reminders/preview.ts'
import type { MailLanguage } from '../policy.ts'
import { findWorkspace, listWorkspaces } from '../workspaces/workspaces.sql.ts'
import type { Context } from './context.ts'
import { Failure, UsageFailure, visible } from './failure.ts'
import { NewFile } from './files.ts'
import { instantOf, quietReminders } from './reminders.ts'
import { type Store, withStore } from './store.ts'

/** Flags of `reminders preview`. */
export interface PreviewFlags {
  workspace?: string
  at?: string
  locale?: MailLanguage
  out: string
}

const SHOWN: Record<Shown, string> = {
  due: 'what is due', decided: 'what was decided for this day', soonest: 'nothing is due, so it shows what ends soonest', sample: 'nothing is due, so it shows made-up devices',
}

/** `license-bff reminders preview`: writes the mail of a workspace as HTML and as plain text, and changes nothing in the database. */
export async function preview(context: Context, flags: PreviewFlags): Promise<void> {
  const now = flags.at === undefined ? Date.now() : instantOf('--at', flags.at)
  const { workspace, mail } = await withStore(context, 'read', async (store) => {
    const id = await workspaceOf(store, flags.workspace)
    return { workspace: id, mail: await mailOf(store, id, now, flags.locale ?? null) }
  })
  const files = await writeFiles(startOf(flags.out), { html: mail.html, txt: mail.text })
  const { subject, shown, devices } = mail
  const from = mail.sender?.from ?? context.settings.mail?.from ?? null
  const replyTo = mail.sender === null ? context.settings.mail?.replyTo ?? null : mail.sender.replyTo ?? mail.sender.from
  context.out.result({ workspace, shown, devices, subject, from, replyTo, files },
    `${files.join(' and ')}: ${SHOWN[shown]}`, `From: ${visible(from ?? 'nobody yet, as LICENSE_MAIL_FROM is not set')}`, `Subject: ${visible(subject)}`)
}

/** The workspace that is meant; null if there is none at all. */
async function workspaceOf({ database: { db } }: Store, id: string | undefined): Promise<string | null> {
  if (id !== undefined) {
    if (await findWorkspace(db, id) === null) throw new Failure(`there is no workspace ${id}; workspaces list shows those there are`)
    return id
  }
  const all = await listWorkspaces(db)
  if (all.length > 1) throw new UsageFailure(`there are ${all.length} workspaces; say which by --workspace`)
  return all[0]?.id ?? null
}

async function mailOf(store: Store, workspace: string | null, now: number, locale: MailLanguage | null): Promise<Preview> {
  const plans = workspace === null ? [] : await quietReminders(store).plan({ at: now })
  const due = plans.find((plan) => plan.workspace === workspace)?.due ?? []
  return previewOf(store.database.db, { workspace, due, now, locale, policy: store.policy })
}

/** What names of files begin with. */
function startOf(place: string): string {
  return statSync(place, { throwIfNoEntry: false })?.isDirectory() === true ? join(place, 'preview') : place
}

/** Writes new files, all or none; answers their names. */
async function writeFiles(start: string, texts: Readonly<Record<string, string>>): Promise<string[]> {
  const made: NewFile[] = []
  try {
    for (const [ending, text] of Object.entries(texts)) {
      const file = await NewFile.make(`${start}.${ending}`)
      made.push(file)
      await file.write(text)
    }
  } catch (error) {
    for (const file of made) await file.discard()
    throw error
  }
  for (const file of made) await file.close()
  return Object.keys(texts).map((ending) => `${start}.${ending}`)
}
