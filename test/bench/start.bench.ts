import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildProgram } from '../../build.ts'
import type { Figure } from './run.ts'
import { median, runProgram } from './world.ts'

/** Beside the packages, which the program loads. */
const BUILT = join(import.meta.dirname, '../../node_modules/.cache/license-elements-bench')
const PROGRAM = join(BUILT, 'bff/cli/main.js')

/** From the start of `license-bff serve`, as the package has it, on an existing database to its first answer. */
export async function run(): Promise<Figure[]> {
  await buildProgram(BUILT)
  const folder = mkdtempSync(join(tmpdir(), 'license-bench-'))
  const db = `sqlite:${join(folder, 'license.db')}`
  await runProgram('workspaces', 'create', 'acme', '--zone', 'Europe/Berlin', '--db', db)
  const times: number[] = []
  for (let round = 0; round < 7; round += 1) times.push(await timeToAnswer(db, 18_800 + round))
  for (const made of [folder, BUILT]) rmSync(made, { recursive: true })
  const ours = median(times)
  return [{ name: 'license-bff serve, to the first answer', ours, unit: 'ms', goal: 'within 500 ms', reached: ours < 500 }]
}

async function timeToAnswer(db: string, port: number): Promise<number> {
  const started = performance.now()
  const child = spawn(process.execPath, [PROGRAM, 'serve', '--db', db, '--port', String(port)], { stdio: 'ignore' })
  const exited = new Promise((resolve) => { child.once('exit', resolve) })
  const latest = started + 10_000
  let answered = false
  while (!answered && performance.now() < latest) {
    answered = await fetch(`http://127.0.0.1:${port}/readyz`).then((response) => response.ok, () => false)
  }
  const taken = performance.now() - started
  child.kill('SIGTERM')
  await exited
  if (!answered) throw new Error('license-bff serve did not answer within 10 s')
  return taken
}
