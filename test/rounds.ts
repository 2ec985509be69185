const TIMES = process.env['LICENSE_TEST_ROUNDS'] ?? '1'
// Without a round, nothing would be tested and nothing could fail.
if (!/^[1-9]\d{0,3}$/.test(TIMES)) throw new RangeError(`LICENSE_TEST_ROUNDS is ${TIMES}, and no whole number from 1 to 9999`)

/** How often a test repeats what only chance tells apart: so many rounds, times LICENSE_TEST_ROUNDS where a longer run is wanted. */
export function rounds(count: number): number {
  return count * Number(TIMES)
}
