import { GLOBALS_UPDATED, SET_GLOBALS, UPDATE_GLOBALS } from 'storybook/internal/core-events'
import { addons } from 'storybook/preview-api'

/** What pages of documents and the stories that stand in frames of their own on them tell each other. */
interface Message {
  /** Asks for what the toolbar says. */
  toolbarAsked?: true
  /** What the toolbar says. */
  toolbar?: Record<string, unknown>
}

type Globals = Record<string, unknown>

/** Hands on what the toolbar says to frames within this page, which Storybook leaves out; and hears it as such a frame. */
export function shareToolbar(): void {
  const channel = addons.getChannel()
  let globals: Globals = {}
  const tell = (target: Window | null): void => { target?.postMessage({ toolbar: globals } satisfies Message, location.origin) }
  const change = ({ globals: next }: { globals: Globals }): void => {
    globals = next
    for (const frame of document.querySelectorAll('iframe')) tell(frame.contentWindow)
  }
  channel.on(SET_GLOBALS, change)
  channel.on(GLOBALS_UPDATED, change)
  addEventListener('message', ({ data, source, origin }: MessageEvent<Message | null>) => {
    if (origin !== location.origin || typeof data !== 'object' || data === null) return
    if (data.toolbarAsked === true) tell(source as Window)
    if (data.toolbar !== undefined && JSON.stringify(data.toolbar) !== JSON.stringify(globals)) channel.emit(UPDATE_GLOBALS, { globals: data.toolbar })
  })
  // The toolbar itself, which frames the page of documents, does not answer this.
  if (parent !== window) parent.postMessage({ toolbarAsked: true } satisfies Message, location.origin)
}
