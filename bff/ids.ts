let counter = 0

/** A new id of 32 hexadecimal signs that sorts by the given instant (ms), then by order of making in this process: 12 of
 * time, 4 of a counter, 16 random. */
export function newId(now: number): string {
  counter = (counter + 1) % 0x10000
  const random = crypto.getRandomValues(new Uint32Array(2))
  const hex = (value: number, length: number): string => value.toString(16).padStart(length, '0')
  return hex(now, 12) + hex(counter, 4) + hex(random[0] ?? 0, 8) + hex(random[1] ?? 0, 8)
}
