import type { Keyring } from './keyring.ts'
import { Problem } from './problem.ts'

/** How long a cursor can be used (ms). */
const LIFE_MS = 86_400_000

/** Where a page ended: the sort values of its last row, and the instant that the first page was asked for. */
export interface Position {
  at: number
  after: readonly (string | number)[]
}

/** A cursor for the next page, signed for one list: `scope` names the caller's view, the filters and the order. */
export async function makeCursor(keyring: Keyring, scope: unknown, position: Position): Promise<string> {
  const text = JSON.stringify([position.at, ...position.after])
  const { hash } = await keyring.hash('cursor', JSON.stringify([scope, text]))
  return `${encode(text)}.${hash}`
}

function encode(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

/** Reads a cursor of ours; throws `invalid` for one that is forged, of another list, or older than a day. */
export async function readCursor(keyring: Keyring, scope: unknown, cursor: string, now: number): Promise<Position> {
  const [encoded = '', signature = '', ...more] = cursor.split('.')
  const text = decode(encoded)
  const hashes = text === null ? [] : await keyring.hashes('cursor', JSON.stringify([scope, text]))
  // Other spellings of the same text were not made here.
  if (text === null || encode(text) !== encoded || more.length > 0 || !hashes.includes(signature)) throw notOurs()
  const [at, ...after] = JSON.parse(text) as [number, ...(string | number)[]]
  if (now - at > LIFE_MS) throw notOurs()
  return { at, after }
}

function decode(encoded: string): string | null {
  try {
    const bytes = Uint8Array.from(atob(encoded.replaceAll('-', '+').replaceAll('_', '/')), (sign) => sign.charCodeAt(0))
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

function notOurs(): Problem {
  return new Problem('invalid', 'This cursor is none of this list; begin without one.', { errors: [{ pointer: '/cursor', detail: 'not a cursor of this list' }] })
}
