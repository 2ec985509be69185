import { BLANKS, DASHES } from './signs.ts'

const DROPPED = new RegExp(`[${BLANKS}${DASHES}]`, 'gu')

/** The normal form in which serial numbers are compared (R21): compatibility letters folded (NFKC), without spaces,
 * dashes and invisible signs, in capitals. Empty if nothing is left. */
export function normalSerial(serial: string): string {
  const signs = serial.normalize('NFKC').replace(DROPPED, '')
  // Through small letters, because some have two capitals (ß); folded again, because accents may have moved together.
  return signs.toLowerCase().toUpperCase().normalize('NFKC')
}
