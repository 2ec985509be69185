/** What kinds of device the sample fleet has. */
export type Family = 'heat-pump' | 'ventilation' | 'softener'

/** A device as the BFF has it. */
export interface KnownDevice {
  workspace: string
  id: string
  family: Family
  timeZone: string
}

/** Something that a device measures. */
export interface Metric {
  id: string
  unit: string
  digits: number
  /** What a chart of it shows, lowest and highest. */
  range: readonly [low: number, high: number]
  /** Its usual value, and how far it wanders from there. */
  base: number
  swing: number
}

const metric = (id: string, unit: string, digits: number, range: Metric['range'], base: number, swing: number): Metric =>
  ({ id, unit, digits, range, base, swing })

/** The metrics of each family, the main one first. */
export const METRICS: Readonly<Record<Family, readonly Metric[]>> = {
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
}

/** Something that a person can do to a device: how it stands, and between which values. */
export type DeviceFunction =
  | { id: string; kind: 'switch'; on: boolean }
  | { id: string; kind: 'number'; value: number; least: number; most: number; step: number; digits: number; unit: string }
  | { id: string; kind: 'run'; leftMs: number | null }

const test: DeviceFunction = { id: 'test', kind: 'run', leftMs: null }

/** The functions of each family, as a device leaves the factory. */
export const FUNCTIONS: Readonly<Record<Family, readonly DeviceFunction[]>> = {
  'heat-pump': [
    { id: 'quiet', kind: 'switch', on: true }, { id: 'boost', kind: 'switch', on: false },
    { id: 'setpoint', kind: 'number', value: 36, least: 28, most: 45, step: 0.5, digits: 1, unit: '°C' }, test,
  ],
  ventilation: [
    { id: 'night', kind: 'switch', on: false }, { id: 'party', kind: 'switch', on: false },
    { id: 'target', kind: 'number', value: 800, least: 600, most: 1200, step: 50, digits: 0, unit: 'ppm' }, test,
  ],
  softener: [
    { id: 'away', kind: 'switch', on: false }, { id: 'soft', kind: 'switch', on: false },
    { id: 'residual', kind: 'number', value: 6, least: 3, most: 10, step: 0.5, digits: 1, unit: '°dH' }, test,
  ],
}

/** The family of a model by its name. */
export function familyOf(model: string): Family {
  return model.startsWith('HP') ? 'heat-pump' : model.startsWith('VU') ? 'ventilation' : 'softener'
}
