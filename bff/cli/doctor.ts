import { existsSync } from 'node:fs'
import type { Database } from '../db/database.ts'
import { migrationState } from '../db/migrations.ts'
import { CHECKS, type Doctor } from './checks.ts'
import type { Context } from './context.ts'
import { databaseFailure, firstAnswer } from './database.ts'
import { Failure, visible } from './failure.ts'
import { coverNumbersOf, policyInForce, readPolicy } from './policy.ts'
import { withProgress } from './progress.ts'
import { withDatabase } from './store.ts'

/** Faults of one check that are printed. */
const SHOWN = 20

interface Result {
  name: string
  ok: boolean
  faults: readonly string[]
}

/** `license-bff doctor`: compares a live database with the rules, reading only; exit code 1 if anything is wrong. */
export async function runDoctor(context: Context): Promise<void> {
  const { settings, out } = context
  const { database: address } = settings
  if (address.engine === 'sqlite' && !existsSync(address.path)) throw new Failure(`there is no database ${address.path}; correct --db`)
  const given = settings.policy === null ? null : readPolicy(settings.policy)
  const results = await withDatabase(settings, async (database) => {
    const schema = await checkSchema(database, context)
    if (!schema.ok) return [schema]
    const doctor = { database, settings, given, inForce: await coverNumbersOf(database), policy: await policyInForce(database) }
    return [schema, ...await runChecks(doctor, context)]
  })
  const wrong = results.filter((result) => !result.ok).length
  out.result({ ok: wrong === 0, checks: results }, ...results.flatMap(linesOf))
  if (wrong === 0) return
  process.exitCode = 1
  process.stderr.write(`license-bff: ${wrong} of ${results.length} checks found something wrong\n`)
}

async function checkSchema(database: Database, { settings }: Context): Promise<Result> {
  const { missing, unknown } = await firstAnswer(settings.database, migrationState(database.db))
  const faults = [
    ...missing.map((name) => `${name} has not run; run: license-bff migrate`),
    ...unknown.map((name) => `${name} is not known here; install the version that ran it`),
  ]
  return { name: 'the schema is that of this version', ok: faults.length === 0, faults }
}

async function runChecks(doctor: Doctor, context: Context): Promise<Result[]> {
  const results: Result[] = []
  for (const [name, check] of Object.entries(CHECKS)) {
    const faults = await withProgress(`${name}:`, context, (progress) => check(doctor, progress)).catch((error: unknown) => {
      // A damaged file stops one check and not the others.
      const failure = databaseFailure(error, context.settings.database)
      if (failure === null) throw error
      return [failure.message]
    })
    results.push({ name, ok: faults.length === 0, faults })
  }
  return results
}

function linesOf({ name, ok, faults }: Result): string[] {
  const shown = faults.slice(0, SHOWN).map((fault) => `       ${visible(fault)}`)
  if (faults.length > SHOWN) shown.push(`       and ${faults.length - SHOWN} more`)
  return [`${ok ? 'ok   ' : 'WRONG'}  ${name}`, ...shown]
}
