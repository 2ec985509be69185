/** Random numbers that are the same in every run (mulberry32). */
export function randomOf(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

/** Bytes that break things: line ends, quotes, signs of JSON, percent signs, zeros, halves of UTF-8. */
const SPICE = [
  '\r\n', '\n', '\r\n\r\n', '\0', '"', '\\', '{', '}', '[', ']', ':', ',', '%', '%00', '%ff', '%2f', '../', '?', '&', '=', '#', ' ', '\t', '-', '0', '9'.repeat(30), '1e999',
  '__proto__', 'constructor', 'null', 'true', '\xc3', '\xff\xfe', '\xed\xa0\x80', '\xf0\x9f\x92\xa9', '\\u0000', '\\ud800', '${7*7}', "' or 1=1--", '=HYPERLINK(', '\u202e',
  'Transfer-Encoding: chunked\r\n', 'Content-Length: 5\r\n', 'Content-Length: 99999999\r\n', 'Expect: 100-continue\r\n', 'Host: x\r\n', 'Idempotency-Key: \r\n', 'Origin: https://evil.example\r\n',
  'a'.repeat(300), '[['.repeat(200), ';', '*', '<script>',
].map((text) => Buffer.from(text, 'latin1'))

/** A request with one to four changes: bytes flipped, cut out, doubled, exchanged or spiced. */
export function mutate(bytes: Buffer, random: (below: number) => number): Buffer {
  let changed = bytes
  for (let count = 1 + random(4); count > 0; count -= 1) {
    const at = random(changed.length + 1)
    const length = random(Math.min(40, changed.length - at) + 1)
    const [before, part, after] = [changed.subarray(0, at), changed.subarray(at, at + length), changed.subarray(at + length)]
    const spice = SPICE[random(SPICE.length)] ?? Buffer.of()
    const ways = [
      () => Buffer.concat([before, Buffer.from(part.map((byte) => byte ^ (1 << random(8)))), after]),
      () => Buffer.concat([before, after]),
      () => Buffer.concat([before, part, part, after]),
      () => Buffer.concat([before, spice, after]),
      () => Buffer.concat([before, spice, part, after]),
    ]
    changed = ways[random(ways.length)]?.() ?? changed
  }
  return changed
}
