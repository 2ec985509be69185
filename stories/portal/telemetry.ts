/** What the device cloud measures, as far as the portal has words for it. */
export type MetricId = 'flow' | 'return' | 'power' | 'outdoor' | 'airflow' | 'supply' | 'co2' | 'fan' | 'draw' | 'hardness' | 'pressure' | 'salt'

/** What it can do to a device, as far as the portal has words for it. */
export type FunctionId = 'quiet' | 'boost' | 'setpoint' | 'night' | 'party' | 'target' | 'away' | 'soft' | 'residual' | 'test'

/** Something that a device measures. */
export interface Metric {
  id: MetricId
  unit: string
  digits: number
  /** What a chart of it shows, lowest and highest. */
  range: readonly [low: number, high: number]
}

/** What a device measures at one instant. */
export interface Reading {
  at: string
  values: Readonly<Record<string, number>>
}

/** The first event of live readings; every further one is a Reading. */
export interface LiveStart {
  metrics: readonly Metric[]
  readings: readonly Reading[]
}

/** `history?days=7`: the days before today, the oldest first. */
export interface PastDays {
  metrics: readonly Metric[]
  days: readonly { day: string; values: Readonly<Record<string, { low: number; mean: number; high: number }>> }[]
}

/** Something that a person can do to a device. */
export type DeviceFunction =
  | { id: FunctionId; kind: 'switch'; on: boolean }
  | { id: FunctionId; kind: 'number'; value: number; least: number; most: number; step: number; digits: number; unit: string }
  | { id: FunctionId; kind: 'run'; leftMs: number | null }

/** `functions`: how a device stands, and what was done last, the latest first. */
export interface ControlState {
  functions: readonly DeviceFunction[]
  activity: readonly { at: string; id: FunctionId; done: boolean | number | 'passed' }[]
}
