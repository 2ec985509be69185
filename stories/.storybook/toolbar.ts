import type { StoryContext } from '@storybook/web-components-vite'
import { WORKSPACE_ROLES } from '../../bff/rules/lists.ts'
import { DIRECTIONS } from '../frame.ts'
import { turnClock } from '../moments.ts'
import { PSEUDO_LOCALE } from '../pseudo.ts'
import { type Theme, THEMES } from '../themes.ts'
import type { Outside, World, WorldSpec } from '../world.ts'

/** One entry of a list of the toolbar. */
interface Item {
  value: string
  title: string
}

/** Where the clock can stand; the date field of the toolbar sets any date (`2027-05-12`) besides. */
const CLOCK: readonly Item[] = [
  { value: 'today', title: 'Today' },
  { value: 'before', title: '31 days before the end' },
  { value: 'last', title: 'Last day of the license' },
  { value: 'expired', title: 'Expired' },
]

const LANGUAGES: readonly Item[] = [
  { value: 'en', title: 'English' },
  { value: 'de', title: 'Deutsch' },
  { value: 'fr', title: 'Français' },
  { value: 'es', title: 'Español' },
  { value: 'it', title: 'Italiano' },
  { value: PSEUDO_LOCALE, title: 'Pseudo: longer, no text of ours' },
]

/** Ways to the BFF; "normal" is what the story itself says. */
const NETWORKS: readonly (Item & { network: Outside['network'] })[] = [
  { value: 'normal', title: 'Normal network', network: null },
  { value: 'slow', title: 'Slow network, from the next request on', network: 'slow' },
  { value: 'failing', title: 'Failing server', network: 'error' },
  { value: 'offline', title: 'Offline', network: 'down' },
]

const ROLES: readonly Item[] = [{ value: 'story', title: 'Role of the story' }, ...WORKSPACE_ROLES.map((role) => ({ value: role, title: `Role: ${role}` }))]

function list(title: string, icon: string, items: readonly Item[]): { toolbar: object } {
  return { toolbar: { title, icon, dynamicTitle: true, items: items.map(({ value, title }) => ({ value, title })) } }
}

/** The lists of the toolbar. */
export const globalTypes = {
  clock: list('Clock', 'time', CLOCK),
  locale: list('Language', 'globe', LANGUAGES),
  theme: list('Theme', 'contrast', Object.entries(THEMES).map(([value, title]) => ({ value, title }))),
  direction: list('Direction', 'transfer', DIRECTIONS.map((value) => ({ value, title: value === 'ltr' ? 'Left to right' : 'Right to left' }))),
  network: list('Network', 'rss', NETWORKS),
  role: list('Role', 'user', ROLES),
}

/** What each of them is at first. */
export const initialGlobals = { clock: 'today', locale: 'en', theme: 'light', direction: 'ltr', network: 'normal', role: 'story' }

/** Where the toolbar has put each world's clock. */
const clocks = new WeakMap<World, string>()

/** Lets the toolbar act on a story: on its world, whose page then asks anew; nothing else of the story is begun again. */
export async function applyToolbar(world: World, { globals, args, parameters, canvasElement }: StoryContext): Promise<void> {
  const role = WORKSPACE_ROLES.find((one) => one === globals['role']) ?? null
  const network = NETWORKS.find(({ value }) => value === globals['network'])?.network ?? null
  const other = world.override({ network, role })
  const clock = String(globals['clock'])
  const turned = (clocks.get(world) ?? initialGlobals.clock) !== clock
  if (turned) {
    clocks.set(world, clock)
    await turnClock(world, (parameters['world'] ?? {}) as WorldSpec, clock, args['deviceId'])
  }
  if (other || turned) void canvasElement.querySelector('license-provider')?.refresh()
}

/** How the toolbar has a story framed. */
export function frameOf({ locale, theme, direction }: Record<string, unknown>): { locale: string; theme: Theme; direction: (typeof DIRECTIONS)[number] } {
  return {
    locale: String(locale), theme: String(theme) in THEMES ? theme as Theme : 'light', direction: direction === 'rtl' ? 'rtl' : 'ltr',
  }
}
