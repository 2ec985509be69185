import { GLOBALS_UPDATED, SET_GLOBALS } from 'storybook/internal/core-events'
import { addons } from 'storybook/preview-api'

type Globals = Record<string, unknown>

/** A page of stories, which keeps what the toolbar says for the frames within it. */
interface StoryWindow extends Window {
  licenseToolbar?: Globals
}

/** What the toolbar says on the page of documents around this one, where there is one. Storybook leaves frames within that page out, and
 * makes them anew whenever the toolbar changes. */
export function inheritedGlobals(): Globals {
  const keep = ({ globals }: { globals: Globals }): void => { (window as StoryWindow).licenseToolbar = globals }
  const channel = addons.getChannel()
  channel.on(SET_GLOBALS, keep)
  channel.on(GLOBALS_UPDATED, keep)
  // The page around may be of another origin, where nothing can be read.
  if (parent === window || !document.referrer.startsWith(`${location.origin}/`)) return {}
  return (parent as StoryWindow).licenseToolbar ?? {}
}
