import { guarded } from '../http/rows.ts'

/** One record of a CSV file (RFC 4180). Cells that a spreadsheet would take for formulas are guarded; our imports take the
 * guard away again, so that a file is inert and still comes back as it was. */
export function csvRecord(cells: readonly (string | number | null)[]): string {
  return `${cells.map((cell) => quoted(guarded(cell === null ? '' : String(cell)))).join(',')}\r\n`
}

function quoted(text: string): string {
  return /[",;\t\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
