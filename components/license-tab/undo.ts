import type { Question } from '../shared/ask-dialog.ts'
import { problemOf, ProblemError } from '../shared/client.ts'
import type { Localize } from '../shared/localize.ts'
import type { LicenseStore } from '../shared/store.ts'
import type { GrantView, LicenseWithLedger, ProblemBody } from '../shared/wire.ts'
import { codeOf } from './history.ts'
import type { TabText } from './license-tab.texts.ts'

/** The grant that undoing takes back: of those that count, the one that begins last (R20). Null if the person cannot. */
export function undoable({ actions, ledger }: LicenseWithLedger): GrantView | null {
  if (!actions.includes('undo')) return null
  return ledger.filter(({ undoneAt }) => undoneAt === null)
    .reduce<GrantView | null>((last, grant) => (last === null || Date.parse(grant.from) >= Date.parse(last.from) ? grant : last), null)
}

/** Whether a redemption is to be undone. */
export function undoQuestion(words: Localize<TabText>, store: LicenseStore, deviceId: string, grant: GrantView): Question {
  const values = { code: codeOf(grant), days: words.formats.days(grant.days) }
  return {
    title: words.text('tab.undo-title', values),
    more: words.text('tab.undo-more', values),
    cancel: words.text('tab.cancel'),
    does: words.text('tab.undo-days', values),
    running: words.text('tab.undo-running'),
    act: () => undo(store, deviceId, grant),
    refused: (problem) => refusal(words, problem),
  }
}

async function undo(store: LicenseStore, deviceId: string, grant: GrantView): Promise<void> {
  // The licence may have changed since: another grant than the one that was asked about must not be undone.
  const known = store.ledger(deviceId).value
  if (known !== null && undoable(known)?.id !== grant.id) throw new ProblemError({ code: 'undo-not-possible', status: 0, reason: 'no-grant' })
  try {
    // One key per grant: pressed twice, or again after an answer was lost, it undoes no other one.
    await store.undo(deviceId, `undo-${grant.id}`)
  } catch (error) {
    if (problemOf(error).status === 409) void store.refresh()
    throw error
  }
}

function refusal(words: Localize<TabText>, { code, reason }: ProblemBody): string {
  const told = reason === 'too-late' ? 'tab.undo-too-late' : reason === 'undone-too-often' ? 'tab.undo-too-often' : 'tab.undo-nothing'
  return words.text(code === 'undo-not-possible' ? told : code === 'role-required' ? 'trouble.forbidden-more' : 'tab.undo-failed')
}
