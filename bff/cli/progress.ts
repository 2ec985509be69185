/** Pause between two updates of the line (ms). */
const EVERY_MS = 100

/** Shows how far long work is, in one line of standard error that is written over; nothing where nobody looks. */
export class Progress {
  readonly #label: string
  readonly #shown: boolean
  #last = 0
  #written = false

  constructor(label: string, { json }: { json: boolean }) {
    this.#label = label
    this.#shown = !json && process.stderr.isTTY
  }

  /** So many are done. */
  readonly at = (count: number): void => {
    const now = performance.now()
    if (!this.#shown || now - this.#last < EVERY_MS) return
    this.#last = now
    this.#written = true
    process.stderr.write(`\r\x1b[K${this.#label} ${count.toLocaleString('en')}`)
  }

  /** Takes the line away. */
  end(): void {
    if (this.#written) process.stderr.write('\r\x1b[K')
    this.#written = false
  }
}

/** Runs work that tells how far it is. */
export async function withProgress<T>(label: string, options: { json: boolean }, work: (at: (count: number) => void) => Promise<T>): Promise<T> {
  const progress = new Progress(label, options)
  try {
    return await work(progress.at)
  } finally {
    progress.end()
  }
}
