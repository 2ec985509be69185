import { setTimeout as sleep } from 'node:timers/promises'
import { type Database, dialectOf } from '../db/database.ts'
import type { AuditTable } from '../db/tables.ts'
import { Keyring } from '../http/keyring.ts'
import { coversOfDevices, deviceIdsAfter } from '../ledger/covers.sql.ts'
import { ledgersOf } from '../ledger/ledger.sql.ts'
import { iso } from '../ledger/view.ts'
import type { BffPolicy } from '../policy.ts'
import { coverRows } from '../rules/license.ts'
import { policyFor } from '../rules/policy.ts'
import { listWorkspaces } from '../workspaces/workspaces.sql.ts'
import {
  aloneRows, damagedPages, decidedTwice, derivedFrom, existingGrants, hashedWith, miscountedVouchers, notKeptAsUsed, type RedeemedGrant, redeemedGrants, redemptionEntries,
  redemptionsAfter, startedTwice,
} from './doctor.sql.ts'
import { Failure } from './failure.ts'
import { registeredSecrets } from './ops.sql.ts'
import { coverNumbers } from './policy.ts'
import { givenSecrets, secretFault, secretFile } from './secret.ts'
import type { Settings } from './settings.ts'

/** What is checked, and by what. */
export interface Doctor {
  database: Database
  settings: Settings
  /** The policy that was given; null if none was. */
  given: BffPolicy | null
  /** The numbers that covers were computed with, as the database keeps them, and the policy that they make. */
  inForce: string | null
  policy: BffPolicy
}

/** Looks for what is wrong and answers it, with ids; tells how many things it has looked at. */
type Check = (doctor: Doctor, progress: (count: number) => void) => Promise<string[]>

const PAGE = 1_000

const secretIsRight: Check = async ({ database, settings }) => {
  let secrets
  try {
    secrets = givenSecrets(settings)
  } catch (error) {
    if (error instanceof Failure) return [error.message]
    throw error
  }
  const registered = await registeredSecrets(database.db)
  if (secrets === null) return registered.length === 0 ? [] : [`the secret is missing; restore ${secretFile(settings.database)}, or set LICENSE_SECRET`]
  const ids = await new Keyring(secrets).ids()
  const fault = secretFault(registered, ids, settings)
  if (fault !== null) return [fault]
  const hashed = (await hashedWith(database.db)).filter(({ secret }) => !ids.includes(secret)).map(({ secret, keys, vouchers, links }) =>
    `${keys} keys, ${vouchers} vouchers and ${links} calendar links were made with the secret ${secret}, which is not given; add it behind the current one, or revoke them`)
  const derived = (await derivedFrom(database.db)).filter(({ secret }) => !ids.includes(secret)).map(({ secret, webhooks }) =>
    `${webhooks} webhooks are disabled, because their secrets come from the secret ${secret}, which is not given; add it behind the current one, or rotate them`)
  return [...hashed, ...derived]
}

const policyIsInForce: Check = async ({ given, inForce }) => {
  if (given === null || inForce === coverNumbers(given)) return []
  return [`covers were computed with ${inForce ?? 'no policy'}, but the policy says ${coverNumbers(given)}; restart license-bff serve with it`]
}

const fileIsWhole: Check = async ({ database: { db } }) => (dialectOf(db) === 'sqlite' ? damagedPages(db) : [])

const vouchersAreCounted: Check = async ({ database: { db } }) => (await miscountedVouchers(db)).map(({ id, used, undone, max, standing, gone }) =>
  `voucher ${id}: used ${used} of ${max} and undone ${undone} times, but has ${standing} standing and ${gone} undone grants`)

const nothingIsAlone: Check = async ({ database: { db } }) => aloneRows(db)

const serialsAreUsedOnce: Check = async ({ database: { db } }) => [
  ...(await startedTwice(db)).map(({ serial, source, count }) => `serial number ${serial}: ${source} started ${count} times`),
  ...(await notKeptAsUsed(db)).map(({ serial, kind }) => `serial number ${serial}: its ${kind} is not kept as used`),
]

const remindersAreDecidedOnce: Check = async ({ database: { db } }) => (await decidedTwice(db)).map(({ device, rung, count }) =>
  `device ${device}: the reminder ${rung} days before the end was decided ${count} times`)

/** What an audit entry of a redemption says. */
interface Told {
  grant?: string
  voucher?: string
  from?: string
  to?: string
}

function toldBy(entry: AuditTable): Told {
  return JSON.parse(entry.after ?? '{}') as Told
}

