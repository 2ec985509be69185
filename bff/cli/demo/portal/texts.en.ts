import type { CodeFault } from '../../../rules/code.ts'
import type { Kind, Status, UndoReason, VoucherRefusal } from '../../../rules/lists.ts'
import type { Plural } from './formats.ts'

/** One sentence that says what happened, and one or two that say what it means and what to do. */
export type Message = readonly [title: string, detail: string]

/** Every text of the portal in English. Arguments are formatted already. */
export const EN = {
  language: 'English',
  skip: 'Skip to content',
  assets: 'Assets',
  mainNavigation: 'Main',
  languages: 'Language',
  error: 'Error',
  documents: { docs: 'API reference', openapi: 'OpenAPI', problems: 'Problems' },
  footer: 'A sample portal: one more client of the HTTP API, rendered on the server, without scripts.',

  clock: 'Demo clock',
  clockMoved: (days: string) => `moved by ${days}`,
  clockBack: 'Back to today',
  clockAdd: (days: string) => `+${days}`,

  status: { none: 'No license', active: 'Active', expiring: 'Expiring', grace: 'Grace period', expired: 'Expired' } satisfies Record<Status, string>,
  kind: { standard: 'Standard', trial: 'Trial', grace: 'Grace period' } satisfies Record<Kind, string>,
  lastDayOf: { expiring: 'Expires today', grace: 'Grace ends today', active: 'Ends today' },

  devices: (count: string, plural: Plural) => (plural === 'one' ? `${count} device` : `${count} devices`),
  filtered: (shown: string, total: string) => `${shown} of ${total} devices`,
  showAll: 'Show all',
  nextPage: 'Next page',
  noDevices: 'No device has this status now.',
  warnings: 'Warnings',
  byStatus: 'Devices by status',
  warning: {
    expired: (count: string, plural: Plural): Message =>
      [plural === 'one' ? `${count} license has expired.` : `${count} licenses have expired.`, 'Dashboards, history and functions are off.'],
    expiring: (count: string, days: string, plural: Plural): Message =>
      [plural === 'one' ? `${count} license expires within ${days}.` : `${count} licenses expire within ${days}.`, ''],
  },
  first: (name: string, days: string | null) => (days === null ? `The first is ${name}, today.` : `The first is ${name}, in ${days}.`),
  contactSupport: 'Contact support',
  show: (count: string, plural: Plural) => (plural === 'one' ? `Show ${count} device` : `Show ${count} devices`),
  column: {
    name: 'Device', serial: 'Serial number', site: 'Site', license: 'License', type: 'Type', until: 'Valid until', action: 'Action',
  },
  endOfDay: 'end of day',
  sortBy: (column: string) => `Sort by ${column}`,
  renew: 'Renew',
  activate: 'Activate',

  facts: { status: 'Status', expiration: 'Expiration', remaining: 'Days remaining', type: 'Type' },
  until: (day: string) => `${day}, end of day`,
  cityTime: (city: string) => `${city} time`,
  hoursLeft: (time: string) => `${time} left`,
  notActivated: 'Never activated',
  today: 'Today',

  history: 'History',
  noHistory: 'Nothing yet. The first voucher begins the history.',
  entry: {
    voucher: (last4: string) => `Voucher ····${last4}`,
    import: { standard: 'Standard license, brought in', trial: 'Trial, brought in', grace: 'Grace period, brought in' } satisfies Record<Kind, string>,
    trial: () => 'Trial started',
    grace: () => 'Grace period started',
  },
  added: (days: string) => `+${days}`,
  byYou: 'you',
  undone: 'Undone',
  opens: 'What this license opens',
  open: 'open',
  closed: 'closed',
  feature: {
    listing: 'Listing', dashboard: 'Dashboard', history: 'History', functions: 'Functions', automation: 'Automation',
    integrations: 'Integrations', 'site-analytics': 'Site analytics', reports: 'Reports',
  } as Readonly<Record<string, string>>,

  contact: 'Contact',
  contacts: { sales: 'Sales', support: 'Support' },
  mailSubject: (name: string, serial: string) => `License of ${name} (${serial})`,
  mailSubjectExpired: (count: string) => `Expired licenses: ${count}`,

  redeemTitle: { activate: 'Activate a license', renew: 'Renew the license' },
  code: 'Voucher code',
  codeHint: 'Capital and small letters differ; spaces and hyphens do not matter. The terminal that runs this demo shows five codes.',
  preview: 'Preview',
  useOther: 'Use another code',
  previewTitle: 'This is what the voucher will do',
  adds: 'Adds',
  kept: 'Kept from today’s license',
  newEnd: 'New expiration',
  gains: 'Opens',
  activateUntil: (day: string) => `Activate until ${day}`,
  renewUntil: (day: string) => `Renew until ${day}`,
  readOnly: 'Your role can look, but not redeem. Ask a member or an administrator of the workspace.',

  undo: 'Undo the last redemption',
  undoDetail: (last4: string, until: string) =>
    `Takes voucher ····${last4} back: the license becomes what it was before, and the voucher can be used again. Possible until ${until}, end of day.`,
  undoButton: (last4: string) => `Undo voucher ····${last4}`,

  done: {
    activated: (until: string, days: string): Message => ['The license is active.', `The voucher added ${days}; valid until ${until}, end of day.`],
    renewed: (until: string, days: string): Message => ['The license is renewed.', `The voucher added ${days}; valid until ${until}, end of day.`],
    'already-redeemed': (since: string): Message => ['This voucher is on this device already.', `It was redeemed on ${since}. Nothing was changed.`],
    undone: (last4: string): Message => [`Voucher ····${last4} was taken back.`, 'The license is what it was before, and the voucher can be used again.'],
  },

  malformed: {
    empty: ['Enter a voucher code.', 'It has letters and digits, usually five groups of four.'],
    length: ['This is no whole voucher code.', 'A code has 10 to 64 letters and digits. Nothing was used up.'],
    signs: ['This code holds signs that no code has.', 'A code has only the letters A to Z and digits. Nothing was used up.'],
    'lower-case': ['Use capital letters.', 'The code is right otherwise. Nothing was used up.'],
    check: ['This code has a typing mistake.', 'Compare it sign by sign; two signs may be swapped. Nothing was used up.'],
  } satisfies Record<CodeFault, Message>,
  refused: {
    'voucher-not-found': ['There is no such voucher.', 'Check the code sign by sign, or ask sales.'],
    'voucher-not-yet-valid': ['This voucher cannot be redeemed yet.', ''],
    'voucher-expired': ['This voucher is too old to be redeemed.', 'Ask sales for a new one.'],
    'voucher-wrong-model': ['This voucher is for another model.', 'Use it on a device of its model, or ask sales.'],
    'voucher-used': ['This voucher is used up.', 'It is on as many devices as it may be. Ask sales for another one.'],
  } satisfies Record<VoucherRefusal, Message>,
  paused: (time: string): Message => ['Redeeming is paused.', `Too many codes were refused. Try again after ${time}.`],
  validFrom: (time: string) => `It is valid from ${time}.`,
  triesLeft: (count: string, plural: Plural) => (plural === 'one' ? `${count} try is left.` : `${count} tries are left.`),
  roleRequired: ['Your role may not do this.', 'Ask an administrator of the workspace.'] as Message,
  undoRefused: {
    'no-grant': ['There is nothing to undo.', 'The device has no license.'],
    'not-a-voucher': ['This cannot be undone.', 'The license did not come from a voucher.'],
    'too-late': ['It is too late to undo this.', 'Ask support.'],
    'undone-too-often': ['This voucher cannot be undone again.', 'Ask support.'],
    possible: ['This was not undone.', 'Try again in a moment.'],
  } satisfies Record<UndoReason, Message>,
  failed: ['This did not work.', 'Nothing was changed. Try again in a moment.'] as Message,
  notFound: ['There is no such page.', 'The device may have been removed, or the address has a mistake.'] as Message,
  outdated: ['This list is outdated.', 'Begin again with all devices.'] as Message,
  forbidden: ['This request came from another page.', 'Nothing was changed. Open the portal and try again there.'] as Message,
  back: 'Back to all devices',
}

/** What every language has to say. */
export type Texts = typeof EN
