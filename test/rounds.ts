/** How often a test repeats what only chance tells apart: so many rounds, times LICENSE_TEST_ROUNDS where a longer run is wanted. */
export function rounds(count: number): number {
  return count * Number(process.env['LICENSE_TEST_ROUNDS'] ?? 1)
}
