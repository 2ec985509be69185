import { randomBytes } from 'node:crypto'
import { closeSync, fstatSync, fsyncSync, linkSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Database } from '../db/database.ts'
import { inTransaction } from '../db/transaction.ts'
import { Keyring, SECRET_BYTES } from '../http/keyring.ts'
import { codeOf, Failure, oneLine } from './failure.ts'
import { lockMeta, registeredSecrets, registerSecret } from './ops.sql.ts'
import type { Settings } from './settings.ts'
import { type DatabaseAddress, NO_SECRET, secretsOf } from './values.ts'

type Secrets = [Uint8Array, ...Uint8Array[]]

/** Others than the owner can read or write. */
const OTHERS = 0o077

/** The file beside a SQLite database that holds its secret. */
export function secretFile(address: DatabaseAddress): string | null {
  return address.engine === 'sqlite' ? `${address.path}.secret` : null
}

/** Reads a secret file; null if there is none. Throws a Failure where it is open to others or holds no secret. */
export function readSecretFile(path: string): Secrets | null {
  let file
  try {
    file = openSync(path, 'r')
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null
    throw new Failure(`${path} cannot be read (${oneLine(error)})`)
  }
  try {
    if (process.platform !== 'win32' && (fstatSync(file).mode & OTHERS) !== 0) {
      throw new Failure(`${path} can be read by others; run: chmod 600 ${path}`)
    }
    const secrets = secretsOf(readFileSync(file, 'utf8').trim())
    if (secrets === null) throw new Failure(`${path} ${NO_SECRET}; restore it from where secrets are kept`)
    return secrets
  } finally {
    closeSync(file)
  }
}

/** Makes a secret file, or reads the one that another program made in the meantime. It is there whole or not at all, on the disk before it is used. */
function makeSecretFile(path: string): Secrets {
  const bytes = randomBytes(SECRET_BYTES)
  const draft = `${path}.${randomBytes(4).toString('hex')}`
  try {
    writeFileSync(draft, `${bytes.toString('base64')}\n`, { flag: 'wx', mode: 0o600, flush: true })
    // Unlike a new name, a second one is refused where there is a file already.
    linkSync(draft, path)
    syncFolder(dirname(path))
    return [bytes]
  } catch (error) {
    const made = codeOf(error) === 'EEXIST' ? readSecretFile(path) : null
    if (made !== null) return made
    throw new Failure(`${path} cannot be made (${oneLine(error)}); set LICENSE_SECRET, or let this program write there`)
  } finally {
    rmSync(draft, { force: true })
  }
}

/** Waits until the names in a folder are on the disk, where a system can. */
function syncFolder(path: string): void {
  if (process.platform === 'win32') return
  const folder = openSync(path, 'r')
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}

/** The secrets as they are set: by LICENSE_SECRET, or by the file beside the database. Null = there are none yet. */
export function givenSecrets({ secrets, database }: Settings): Secrets | null {
  const file = secretFile(database)
  if (secrets !== null) return secrets
  if (file === null) throw new Failure(`PostgreSQL needs LICENSE_SECRET, 32 bytes or more in base64, such as the output of: openssl rand -base64 32`)
  return readSecretFile(file)
}

/** Why secrets are not those of a database, by their check values; null if they are, or if the first is to be registered. */
export function secretFault(registered: readonly string[], given: readonly string[], settings: Settings): string | null {
  if (registered.length === 0 || given.some((id) => registered.includes(id))) return null
  const name = settings.secrets === null ? secretFile(settings.database) : 'LICENSE_SECRET'
  return `${name} is not the secret of this database; give the one that it was made with (to rotate: LICENSE_SECRET=new,old)`
}

/** The keyring of a database. The first secret that it is used with is registered, and a new one that comes with a
 * registered one; any other throws a Failure. A secret file is made where the database has never had a secret. */
export async function openKeyring(database: Database, settings: Settings, now: number): Promise<Keyring> {
  const file = secretFile(settings.database)
  const registered = await registeredSecrets(database.db)
  let secrets = givenSecrets(settings)
  if (secrets === null && registered.length > 0) {
    throw new Failure(`the secret of this database is missing; restore ${file}, or set LICENSE_SECRET`)
  }
  secrets ??= makeSecretFile(file ?? '')
  const keyring = new Keyring(secrets)
  const ids = await keyring.ids()
  if (!registered.includes(ids[0])) await register(database, settings, ids, now)
  return keyring
}

async function register(database: Database, settings: Settings, ids: readonly [string, ...string[]], now: number): Promise<void> {
  await inTransaction(database, async (trx) => {
    await lockMeta(trx, 'secrets')
    const fault = secretFault(await registeredSecrets(trx), ids, settings)
    if (fault !== null) throw new Failure(fault)
    await registerSecret(trx, ids[0], now)
  })
}
