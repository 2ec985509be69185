import type { Family } from './metrics.ts'

export type FunctionId = 'quiet' | 'boost' | 'setpoint' | 'night' | 'party' | 'target' | 'away' | 'soft' | 'residual' | 'test'

/** Something that a person can do to a device. */
export type DeviceFunction =
  | { id: FunctionId; kind: 'switch'; on: boolean }
  | { id: FunctionId; kind: 'number'; value: number; least: number; most: number; step: number; digits: number; unit: string }
  | { id: FunctionId; kind: 'run' }

/** The functions of each family. */
export const FUNCTIONS = {
  'heat-pump': [
    { id: 'quiet', kind: 'switch', on: true }, { id: 'boost', kind: 'switch', on: false },
    { id: 'setpoint', kind: 'number', value: 36, least: 28, most: 45, step: 0.5, digits: 1, unit: '°C' }, { id: 'test', kind: 'run' },
  ],
  ventilation: [
    { id: 'night', kind: 'switch', on: false }, { id: 'party', kind: 'switch', on: false },
    { id: 'target', kind: 'number', value: 800, least: 600, most: 1200, step: 50, digits: 0, unit: 'ppm' }, { id: 'test', kind: 'run' },
  ],
  softener: [
    { id: 'away', kind: 'switch', on: false }, { id: 'soft', kind: 'switch', on: false },
    { id: 'residual', kind: 'number', value: 6, least: 3, most: 10, step: 0.5, digits: 1, unit: '°dH' }, { id: 'test', kind: 'run' },
  ],
} as const satisfies Record<Family, readonly DeviceFunction[]>
