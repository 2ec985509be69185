/** What kinds of device the sample fleet has. */
export type Family = 'heat-pump' | 'ventilation' | 'softener'

export type MetricId = 'flow' | 'return' | 'power' | 'outdoor' | 'airflow' | 'supply' | 'co2' | 'fan' | 'draw' | 'hardness' | 'pressure' | 'salt'

/** Something that a device measures. */
export interface Metric {
  id: MetricId
  unit: string
  digits: number
  /** What a chart of it shows, lowest and highest. */
  range: readonly [low: number, high: number]
  /** Its usual value, and how far it wanders from there. */
  base: number
  swing: number
}

const metric = (id: MetricId, unit: string, digits: number, range: Metric['range'], base: number, swing: number): Metric =>
  ({ id, unit, digits, range, base, swing })

/** The metrics of each family, the main one first. */
export const METRICS = {
  'heat-pump': [
    metric('flow', '°C', 1, [28, 44], 36, 6), metric('return', '°C', 1, [22, 38], 30, 5), metric('power', 'kW', 2, [0, 4], 2, 1.6),
    metric('outdoor', '°C', 1, [-4, 12], 4, 5),
  ],
  ventilation: [
    metric('airflow', 'm³/h', 0, [240, 560], 400, 130), metric('supply', '°C', 1, [14, 26], 20, 4), metric('co2', 'ppm', 0, [400, 1200], 760, 300),
    metric('fan', '%', 0, [20, 100], 58, 30),
  ],
  softener: [
    metric('draw', 'l/min', 1, [0, 16], 7, 6.5), metric('hardness', '°dH', 1, [2, 10], 6, 2), metric('pressure', 'bar', 2, [2, 6], 3.8, 1),
    metric('salt', '%', 0, [0, 100], 64, 8),
  ],
} as const satisfies Record<Family, readonly Metric[]>

/** The family of a model by its name. */
export function familyOf(model: string): Family {
  return model.startsWith('HP') ? 'heat-pump' : model.startsWith('VU') ? 'ventilation' : 'softener'
}

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

/** The lowest, mean and highest value of a day, by its number since 1970. */
export interface DayValues {
  low: number
  mean: number
  high: number
}

/** What a device has measured on a day: made up, but always the same. */
export function readingsOfDay({ id, base, swing, range }: Metric, deviceId: string, day: number): DayValues {
  const key = `${deviceId}/${id}/day`
  const mean = base + swing * (wander(key, day / 1.7) - 0.5)
  const spread = swing * (0.15 + 0.3 * noise(key, day))
  return { low: Math.max(range[0], mean - spread), mean, high: Math.min(range[1], mean + spread * 0.9) }
}
