import { BLANKS, DASHES, QUOTES } from './signs.ts'

/** The signs of codes that we issue: no 0, 1, I, L or O, which are misread (R14). A sign's value is its place. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'
const BASE = BigInt(ALPHABET.length)
const MODULUS = 953n
const RANDOM_SIGNS = 18

/** Codes of our shape: 20 signs of the alphabet (R14). */
const OURS = new RegExp(`^[${ALPHABET}]{20}$`)
/** Every code that can be in the database (R14). */
const ANY = /^[A-Za-z0-9]{10,64}$/
/** What a paste may carry besides the code (R13). */
const DROPPED = new RegExp(`[${BLANKS}${DASHES}${QUOTES}]`, 'gu')

/** What is wrong with a code before anything is looked up. */
export const CODE_FAULTS = ['empty', 'length', 'signs', 'lower-case', 'check'] as const
export type CodeFault = (typeof CODE_FAULTS)[number]

/** A code without what a paste may have added (R13). Case is kept. */
export function normalizeCode(pasted: string): string {
  return pasted.replace(DROPPED, '')
}

/** The two check signs of 18 signs (R14): their base-31 number modulo 953, as two base-31 signs, higher first. */
function checkSigns(signs: string): string {
  let number = 0n
  for (const sign of signs) number = number * BASE + BigInt(ALPHABET.indexOf(sign))
  const rest = number % MODULUS
  return `${ALPHABET.charAt(Number(rest / BASE))}${ALPHABET.charAt(Number(rest % BASE))}`
}

function hasRightCheck(code: string): boolean {
  return checkSigns(code.slice(0, RANDOM_SIGNS)) === code.slice(RANDOM_SIGNS)
}

/** What is wrong with a normalised code, null if it may exist (R13, R14). Pure and without a look-up, so that a page can
 * ask at every key. */
export function codeFault(code: string): CodeFault | null {
  if (code === '') return 'empty'
  if (!/^[A-Za-z0-9]*$/.test(code)) return 'signs'
  if (!ANY.test(code)) return 'length'
  if (OURS.test(code)) return hasRightCheck(code) ? null : 'check'
  const capitals = code.toUpperCase()
  return OURS.test(capitals) && hasRightCheck(capitals) ? 'lower-case' : null
}

/** A code as people read it: ours in 5 groups of 4 (R14), others as they are. */
export function formatCode(code: string): string {
  return OURS.test(code) ? (code.match(/.{4}/g) ?? []).join('-') : code
}

/** A new code without hyphens (R14). `random` fills bytes with cryptographic randomness. */
export function newCode(random: (bytes: Uint8Array<ArrayBuffer>) => void): string {
  let signs = ''
  const bytes = new Uint8Array(new ArrayBuffer(64))
  while (signs.length < RANDOM_SIGNS) {
    random(bytes)
    // 248 = 8 * 31: bytes above would make some signs likelier.
    for (const byte of bytes) if (byte < 248 && signs.length < RANDOM_SIGNS) signs += ALPHABET.charAt(byte % ALPHABET.length)
  }
  return signs + checkSigns(signs)
}
