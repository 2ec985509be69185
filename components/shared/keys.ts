import { problemOf } from './client.ts'
import type { ProblemBody } from './wire.ts'

/** Keys of requests whose answer is not known, by what they are for: sent again with its key, nothing is done twice. */
export class Keys {
  readonly #open = new Map<string, string>()

  /** Asks with the key that is open for something, or a new one, which stays open unless the answer is the last word. */
  async use<T>(what: string, ask: (key: string) => Promise<T>): Promise<T> {
    const key = this.#open.get(what) ?? newKey()
    this.#open.set(what, key)
    try {
      const answer = await ask(key)
      this.#open.delete(what)
      return answer
    } catch (error) {
      if (isFinal(problemOf(error))) this.#open.delete(what)
      throw error
    }
  }
}

/** Whether a refusal is the last word; all else can be asked again with the same key. */
export function isFinal({ code, status }: ProblemBody): boolean {
  return status >= 400 && status < 500 && status !== 401 && status !== 429 && code !== 'unreachable' && code !== 'idempotency-in-progress'
}

/** 128 random bits; `crypto.randomUUID` is missing where a page is not served safely. */
function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
