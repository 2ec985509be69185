#!/usr/bin/env node
import { enableCompileCache } from 'node:module'
import { join, resolve } from 'node:path'

// What is loaded is kept compiled where tools keep such things: beside the packages. Where that cannot be written, nothing is.
const [packages = resolve(import.meta.dirname, '../../node_modules')] = /^.*[\\/]node_modules(?=[\\/])/.exec(import.meta.dirname) ?? []
enableCompileCache(join(packages, '.cache', 'license-elements'))
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
