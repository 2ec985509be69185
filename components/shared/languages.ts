import type { TextOverrides } from './texts.ts'

/** What is drawn anew where the language or its texts change. */
interface Follower {
  requestUpdate: () => void
}

/** What was registered on this page. */
interface Languages {
  /** By language tag, in small letters. */
  readonly texts: Map<string, TextOverrides>
  /** What follows the language. */
  readonly followers: Set<Follower>
}

const LANGUAGES_KEY = Symbol.for('license-elements.languages')

/** A page may load the elements and their languages as files of their own: all of them share one object. */
const { texts, followers: shared } = (globalThis as { [LANGUAGES_KEY]?: Languages })[LANGUAGES_KEY] ??= { texts: new Map(), followers: new Set() }

/** The elements on the page that follow its language. */
export const followers = shared

/**
 * Adds texts in a language, or replaces some of them, for every element of the page; what is drawn already changes at once.
 * Texts of `fr` serve `fr-CA` too, but for those that are registered for `fr-CA` itself; what nobody registered is in English.
 * @param locale - A language tag (BCP 47), such as `pl` or `fr-CA`.
 * @param added - By key; `{names}` in them are filled in.
 */
export function registerTexts(locale: string, added: TextOverrides): void {
  const tag = locale.toLowerCase()
  texts.set(tag, { ...texts.get(tag), ...added })
  updateFollowers()
}

/** What is registered for a language tag and for what it is part of (RFC 4647 §3.4), the nearest first. */
export function registeredFor(locale: string): TextOverrides[] {
  const nearest = texts.get(locale.toLowerCase())
  const wider = locale.includes('-') ? registeredFor(locale.replace(/-[^-]*$/, '')) : []
  return nearest === undefined ? wider : [nearest, ...wider]
}

/** Draws every element anew. */
export function updateFollowers(): void {
  for (const one of followers) one.requestUpdate()
}
