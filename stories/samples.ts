import type { Kind } from '../bff/rules/lists.ts'
import { DEFAULT_POLICY } from '../bff/rules/policy.ts'
import type { WorldDevice, WorldGrant } from './world.ts'

/** Days of the terms: a year is what sellers sell, the others stand in the policy. */
const TERMS = { standard: 365, trial: DEFAULT_POLICY.trialDays, grace: DEFAULT_POLICY.graceDays } as const satisfies Record<Kind, number>

/** A grant of a kind's usual length of which some days are left; fewer than none where it is over. */
export function grant(kind: Kind, left: number, days: number = TERMS[kind]): WorldGrant {
  return { kind, days, left }
}

type Row = [id: string, model: string, serial: string, name: string, siteId: string, more?: Pick<WorldDevice, 'grants' | 'voucherDays' | 'undone'>]

function device(...[id, model, serial, name, siteId, more]: Row): WorldDevice {
  return { id, model, serial, name, siteId, ...more }
}

/** A device in every status of every kind. */
export const SAMPLES = {
  active: device('hp-north', 'HP-12', 'HP12-20817-44', 'Heat pump North wing', 'Spandau', { grants: [grant('standard', 212)] }),
  redeemed: device('ws-annex', 'WS-20', 'WS20-08814-02', 'Water softener Annex', 'Spandau', { voucherDays: TERMS.standard }),
  trial: device('vu-hall', 'VU-450', 'VU450-31002-17', 'Ventilation Concert hall', 'Mitte', { grants: [grant('trial', 176)] }),
  grace: device('ws-kitchen', 'WS-20', 'WS20-07731-01', 'Water softener Kitchen', 'Spandau', { grants: [grant('grace', 45)] }),
  expiring: device('hp-south', 'HP-12', 'HP12-20817-51', 'Heat pump South wing', 'Spandau', { grants: [grant('standard', 12)] }),
  expiringFirst: device('hp-lobby', 'HP-12', 'HP12-20817-52', 'Heat pump Lobby', 'Spandau', { grants: [grant('standard', DEFAULT_POLICY.expiringWithinDays)] }),
  expiringTomorrow: device('hp-attic', 'HP-12', 'HP12-20817-53', 'Heat pump Attic', 'Spandau', { grants: [grant('standard', 1)] }),
  trialExpiring: device('vu-nursery', 'VU-450', 'VU450-31002-18', 'Ventilation Day nursery', 'Potsdam', { grants: [grant('trial', 9)] }),
  graceExpiring: device('ws-laundry', 'WS-20', 'WS20-07731-05', 'Water softener Laundry', 'Potsdam', { grants: [grant('grace', 5)] }),
  lastDay: device('hp-boiler', 'HP-8', 'HP8-19440-02', 'Heat pump Boiler room', 'Mitte', { grants: [grant('standard', 0)] }),
  trialLastDay: device('vu-stage', 'VU-450', 'VU450-31002-20', 'Ventilation Stage', 'Mitte', { grants: [grant('trial', 0)] }),
  graceLastDay: device('ws-garden', 'WS-20', 'WS20-07731-06', 'Water softener Garden', 'Potsdam', { grants: [grant('grace', 0)] }),
  expired: device('hp-stable', 'HP-8', 'HP8-19440-03', 'Heat pump Old stable', 'Potsdam', { grants: [grant('standard', -9)] }),
  expiredYesterday: device('hp-barn', 'HP-8', 'HP8-19440-04', 'Heat pump Barn', 'Potsdam', { grants: [grant('standard', -1)] }),
  trialExpired: device('vu-workshop', 'VU-450', 'VU450-31002-22', 'Ventilation Workshop', 'Spandau', { grants: [grant('trial', -3)] }),
  graceExpired: device('ws-staff', 'WS-20', 'WS20-07731-08', 'Water softener Staff house', 'Potsdam', { grants: [grant('grace', -1)] }),
  none: device('vu-archive', 'VU-450', 'VU450-31002-90', 'Ventilation Archive', 'Mitte'),
  renewedInTrial: device('hp-office', 'HP-8', 'HP8-22105-17', 'Heat pump Office', 'Mitte', { grants: [grant('trial', 60)], voucherDays: TERMS.standard }),
  undone: device('ws-cellar', 'WS-20', 'WS20-06120-11', 'Water softener Cellar', 'Mitte', { grants: [grant('standard', -20)], voucherDays: TERMS.standard, undone: true }),
  longName: device('vu-kita', 'VU-450', 'VU450-31002-0000000018-DE-BB', 'Ventilation Day nursery, second floor, garden side, behind the gymnasium', 'Potsdam', { grants: [grant('standard', 12)] }),
} as const satisfies Record<string, WorldDevice>

/** Every one of them. */
export const ALL_SAMPLES: readonly WorldDevice[] = Object.values(SAMPLES)

/** Many devices, their licences spread over all statuses. */
export function fleet(count: number): WorldDevice[] {
  const kinds = ALL_SAMPLES.filter(({ voucherDays }) => voucherDays === undefined)
  return Array.from({ length: count }, (_, index) => {
    const { grants = [], model = '', name = '' } = kinds[index % kinds.length] ?? {}
    const number = String(index + 1).padStart(4, '0')
    return { id: `device-${number}`, serial: `${model}-${number}`, model, name: `${name} ${number}`, grants }
  })
}

/** A device that nobody has. */
export const NEW_DEVICE = { serial: 'VU450-40001-01', model: 'VU-450', name: 'Ventilation Library' } as const
