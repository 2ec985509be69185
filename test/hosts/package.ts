/** The package as npm would publish it, unpacked where a host would install it. */
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const root = join(import.meta.dirname, '../..')

/** An installed package. */
export interface Installed {
  /** A host's folder, with the package in its `node_modules`. */
  folder: string
  /** The package's own folder. */
  packageFolder: string
  remove: () => Promise<void>
}

/** Packs the project as npm would publish it; answers the path of the tarball. */
export async function packPackage(folder: string): Promise<string> {
  const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', folder], { cwd: root })
  const [{ filename = '' } = {}] = JSON.parse(stdout.slice(stdout.indexOf('[\n'))) as { filename?: string }[]
  return join(folder, filename)
}

/** Unpacks the package (the one that the test command has packed, or a new one) as an installation would, below our own `node_modules`, where
 * its dependencies are. */
export async function installPackage(): Promise<Installed> {
  const cache = join(root, 'node_modules/.cache')
  await mkdir(cache, { recursive: true })
  const folder = await mkdtemp(join(cache, 'host-'))
  const packageFolder = join(folder, 'node_modules/license-elements')
  await mkdir(packageFolder, { recursive: true })
  await run('tar', ['-xzf', process.env['LICENSE_TEST_TARBALL'] ?? await packPackage(folder), '-C', packageFolder, '--strip-components=1'])
  return { folder, packageFolder, remove: () => rm(folder, { recursive: true }) }
}

/** Chromium from the system's packages, or the one that CHROME_PATH names. */
export function chromium(): string {
  const path = process.env['CHROME_PATH'] ?? '/usr/bin/chromium'
  if (!existsSync(path)) throw new Error(`there is no Chromium at ${path}; install it, or set CHROME_PATH`)
  return path
}

/** A file of the project, as text. */
export function read(file: string): Promise<string> {
  return readFile(join(root, file), 'utf8')
}
