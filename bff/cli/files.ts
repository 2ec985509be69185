import { constants, createReadStream } from 'node:fs'
import { type FileHandle, open, stat, unlink } from 'node:fs/promises'
import { readCsv } from '../node/csv.ts'
import { type CsvRecord, decodeUtf8 } from '../http/rows.ts'
import { codeOf, Failure, oneLine } from './failure.ts'

/** Refuses a file that cannot be read again and again: pipes end, and a change may have to be tried twice. */
export async function checkReadable(path: string): Promise<void> {
  const found = await stat(path).catch((error: unknown) => {
    throw new Failure(codeOf(error) === 'ENOENT' ? `there is no file ${path}` : `${path} cannot be read (${oneLine(error)})`)
  })
  if (!found.isFile()) throw new Failure(`${path} is no ordinary file`)
}

/** The records of a CSV file, read as a stream. */
export async function* recordsOf(path: string): AsyncGenerator<CsvRecord> {
  try {
    yield* readCsv(decodeUtf8(createReadStream(path)))
  } catch (error) {
    if (/^E[A-Z]+$/.test(codeOf(error))) throw new Failure(`${path} cannot be read (${oneLine(error)})`)
    throw error
  }
}

/** A new file that only its owner can read: written whole, or not there. */
export class NewFile {
  readonly #path: string
  readonly #handle: FileHandle

  private constructor(path: string, handle: FileHandle) {
    this.#path = path
    this.#handle = handle
  }

  /** Makes the file. Throws a Failure if it exists or cannot be made. */
  static async make(path: string): Promise<NewFile> {
    try {
      return new NewFile(path, await open(path, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o600))
    } catch (error) {
      const exists = codeOf(error) === 'EEXIST'
      throw new Failure(exists ? `${path} exists already; name a new file` : `${path} cannot be made (${oneLine(error)})`)
    }
  }

  /** Writes the text as the whole content, onto the disk. Throws a Failure. */
  async write(text: string): Promise<void> {
    const bytes = Buffer.from(text)
    try {
      await this.#handle.truncate(0)
      // A disk that fills up takes a part first, and refuses the rest.
      for (let at = 0; at < bytes.length;) at += (await this.#handle.write(bytes, at, bytes.length - at, at)).bytesWritten
      await this.#handle.sync()
    } catch (error) {
      throw new Failure(`${this.#path} cannot be written (${oneLine(error)})`)
    }
  }

  async close(): Promise<void> {
    await this.#handle.close()
  }

  /** Takes the file away again. */
  async discard(): Promise<void> {
    await this.#handle.close()
    await unlink(this.#path)
  }
}
