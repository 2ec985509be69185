import type { Metric } from './families.ts'

/** A number from 0 to 1 that looks random, the same for the same text and place (FNV-1a with a final mix). */
function noise(text: string, place: number): number {
  let hash = 2166136261 ^ place
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 16777619)
  hash = Math.imul(hash ^ (hash >>> 15), 2246822519)
  hash = Math.imul(hash ^ (hash >>> 13), 3266489917)
  return ((hash ^ (hash >>> 16)) >>> 0) / 4294967295
}

/** Noise that runs smoothly from place to place. */
function wander(text: string, at: number): number {
  const place = Math.floor(at)
  const share = at - place
  const eased = share * share * (3 - 2 * share)
  return noise(text, place) * (1 - eased) + noise(text, place + 1) * eased
}

/** What a device measures at an instant (ms): made up, but always the same, and smooth. */
export function reading({ id, base, swing, range: [low, high] }: Metric, deviceId: string, at: number): number {
  const key = `${deviceId}/${id}`
  const slow = wander(key, at / 90_000) - 0.5
  const quick = wander(`${key}/quick`, at / 9_000) - 0.5
  return Math.min(high, Math.max(low, base + swing * (1.3 * slow + 0.5 * quick)))
}

/** The lowest, mean and highest value of a day. */
export interface DayValues {
  low: number
  mean: number
  high: number
}

/** What a device has measured on a day, by its number since 1970: made up, but always the same. */
export function readingsOfDay({ id, base, swing, range }: Metric, deviceId: string, day: number): DayValues {
  const key = `${deviceId}/${id}/day`
  const mean = base + swing * (wander(key, day / 1.7) - 0.5)
  const spread = swing * (0.15 + 0.3 * noise(key, day))
  return { low: Math.max(range[0], mean - spread), mean, high: Math.min(range[1], mean + spread * 0.9) }
}
