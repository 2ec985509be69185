import type { Formats } from '../shared/formats.ts'
import { plain } from '../shared/plain.ts'
import type { DeviceView } from '../shared/wire.ts'

/** The devices as a table that spreadsheets read (RFC 4180; where a comma parts the decimals, a semicolon parts the cells). */
export function deviceCsv(formats: Formats, devices: readonly DeviceView[]): string {
  const rows = devices.map(({ name, serial, license }) => [plain(name), plain(serial), license.lastDay ?? ''])
  const separator = formats.number(1.5).includes(',') ? ';' : ','
  // With a byte order mark, or Excel takes it for another encoding.
  return `\ufeff${[['name', 'serial', 'lastDay'], ...rows].map((row) => row.map(cell).join(separator)).join('\r\n')}\r\n`
}

/** A text that a spreadsheet would take for a formula begins with an apostrophe instead. */
function cell(text: string): string {
  const safe = /^[=+\-@|\uff0b\uff0d\uff1d\uff20]/.test(text) ? `'${text}` : text
  return `"${safe.replaceAll('"', '""')}"`
}
