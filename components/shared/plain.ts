/** Signs that change the direction of what stands around them. */
const DIRECTIONS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g

/** A text of somebody else's on one line, so that it can change neither the lines nor the direction of what it is put into. */
export function plain(text: string): string {
  return text.toWellFormed().replace(DIRECTIONS, '').replace(/[\s\p{Cc}]+/gu, ' ').trim()
}

/** The same within a sentence, with a direction of its own. */
export function isolated(text: string): string {
  return `\u2068${plain(text)}\u2069`
}
