import type { Keyring } from '../http/keyring.ts'

/** Signs of the hash that a token carries: 186 bits, so that a token is as long as an id may be. */
const HASH_SIGNS = 31

/** The address that stops mail to a recipient (RFC 8058). Its token is the id of the recipient's row and a keyed hash of that, so that
 * the database holds nothing that could be guessed or stolen. */
export async function unsubscribeUrl(keyring: Keyring, publicUrl: string, recipientId: string): Promise<string> {
  const { hash } = await keyring.hash('unsubscribe', recipientId)
  return new URL(`v1/unsubscribe/${recipientId}.${hash.slice(0, HASH_SIGNS)}`, publicUrl.endsWith('/') ? publicUrl : `${publicUrl}/`).href
}

/** The id of the row that a token names; null if it is none of ours. */
export async function recipientOfToken(keyring: Keyring, token: string): Promise<string | null> {
  const [, id, hash] = /^([0-9a-f]{32})\.([\w-]{31})$/.exec(token) ?? []
  if (id === undefined || hash === undefined) return null
  return (await keyring.hashes('unsubscribe', id)).some((one) => isEqual(one.slice(0, HASH_SIGNS), hash)) ? id : null
}

/** Compares in a time that tells nothing. */
function isEqual(a: string, b: string): boolean {
  let difference = a.length ^ b.length
  for (let index = 0; index < a.length; index += 1) difference |= a.charCodeAt(index) ^ b.charCodeAt(index)
  return difference === 0
}
