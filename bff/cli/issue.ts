import type { z } from 'zod'
import { inTransaction } from '../db/transaction.ts'
import { IssueBody, type IssuedVoucher, issueVouchers, type Terms, termsOf, VOUCHER_COLUMNS } from '../vouchers/issue.ts'
import { iso } from '../ledger/view.ts'
import { formatCode } from '../rules/code.ts'
import { type Context, WHO } from './context.ts'
import { csvRecord } from './csv.ts'
import { Failure, UsageFailure } from './failure.ts'
import { NewFile } from './files.ts'
import { withProgress } from './progress.ts'
import { withStore } from './store.ts'

/** Flags of `vouchers issue`. */
export interface IssueFlags {
  count: number
  days: number
  maxDevices?: number
  model?: string[]
  workspace?: string
  notBefore?: string
  redeemBy?: string
  batch?: string
  reference?: string
  note?: string
  csv?: string
}

const FLAGS: Record<string, string> = {
  days: '--days', maxDevices: '--max-devices', models: '--model', workspace: '--workspace', notBefore: '--not-before', redeemBy: '--redeem-by',
  batch: '--batch', reference: '--reference', note: '--note',
}

/** The terms that flags ask for; throws a UsageFailure. */
function termsOfFlags(flags: IssueFlags): Terms {
  const { days, maxDevices, model: models, workspace, notBefore, redeemBy, batch, reference, note } = flags
  const said = { days, maxDevices, models, workspace, notBefore, redeemBy, batch, reference, note }
  // The count has a limit of its own here: files hold more than answers.
  const parsed = IssueBody.safeParse({ count: 1, ...Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined)) })
  if (parsed.success) return termsOf(parsed.data)
  throw new UsageFailure(parsed.error.issues.map((issue) => `${FLAGS[String(issue.path[0])] ?? 'the call'} ${reasonOf(issue)}`).join('; '))
}

function reasonOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'too_big') return issue.origin === 'number' ? `is more than ${issue.maximum}` : `is longer than ${issue.maximum}`
  return issue.code === 'invalid_format' ? 'is no instant such as 2026-11-21T09:30:00Z' : issue.message
}

/** `license-bff vouchers issue`: with `--csv` the codes go into the file alone; where that cannot be written, nothing is issued. */
export async function issue(context: Context, flags: IssueFlags): Promise<void> {
  const terms = termsOfFlags(flags)
  const file = flags.csv === undefined ? null : await NewFile.make(flags.csv)
  try {
    const issued = await issueInto(context, flags.count, terms, file)
    await file?.close()
    tell(context, flags, issued)
  } catch (error) {
    await file?.discard()
    throw error
  }
}

interface Issued {
  batch: string
  items: IssuedVoucher[]
}

async function issueInto(context: Context, count: number, terms: Terms, file: NewFile | null): Promise<Issued> {
  return withStore(context, 'write', ({ database, keyring }) => withProgress('vouchers issued', context, (progress) => inTransaction(database, async (trx) => {
    const issued = await issueVouchers(trx, count, terms, { by: WHO, now: Date.now(), keyring }, progress)
    // Within the transaction, so that no code is valid that nobody has.
    await file?.write(csvOf(issued, terms)).catch((error: unknown) => {
      throw error instanceof Failure ? new Failure(`${error.message}; nothing was issued`) : error
    })
    return issued
  })))
}

/** The file of vouchers that were issued, as `vouchers import` reads it. */
function csvOf({ batch, items }: Issued, terms: Terms): string {
  const cells: Record<keyof typeof VOUCHER_COLUMNS, string | number | null> = {
    ...terms, code: '', batch, models: terms.models?.join('|') ?? null,
    notBefore: terms.notBefore === null ? null : iso(terms.notBefore), redeemBy: terms.redeemBy === null ? null : iso(terms.redeemBy),
  }
  const names = Object.keys(VOUCHER_COLUMNS) as (keyof typeof VOUCHER_COLUMNS)[]
  const records = items.map(({ code }) => csvRecord(names.map((name) => (name === 'code' ? formatCode(code) : cells[name]))))
  return csvRecord(names) + records.join('')
}

function tell({ out }: Context, { count, days, csv }: IssueFlags, { batch, items }: Issued): void {
  const what = `${count === 1 ? '1 voucher' : `${count} vouchers`} of ${days === 1 ? '1 day' : `${days} days`}, batch ${batch}`
  if (csv === undefined) out.result({ batch, items }, ...items.map(({ code }) => formatCode(code)), `${what}; the codes are shown only now`)
  else out.result({ batch, file: csv, items: items.map(({ id, last4 }) => ({ id, last4 })) }, `${csv} has ${what}; the codes are nowhere else`)
}
