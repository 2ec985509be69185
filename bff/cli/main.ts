#!/usr/bin/env node
import { fail } from './fail.ts'
import { makeProgram } from './program.ts'

// Whoever reads may have enough: `license-bff devices list | head`.
process.stdout.on('error', () => process.exit(1))

/** How long what is still open may hold the process after a failure (ms). */
const LINGER_MS = 200

try {
  await makeProgram().parseAsync()
} catch (error) {
  process.exitCode = await fail(error, process.argv.includes('--json'))
  if (process.exitCode !== 0) setTimeout(() => process.exit(), LINGER_MS).unref()
}
