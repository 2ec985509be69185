import type { Kind } from '../../rules/lists.ts'
import { VISITOR_EMAIL, WORKSPACE } from './identities.ts'

/** A licence that was sold before, in days from today: its first day lies `since` days back, its last one `left` ahead. */
interface SampleGrant {
  kind: Kind
  since: number
  left: number
}

/** A device of the demo, and what its ledger holds. */
export interface SampleDevice {
  workspace: string
  id: string
  serial: string
  model: string
  name: string
  siteId: string
  grants?: readonly SampleGrant[]
  /** Days of a voucher that is redeemed on it. */
  voucherDays?: number
  removed?: true
}

/** The other workspace: what must not be seen from the first. */
export const OTHER_WORKSPACE = 'other'

const hours = 'Mon–Fri, 8:00–17:00, Berlin time'

/** Two customers of a maker that does not exist, with contacts that nobody answers. */
export const SAMPLE_WORKSPACES = {
  [WORKSPACE]: {
    name: 'Lindenhof Living',
    timeZone: 'Europe/Berlin',
    notifyEmails: ['facility@example.com'],
    contact: {
      sales: { name: 'Velthorn Sales', email: 'sales@example.com', phone: '+49 30 23125 014', hours },
      support: { name: 'Velthorn Support', email: 'support@example.com', phone: '+49 30 23125 020', hours },
    },
  },
  [OTHER_WORKSPACE]: { name: 'Hafenkante Hotels', timeZone: 'Europe/Berlin', contact: { sales: { email: 'sales@example.com' } } },
}

/** Days of the terms that the rules know: a year, a trial, a grace period. */
const YEAR = 365
const TRIAL = 180
const GRACE = 60

/** A term of some days of which some are left; fewer than none where it is over. */
function grant(kind: Kind, days: number, left: number): SampleGrant {
  return { kind, since: days - left, left }
}

type Row = [id: string, model: string, serial: string, name: string, siteId: string, more?: Pick<SampleDevice, 'grants' | 'voucherDays' | 'removed'>]

const ROWS: readonly Row[] = [
  ['hp-north', 'HP-12', 'HP12-20817-44', 'Heat pump North wing', 'Spandau', { grants: [grant('standard', YEAR, 212)] }],
  ['hp-south', 'HP-12', 'HP12-20817-51', 'Heat pump South wing', 'Spandau', { grants: [grant('standard', YEAR, 12)] }],
  ['hp-boiler', 'HP-8', 'HP8-19440-02', 'Heat pump Boiler room', 'Mitte', { grants: [grant('standard', YEAR, 0)] }],
  ['hp-stable', 'HP-8', 'HP8-19440-03', 'Heat pump Old stable', 'Potsdam', { grants: [grant('standard', YEAR, -9)] }],
  ['hp-office', 'HP-8', 'HP8-22105-17', 'Heat pump Office', 'Mitte', { grants: [grant('trial', TRIAL, 60)], voucherDays: YEAR }],
  ['vu-hall', 'VU-450', 'VU450-31002-17', 'Ventilation Concert hall', 'Mitte', { grants: [grant('trial', TRIAL, 176)] }],
  ['vu-nursery', 'VU-450', 'VU450-31002-18', 'Ventilation Day nursery, second floor, garden side', 'Potsdam', { grants: [grant('trial', TRIAL, 9)] }],
  ['vu-workshop', 'VU-450', 'VU450-31002-22', 'Ventilation Workshop', 'Spandau', { grants: [grant('trial', TRIAL, -3)] }],
  ['vu-archive', 'VU-450', 'VU450-31002-90', 'Ventilation Archive', 'Mitte'],
  ['ws-kitchen', 'WS-20', 'WS20-07731-01', 'Water softener Kitchen', 'Spandau', { grants: [grant('grace', GRACE, 45)] }],
  ['ws-laundry', 'WS-20', 'WS20-07731-05', 'Water softener Laundry', 'Potsdam', { grants: [grant('grace', GRACE, 5)] }],
  ['ws-staff', 'WS-20', 'WS20-07731-08', 'Water softener Staff house', 'Potsdam', { grants: [grant('grace', GRACE, -1)] }],
  ['ws-annex', 'WS-20', 'WS20-08814-02', 'Water softener Annex', 'Spandau', { voucherDays: YEAR }],
  ['ws-cellar', 'WS-20', 'WS20-06120-11', 'Water softener Cellar', 'Mitte', { grants: [grant('standard', YEAR, 100)], removed: true }],
]

/** Devices of the old platform, one for every reason that grace can have (R24); none of them was licensed here. */
const FORMER_ROWS: readonly Row[] = [
  ['fs-roof', 'FS-30', 'FS30-50110-03', 'Filter station Roof', 'Mitte'],
  ['fs-pool', 'FS-30', 'FS30-50110-08', 'Filter station Pool', 'Potsdam'],
  ['fs-sauna', 'FS-30', 'FS30-50110-11', 'Filter station Sauna', 'Potsdam'],
  ['fs-kiosk', 'FS-30', 'FS30-50112-01', 'Filter station Kiosk', 'Mitte'],
  ['fs-depot', 'FS-30', 'FS30-50112-05', 'Filter station Depot', 'Spandau'],
  ['fs-school', 'FS-30', 'FS30-50112-06', 'Filter station School', 'Spandau'],
  ['fs-garage', 'FS-10', 'FS10-40007-19', 'Filter station Garage', 'Mitte'],
]

/** A model whose devices cannot begin a grace period any more, and the last day on which they could. */
export const CLOSED_MODEL = { 'FS-10': { graceOpenUntil: '2026-03-31' } }

/** What the old platform's records say: account, serial number, workspace and site there. The visitor's own account is known by
 * its e-mail address. */
export const LEGACY_RECORDS: readonly (readonly [account: string, serial: string, workspace: string, site: string])[] = [
  ...['FS30-50110-03', 'FS30-50110-08', 'FS30-50110-11', 'FS10-40007-19', 'HP12-20817-44', 'WS20-07731-08'].map((serial) => [VISITOR_EMAIL, serial, 'Lindenhof', 'Berlin'] as const),
  ['former.caretaker@example.com', 'FS30-50112-01', 'Kiosk Mitte', 'Kiosk'],
  [VISITOR_EMAIL, 'FS30-50112-05', 'Lindenhof', 'Berlin'], [VISITOR_EMAIL, 'FS30-50112-05', 'Depot Spandau', 'Depot'],
  [VISITOR_EMAIL, 'FS30-50112-06', 'Lindenhof', 'Berlin'], [VISITOR_EMAIL, 'FS30-50112-06', 'Lindenhof', 'School'],
]

const OTHER_ROWS: readonly Row[] = [
  ['hp-harbour', 'HP-12', 'HP12-30077-01', 'Heat pump Harbour hotel', 'Hafen', { grants: [grant('standard', YEAR, 300)] }],
  ['ws-spa', 'WS-20', 'WS20-09920-04', 'Water softener Spa', 'Hafen'],
]

function devicesIn(workspace: string, rows: readonly Row[]): SampleDevice[] {
  return rows.map(([id, model, serial, name, siteId, more]) => ({ workspace, id, model, serial, name, siteId, ...more }))
}

/** Devices in every status of every kind. */
export const SAMPLE_DEVICES: readonly SampleDevice[] = [...devicesIn(WORKSPACE, [...ROWS, ...FORMER_ROWS]), ...devicesIn(OTHER_WORKSPACE, OTHER_ROWS)]
