let counter = 0
const pool = new Uint32Array(512)
let used = pool.length

/** 32 random bits; asked for in bulk, because asking costs more than the bits. */
function random(): number {
  if (used === pool.length) {
    crypto.getRandomValues(pool)
    used = 0
  }
  used += 1
  return pool[used - 1] ?? 0
}

function hex(value: number, length: number): string {
  return value.toString(16).padStart(length, '0')
}

/** A new id of 32 hexadecimal signs that sorts by the given instant (ms), then by order of making in this process: 12 of
 * time, 4 of a counter, 16 random. */
export function newId(now: number): string {
  counter = (counter + 1) % 0x10000
  return hex(now, 12) + hex(counter, 4) + hex(random(), 8) + hex(random(), 8)
}

/** What every id of an instant (ms) or later is greater than, and no id of before. */
export function idAt(at: number): string {
  return hex(at, 12)
}
