import { ProblemError } from './client.ts'

/** How a host says who is signed in: answers a session token. */
export type GetToken = () => Promise<string> | string

/** The token of one provider: asked for once, and again when it was rejected. */
export class TokenSource {
  readonly #check: (token: string) => Promise<boolean>
  #asked: { from: GetToken; token: Promise<string> } | null = null

  /** `check` finds out whose a fresh token is; false where that is somebody of another workspace. */
  constructor(check: (token: string) => Promise<boolean>) {
    this.#check = check
  }

  /** The token that is known, or a fresh one if that was rejected. */
  async token(from: GetToken, rejected: string | null): Promise<string> {
    const known = this.#asked?.from === from ? await this.#asked.token : null
    if (known !== null && known !== rejected) return known
    const asked = { from, token: this.#fresh(from) }
    this.#asked = asked
    asked.token.catch(() => { if (this.#asked === asked) this.#asked = null })
    return asked.token
  }

  forget(): void {
    this.#asked = null
  }

  async #fresh(from: GetToken): Promise<string> {
    const token = await from()
    // What was asked of one workspace must not be done in another.
    if (!await this.#check(token)) throw new ProblemError({ code: 'unreachable', status: 0 })
    return token
  }
}
