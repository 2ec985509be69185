function shown(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value) ?? String(value)
}

/** Throws unless something holds. */
export function ok(value: unknown, message = 'it does not hold'): asserts value {
  if (value === undefined || value === null || value === false || value === 0 || value === '') throw new Error(message)
}

/** Throws unless two values are the same, or look the same as JSON. */
export function equal(actual: unknown, expected: unknown, message = ''): void {
  if (Object.is(actual, expected) || shown(actual) === shown(expected)) return
  throw new Error(`${message === '' ? '' : `${message}: `}\n  was:    ${shown(actual)}\n  wanted: ${shown(expected)}`)
}

/** Throws unless a text holds another, or fits a pattern. */
export function includes(text: string, part: string | RegExp, message = ''): void {
  if (typeof part === 'string' ? text.includes(part) : part.test(text)) return
  throw new Error(`${message === '' ? '' : `${message}: `}\n  text:   ${text}\n  lacks:  ${part}`)
}
