import type { GatePattern } from '../policy.ts'

/** Whether a path can mean something else to somebody else: encoded slashes, dot segments, double encoding, empty segments, and what is
 * no path at all. Such a path opens nothing. */
export function isTricky(path: string): boolean {
  return !/^\/[\x21-\x7e]*$/.test(path) || /[\\#?]|%(?:2f|5c|25|00|[01][\da-f]|7f)|%(?![\da-f]{2})/i.test(path) || path.includes('//')
    || path.split('/').some((segment) => /^\.{1,2}$/.test(segment.replaceAll(/%2e/gi, '.').split(';', 1)[0] ?? ''))
}

/** What a pattern finds in a path. */
export interface Found {
  deviceId: string
  feature: string
}

/** A path's segment as text; null where it is no UTF-8. */
export function textOf(segment: string): string | null {
  try {
    return decodeURIComponent(segment)
  } catch {
    return null
  }
}

function find(path: string, { path: pattern, feature }: GatePattern): Found | null {
  const wanted = pattern.split('/')
  const given = path.split('/')
  const open = wanted.at(-1) === '*'
  if (open) wanted.pop()
  if (open ? given.length < wanted.length : given.length !== wanted.length) return null
  const found: Record<string, string> = feature === null ? {} : { feature }
  for (const [index, part] of wanted.entries()) {
    const text = textOf(given[index] ?? '')
    if (text === null) return null
    if (part === '{device}' || part === '{feature}') found[part.slice(1, -1)] = text
    else if (part !== text) return null
  }
  const { device = '', feature: named = '' } = found
  return device === '' || named === '' ? null : { deviceId: device, feature: named }
}

/** What the one pattern that fits says of a path; null where none fits, or more than one. */
export function findIn(patterns: readonly GatePattern[], path: string): Found | null {
  const found = patterns.flatMap((pattern) => find(path, pattern) ?? [])
  return found.length === 1 ? found[0] ?? null : null
}
