import { grant } from './samples.ts'
import type { WorldDevice, WorldLegacy } from './world.ts'

const OURS: readonly WorldLegacy[] = [{}]

function legacy(id: string, name: string, serial: string, rows: readonly WorldLegacy[] = OURS, more: Partial<WorldDevice> = {}): WorldDevice {
  return { id, name, serial, model: serial.startsWith('WS') ? 'WS-20' : 'HP-8', siteId: 'Spandau', legacy: rows, ...more }
}

/** Devices of the old platform: some can have grace, the others cannot, each for another reason (R24). */
export const LEGACY = {
  eligible: legacy('lg-mill', 'Heat pump Mill', 'HP8-11020-07'),
  eligibleToo: legacy('lg-forge', 'Heat pump Forge', 'HP8-11020-08'),
  eligibleThree: legacy('lg-dairy', 'Water softener Dairy', 'WS20-02110-31'),
  claimedByOther: legacy('lg-orchard', 'Water softener Orchard', 'WS20-02110-32', [{ account: 'someone-else' }]),
  claimedByOtherToo: legacy('lg-smithy', 'Water softener Smithy', 'WS20-02110-36', [{ account: 'someone-else' }]),
  inSeveralWorkspaces: legacy('lg-chapel', 'Heat pump Chapel', 'HP8-11020-11', [{ workspace: 'Lindenhof' }, { workspace: 'Lindenhof old' }]),
  inSeveralSites: legacy('lg-ferry', 'Heat pump Ferry house', 'HP8-11020-12', [{ site: 'Spandau' }, { site: 'Potsdam' }]),
  alreadyUsed: legacy('lg-tower', 'Water softener Tower', 'WS20-02110-33', OURS, { grants: [grant('grace', -80)] }),
  alreadyLicensed: legacy('lg-school', 'Water softener School', 'WS20-02110-34', OURS, { grants: [grant('standard', 212)] }),
} as const satisfies Record<string, WorldDevice>

/** Every one of them. */
export const ALL_LEGACY: readonly WorldDevice[] = Object.values(LEGACY)

/** Many devices of the old platform that can have grace. */
export function legacyFleet(count: number): WorldDevice[] {
  return Array.from({ length: count }, (_, index) => {
    const number = String(index + 1).padStart(4, '0')
    return legacy(`lg-${number}`, `Heat pump ${number}`, `HP8-5-${number}`)
  })
}
