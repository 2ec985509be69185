#!/usr/bin/env node
import { enableCompileCache } from 'node:module'

// Compiled code is kept in the system's folder for temporary files: the next start takes half the time.
enableCompileCache()
const { fail } = await import('./fail.ts')
const { makeProgram } = await import('./program.ts')

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
