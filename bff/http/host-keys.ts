import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose'

/** From which age keys are asked for again, and up to which they serve while the identity provider cannot be asked (ms). */
const FRESH_MS = 600_000
const KEPT_MS = 3_600_000
/** How often the identity provider is asked at most, and how long it is waited for (ms). */
const PAUSE_MS = 5_000
const PATIENCE_MS = 2_500

/**
 * Finds the key of a host's token in the key set at an address (JWKS, RFC 7517 §5). A key that is not known makes it ask
 * again, so that keys can be rotated. Throws jose's `JWKSNoMatchingKey`, and an Error of its own where the set cannot be had.
 */
export function hostKeysByUrl(url: string, now: () => number = Date.now): JWTVerifyGetKey {
  let known: { find: ReturnType<typeof createLocalJWKSet>; at: number } | null = null
  let asked: { at: number; worked: Promise<boolean> } | null = null

  async function ask(): Promise<boolean> {
    try {
      known = { find: createLocalJWKSet(await load(url)), at: now() }
      return true
    } catch {
      return false
    }
  }

  /** Asks for the set, or waits for who asked lately; answers whether that worked. */
  function refresh(): Promise<boolean> {
    if (asked === null || Math.abs(now() - asked.at) >= PAUSE_MS) asked = { at: now(), worked: ask() }
    return asked.worked
  }

  function current(): ReturnType<typeof createLocalJWKSet> {
    if (known === null || now() - known.at >= KEPT_MS) throw new Error('The key set of the identity provider cannot be had.')
    return known.find
  }

  return async (header, token) => {
    if (known === null || now() - known.at >= FRESH_MS) await refresh()
    try {
      return await current()(header, token)
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error
      if (!(await refresh())) throw new Error('A new key of the identity provider cannot be had.', { cause: error })
      return current()(header, token)
    }
  }
}

async function load(url: string): Promise<JSONWebKeySet> {
  const response = await fetch(url, {
    signal: AbortSignal.timeout(PATIENCE_MS), redirect: 'error', headers: { accept: 'application/jwk-set+json, application/json' },
  })
  if (response.status !== 200) throw new Error(`The identity provider answered ${response.status}.`)
  return await response.json() as JSONWebKeySet
}
