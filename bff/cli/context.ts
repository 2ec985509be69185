import type { Command } from 'commander'
import { Output } from './output.ts'
import type { Settings } from './settings.ts'

/** What every command works with. */
export interface Context {
  settings: Settings
  out: Output
  json: boolean
}

/** Who changed something by this program, as the audit has it. */
export const WHO = 'license-bff'

/** Flags that every command has. */
interface GlobalFlags {
  db?: string
  policy?: string
  host?: string
  port?: string
  json?: boolean
}

/** Makes a commander action of a command: it gets the settings, its arguments, and its flags last. */
export function act<A extends unknown[]>(run: (context: Context, ...args: A) => Promise<void>): (...given: unknown[]) => Promise<void> {
  return async (...given) => {
    const command = given.at(-1) as Command
    const flags = command.optsWithGlobals<GlobalFlags>()
    const { readSettings } = await import('./settings.ts')
    const json = flags.json === true
    const context = { settings: readSettings(flags, process.env), out: new Output(json), json }
    await run(context, ...([...given.slice(0, -2), flags] as A))
  }
}
