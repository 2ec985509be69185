const nodes = new WeakMap<Node, number>()
let count = 0

/** A node by its name and a number of its own: as JSON one looks like any other. */
function named(_key: string, value: unknown): unknown {
  if (!(value instanceof Node)) return value
  const number = nodes.get(value) ?? (count += 1)
  nodes.set(value, number)
  return `<${value.nodeName.toLowerCase()}> no. ${number}`
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value, named) ?? String(value)
}

/** Throws unless something holds. */
export function ok(value: unknown, message = 'it does not hold'): asserts value {
  if (value === undefined || value === null || value === false || value === 0 || value === '') throw new Error(message)
}

/** Throws unless two values are the same, or look the same as JSON; nodes have to be the same. */
export function equal(actual: unknown, expected: unknown, message = ''): void {
  if (Object.is(actual, expected) || shown(actual) === shown(expected)) return
  throw new Error(`${message === '' ? '' : `${message}: `}\n  was:    ${shown(actual)}\n  wanted: ${shown(expected)}`)
}

/** Throws unless a text holds another, or fits a pattern. */
export function includes(text: string, part: string | RegExp, message = ''): void {
  if (typeof part === 'string' ? text.includes(part) : part.test(text)) return
  throw new Error(`${message === '' ? '' : `${message}: `}\n  text:   ${text}\n  lacks:  ${part}`)
}