const redemptionsAreAudited: Check = async ({ database: { db } }, progress) => {
  const faults: string[] = []
  let count = 0
  for (let after = '', page; ; after = page.at(-1)?.id ?? '') {
    page = await redeemedGrants(db, after, PAGE)
    if (page.length === 0) return faults
    const entries = await redemptionEntries(db, [...new Set(page.map((grant) => `device:${grant.device_id}`))])
    const byGrant = Map.groupBy(entries, (entry) => toldBy(entry).grant)
    for (const grant of page) faults.push(...auditFaults(grant, byGrant.get(grant.id) ?? []))
    progress(count += page.length)
  }
}

function auditFaults(grant: RedeemedGrant, entries: readonly AuditTable[]): string[] {
  const redeemed = entries.find((entry) => entry.action === 'voucher-redeemed' && entry.workspace_id === grant.workspace_id)
  const name = `grant ${grant.id} on ${grant.workspace_id}/${grant.device_id}`
  if (redeemed === undefined) return [`${name}: no audit entry voucher-redeemed`]
  const { voucher, from, to } = toldBy(redeemed)
  if (voucher !== grant.voucher_id || from !== iso(grant.from_at) || to !== iso(grant.to_at)) return [`${name}: its audit entry ${redeemed.id} tells otherwise`]
  const undone = grant.undone_at === null || entries.some((entry) => entry.action === 'grant-undone')
  return undone ? [] : [`${name}: undone, but no audit entry grant-undone`]
}

const auditHasItsGrants: Check = async ({ database: { db } }, progress) => {
  const faults: string[] = []
  let count = 0
  for (let after = '', page; ; after = page.at(-1)?.id ?? '') {
    page = await redemptionsAfter(db, after, PAGE)
    if (page.length === 0) return faults
    const grants = await existingGrants(db, page.flatMap((entry) => toldBy(entry).grant ?? []))
    faults.push(...page.filter((entry) => !grants.has(toldBy(entry).grant ?? '')).map((entry) => `audit entry ${entry.id} on ${entry.target}: its grant does not exist`))
    progress(count += page.length)
  }
}

/** Times that a difference is looked at, since the database lives between two queries, and the pause before (ms). */
const LOOKS = 3
const PAUSE_MS = 50

const coversAreRight: Check = async (doctor, progress) => {
  const { db } = doctor.database
  const faults: string[] = []
  let count = 0
  for (const { id: workspace } of await listWorkspaces(db)) {
    for (let after = '', page; ; after = page.at(-1)?.id ?? '') {
      page = await deviceIdsAfter(db, workspace, after, PAGE)
      if (page.length === 0) break
      let wrong = await wrongCovers(doctor, workspace, after, PAGE)
      for (let look = 1; look < LOOKS && wrong.length > 0; look += 1) {
        await sleep(PAUSE_MS)
        const again = await wrongCovers(doctor, workspace, after, PAGE)
        wrong = wrong.filter((id) => again.includes(id))
      }
      faults.push(...wrong.map((id) => `device ${workspace}/${id}: its covers are not those of its ledger`))
      progress(count += page.length)
    }
  }
  return faults
}

/** Ids of a page of devices whose covers are not what the rules make of their ledgers. */
async function wrongCovers({ database: { db }, policy }: Doctor, workspace: string, after: string, limit: number): Promise<string[]> {
  const devices = await deviceIdsAfter(db, workspace, after, limit)
  const ids = devices.map((device) => device.id)
  const [kept, ledgers] = [await coversOfDevices(db, workspace, ids), await ledgersOf(db, workspace, ids)]
  return devices.filter(({ id, model, timeZone }) => {
    const right = coverRows(ledgers.get(id) ?? [], timeZone, policyFor(policy, model).expiringWithinDays)
    return JSON.stringify(kept.get(id) ?? []) !== JSON.stringify(right)
  }).map((device) => device.id)
}

/** Every check, by what it makes sure of. */
export const CHECKS: Readonly<Record<string, Check>> = {
  'the secret is that of this database': secretIsRight,
  'the policy is in force': policyIsInForce,
  'the file is whole': fileIsWhole,
  'nothing is without what it belongs to': nothingIsAlone,
  'vouchers stand where they are counted': vouchersAreCounted,
  'every redemption has its audit entry': redemptionsAreAudited,
  'every audit entry of a redemption has its grant': auditHasItsGrants,
  'a serial number has one trial and one grace': serialsAreUsedOnce,
  'a reminder is decided once': remindersAreDecidedOnce,
  'covers are what the rules say': coversAreRight,
}
