/** The one of some words that takes the fewest changes of single signs to write. */
export function nearest(word: string, words: readonly string[]): string {
  return words.reduce((best, one) => (distance(word, one) < distance(word, best) ? one : best))
}

/** Levenshtein distance: signs to add, drop or change. */
function distance(from: string, to: string): number {
  let above = Array.from({ length: to.length + 1 }, (_, index) => index)
  for (let line = 0; line < from.length; line += 1) {
    const row = [line + 1]
    for (let at = 0; at < to.length; at += 1) {
      const kept = (above[at] ?? 0) + (from[line] === to[at] ? 0 : 1)
      row.push(Math.min(kept, (above[at + 1] ?? 0) + 1, (row[at] ?? 0) + 1))
    }
    above = row
  }
  return above[to.length] ?? 0
}
