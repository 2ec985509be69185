/** The areas of a device's page, each a tab and named by the address after `#`. */
export const AREAS = ['dashboard', 'history', 'functions', 'license'] as const
export type Area = (typeof AREAS)[number]

/** Areas that a licence opens; the license area itself is never closed. */
export type Feature = Exclude<Area, 'license'>

/** The area that an address names; null for none. */
export function areaOf(hash: string): Area | null {
  return AREAS.find((area) => `#${area}` === hash) ?? null
}
