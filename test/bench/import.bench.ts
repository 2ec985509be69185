import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Figure } from './run.ts'
import { runProgram } from './world.ts'

const DEVICES = 100_000

/** Importing 100,000 devices from CSV with the program, the start of the process included. */
export async function run(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'license-bench-'))
  const db = `sqlite:${join(folder, 'license.db')}`
  const csv = join(folder, 'devices.csv')
  const rows = Array.from({ length: DEVICES }, (_, row) => `acme,SN-${row},P100,Pump ${row},site-${row % 100},device-${row}`)
  writeFileSync(csv, ['workspace,serial,model,name,site,id', ...rows, ''].join('\n'))
  await runProgram('workspaces', 'create', 'acme', '--zone', 'Europe/Berlin', '--db', db)
  const started = performance.now()
  await runProgram('devices', 'import', csv, '--db', db)
  const seconds = (performance.now() - started) / 1_000
  rmSync(folder, { recursive: true })
  return [{ name: 'importing 100,000 devices', ours: seconds, unit: 's', goal: 'under 10 s', reached: seconds < 10 }]
}
