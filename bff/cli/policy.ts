import { readFileSync } from 'node:fs'
import type { Database } from '../db/database.ts'
import { readMeta, writeMeta } from '../db/meta.sql.ts'
import { inTransaction } from '../db/transaction.ts'
import { parseStrictJson } from '../http/body.ts'
import { recomputePage } from '../ledger/covers.sql.ts'
import { type BffPolicy, PolicyError, policyOf } from '../policy.ts'
import { policyFor } from '../rules/policy.ts'
import { listWorkspaces } from '../workspaces/workspaces.sql.ts'
import { Failure, oneLine } from './failure.ts'
import { withProgress } from './progress.ts'

/** Where the database keeps the numbers that its covers were computed with. */
const META = 'policy'

/** Reads a policy file; `${NAME}` in a header of an upstream stands for a variable of the environment. Throws a Failure that says what is
 * wrong with it. */
export function readPolicy(path: string, env: Readonly<Record<string, string | undefined>> = process.env): BffPolicy {
  let text
  try {
    text = readFileSync(path, 'utf8').replace(/^\ufeff/, '')
  } catch (error) {
    throw new Failure(`the policy file cannot be read (${oneLine(error)}); correct --policy`)
  }
  try {
    JSON.parse(text)
    return withVariables(policyOf(parseStrictJson(text)), env)
  } catch (error) {
    const what = error instanceof PolicyError ? 'is wrong' : 'is no JSON'
    throw new Failure(`the policy file ${path} ${what}: ${oneLine(error)}`)
  }
}

function withVariables(policy: BffPolicy, env: Readonly<Record<string, string | undefined>>): BffPolicy {
  const filled = (text: string): string => text.replaceAll(/\$\{(\w+)\}/g, (_whole, name: string) => {
    const value = env[name]
    if (value === undefined || !/^[\t\x20-\x7e]+$/.test(value)) throw new PolicyError(`upstreams: the variable ${name} is ${value === undefined ? 'not set' : 'no value of a header'}`)
    return value
  })
  const upstreams = Object.fromEntries(Object.entries(policy.upstreams).map(([feature, upstream]) =>
    [feature, { ...upstream, headers: Object.fromEntries(Object.entries(upstream.headers).map(([name, value]) => [name, filled(value)])) }]))
  return { ...policy, upstreams }
}

/** What of a policy covers depend on, as the database keeps it: a policy file with these numbers alone. */
export function coverNumbers(policy: BffPolicy): string {
  const { expiringWithinDays } = policy
  const models = Object.keys(policy.models).sort().map((model) => [model, { expiringWithinDays: policyFor(policy, model).expiringWithinDays }] as const)
  return JSON.stringify({ expiringWithinDays, models: Object.fromEntries(models.filter(([, own]) => own.expiringWithinDays !== expiringWithinDays)) })
}

/** The numbers that the covers of a database were computed with; null if no program has said so yet. */
export async function coverNumbersOf(database: Database): Promise<string | null> {
  return readMeta(database.db, META)
}

/** The default policy with the numbers that the server computed covers with: a command that was not told of the server's
 * policy does not undo it. */
export async function policyInForce(database: Database): Promise<BffPolicy> {
  return policyOf(JSON.parse(await coverNumbersOf(database) ?? '{}'))
}

/** Computes all covers again where the policy has other numbers than those that they were computed with. */
export async function bringCovers(database: Database, policy: BffPolicy, options: { json: boolean }): Promise<void> {
  const wanted = coverNumbers(policy)
  if (await coverNumbersOf(database) === wanted) return
  await withProgress('devices brought to the policy', options, async (progress) => {
    let count = 0
    for (const { id } of await listWorkspaces(database.db)) {
      for (let after: string | null = ''; after !== null;) {
        const from: string = after
        // A transaction a page: servers go on between them.
        const page = await inTransaction(database, (trx) => recomputePage(trx, id, from, policy, Date.now()))
        after = page?.last ?? null
        progress(count += page?.count ?? 0)
      }
    }
  })
  await inTransaction(database, (trx) => writeMeta(trx, META, wanted))
}
