import type { TextOverrides } from './texts.ts'

/** What was registered on this page. */
interface Languages {
  /** By language tag, in small letters. */
  readonly texts: Map<string, TextOverrides>
  /** Tells of every `change`. */
  readonly changes: EventTarget
}

const LANGUAGES_KEY = Symbol.for('license-elements.languages')

/** A page may load the elements and their languages as files of their own: all of them share one object. */
const languages = (globalThis as { [LANGUAGES_KEY]?: Languages })[LANGUAGES_KEY] ??= { texts: new Map(), changes: new EventTarget() }

/**
 * Adds texts in a language, or replaces some of them, for every element of the page; what is drawn already changes at once.
 * Texts of `fr` serve `fr-CA` too, but for those that are registered for `fr-CA` itself; what nobody registered is in English.
 * @param locale - A language tag (BCP 47), such as `pl` or `fr-CA`.
 * @param texts - By key; `{names}` in them are filled in.
 */
export function registerTexts(locale: string, texts: TextOverrides): void {
  const tag = locale.toLowerCase()
  languages.texts.set(tag, { ...languages.texts.get(tag), ...texts })
  languages.changes.dispatchEvent(new Event('change'))
}

/** What is registered for a language tag and for what it is part of (RFC 4647 §3.4), the nearest first. */
export function registeredFor(locale: string): TextOverrides[] {
  if (languages.texts.size === 0) return []
  const subtags = locale.toLowerCase().split('-')
  return subtags.map((_, index) => languages.texts.get(subtags.slice(0, subtags.length - index).join('-'))).filter((texts) => texts !== undefined)
}

/** Calls back whenever texts are registered. */
export function onLanguages(changed: () => void): void {
  languages.changes.addEventListener('change', changed)
}
