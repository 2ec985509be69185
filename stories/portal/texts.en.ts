import type { Kind, Status } from '../../bff/rules/lists.ts'
import type { Plural } from './formats.ts'
import type { Alert } from './api.ts'
import type { Area } from './areas.ts'
import type { Role, Theme } from './settings.ts'
import type { FunctionId, MetricId } from './telemetry.ts'

/** One sentence that says what happened, and one or two that say what it means and what to do. */
export type Message = readonly [title: string, detail: string]

/** Every text of the portal in English. Arguments are formatted already. */
export const EN = {
  skip: 'Skip to content',
  assets: 'Assets',
  mainNavigation: 'Main',
  language: 'Language',
  theme: 'Theme',
  themes: { auto: 'As the system', light: 'Light', dark: 'Dark' } satisfies Record<Theme, string>,
  documents: { docs: 'API reference', openapi: 'OpenAPI', problems: 'Problems' },
  footer: 'A sample portal, written without a framework: its own pages, and the license elements in them.',

  demo: 'Demo controls',
  clock: 'Demo clock',
  moved: (days: string) => `moved by ${days}`,
  movedLittle: 'moved',
  lastDay: 'Last day',
  today: 'Back to today',
  todayBriefly: 'Today',
  mailbox: 'Mailbox',
  viewAs: 'View as',
  roles: { admin: 'Admin', member: 'Member', viewer: 'Viewer' } satisfies Record<Role, string>,

  guide: {
    name: 'Guide through the demo',
    open: 'Guide',
    place: (step: number, steps: number) => `Guide, ${step} of ${steps}`,
    next: 'Next',
    back: 'Back',
    done: 'Finish',
    leave: 'Leave the guide',
    steps: [
      {
        title: 'Redeem a voucher', link: 'Open its License tab',
        text: 'The license of Heat pump Old stable has expired. Enter one of the five codes that your terminal shows, and it is active again, in every open page.',
      },
      {
        title: 'Let a license expire', link: 'Open a device that ends soon',
        text: 'The clock at the foot of the page moves the whole demo. Go to the last day of a device, then one day on: what it opened closes, the bell tells it, and the mailbox has the e-mail.',
      },
      {
        title: 'Start a grace period', link: 'See all devices',
        text: 'Customers who come from an older platform get 60 days. The blue line above the list starts them for all devices at once, and says who is not eligible and why.',
      },
      {
        title: 'See what is closed', link: 'Open a closed dashboard',
        text: 'A device without a license stays in the list, but its readings are closed: not only in the page, the server does not send them either.',
      },
    ],
  },

  status: { none: 'No license', active: 'Active', expiring: 'Expiring', grace: 'Grace period', expired: 'Expired' } satisfies Record<Status, string>,
  kind: { standard: 'license', trial: 'trial', grace: 'grace period' } satisfies Record<Kind, string>,

  devices: (count: string, plural: Plural) => (plural === 'one' ? `${count} device` : `${count} devices`),
  addDevice: 'Add device',
  alert: { expired: 'Only expired licenses', expiring: 'Only licenses that expire soon', grace: 'Only devices that can have a grace period' } satisfies Record<Alert, string>,
  showAll: 'Show all',
  filtered: (shown: string, total: string) => `${shown} of ${total} devices`,
  showMore: 'Show more',
  noDevices: 'No device has this status now.',
  byStatus: 'Devices by status',
  column: { name: 'Device', serial: 'Serial number', site: 'Site', license: 'License', until: 'Valid until', action: 'Action' },
  endOfDay: 'end of day',
  until: (day: string) => `${day}, end of day`,
  renew: 'Renew',
  activate: 'Activate',
  contactSales: 'Contact sales',

  serial: 'Serial number',
  model: 'Model',
  site: 'Site',
  tabs: { dashboard: 'Dashboard', history: 'History', functions: 'Functions', license: 'License' } satisfies Record<Area, string>,
  deviceTabs: 'Device',

  sample: 'Sample data',
  live: 'Live readings',
  updated: (time: string) => `Updated ${time}`,
  pause: 'Pause',
  resume: 'Resume',
  lastMinutes: (minutes: string) => `Last ${minutes}`,
  ago: (minutes: string) => `${minutes} ago`,
  now: 'now',
  chart: (metric: string, value: string) => `${metric}, now ${value}`,
  metric: {
    flow: 'Flow temperature', return: 'Return temperature', power: 'Electrical power', outdoor: 'Outdoor temperature', airflow: 'Air flow',
    supply: 'Supply air', co2: 'CO₂', fan: 'Fan speed', draw: 'Water draw', hardness: 'Hardness', pressure: 'Pressure', salt: 'Salt left',
  } satisfies Record<MetricId, string>,

  past: 'Readings by day',
  reading: 'Reading',
  period: 'Period',
  band: 'Mean, lowest and highest of each day',
  columns: { day: 'Day', low: 'Lowest', mean: 'Mean', high: 'Highest' },
  bandChart: (metric: string, low: string, high: string) => `${metric} by day, between ${low} and ${high}`,

  control: 'Control',
  activity: 'Activity',
  noActivity: 'Nothing was switched yet.',
  functionsHint: 'Nothing is sent to a device: this is a demo.',
  functionsViewer: 'Your role can look, but not switch. Ask a member or an administrator.',
  on: 'on',
  off: 'off',
  function: {
    quiet: ['Quiet mode', 'Slower fan between 22:00 and 6:00'],
    boost: ['Hot water boost', 'Heats the tank once to 60 °C'],
    setpoint: ['Flow setpoint', 'What the heating circuit is held at'],
    night: ['Night cooling', 'Brings in cool air while it is colder outside'],
    party: ['Full ventilation', 'Highest stage until switched off'],
    target: ['CO₂ target', 'The fan follows it'],
    away: ['Away mode', 'Closes the water after 30 l at once'],
    soft: ['Soft water outdoors', 'Softens the garden tap as well'],
    residual: ['Residual hardness', 'What is left in the water'],
    test: ['Self-test', 'Checks sensors and actuators, about five seconds'],
  } satisfies Record<FunctionId, Message>,
  less: (name: string) => `Lower: ${name}`,
  more: (name: string) => `Raise: ${name}`,
  run: 'Run',
  running: 'Running …',
  passed: 'passed',

  locked: {
    dashboard: (name: string) => `The dashboard of ${name} is closed`,
    history: (name: string) => `The history of ${name} is closed`,
    functions: (name: string) => `The functions of ${name} are closed`,
  } satisfies Record<Exclude<Area, 'license'>, (name: string) => string>,
  lockedExpired: (kind: string, day: string) =>
    `Its ${kind} expired on ${day}. The device stays in your list, and its data is shown again as soon as the license is renewed.`,
  lockedNone: 'It has no license yet. The device stays in your list, and its data is shown as soon as a license is activated.',
  lockedViewer: 'Your role can look, but not redeem. Ask a member or an administrator of the workspace.',

  failed: ['The portal cannot reach its server.', 'What you see may be out of date. Try again in a moment.'] as Message,
  silent: ['The device cloud does not answer just now.', 'Your license is not the reason. Try again in a moment.'] as Message,
  forbidden: ['Your role may not see this.', 'Ask an administrator of the workspace.'] as Message,
  clockFailed: ['The clock was not moved.', 'It stays between the years 1900 and 2999; go back to today, or try again.'] as Message,
  retry: 'Try again',
  notFound: ['There is no such page.', 'The address may have a mistake.'] as Message,
  noDevice: ['There is no such device.', 'It may have been removed, or the address has a mistake.'] as Message,
  back: 'Back to all devices',
}

/** What every language has to say. */
export type Texts = typeof EN
