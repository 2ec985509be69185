import type { ReactiveController, ReactiveControllerHost } from 'lit'
import { type Formats, formatsOf } from './formats.ts'
import { followers, registeredFor, updateFollowers } from './languages.ts'
import type { StoreConsumer } from './store-consumer.ts'
import type { TextOverrides, Texts } from './texts.ts'

/** Values for the names in a text; numbers are written as the language writes them. */
export type TextValues = Readonly<Record<string, string | number>>

/** Texts, dates and numbers in the language of the place where an element stands: the provider's `locale`, else the
 * nearest `lang`, else English. Texts are the provider's own, else those that are registered, else ours. */
export class Localize<K extends string> implements ReactiveController {
  /** Dates and numbers. */
  formats: Formats = formatsOf('en-GB')
  /** The language of the texts, as `lang` names it. */
  language = 'en'
  readonly #host: ReactiveControllerHost & HTMLElement
  readonly #store: StoreConsumer
  readonly #catalogues: { readonly en: Texts<K> } & Readonly<Record<string, Texts<K>>>
  /** Where a text is looked for, in order. */
  #texts: readonly TextOverrides[] = []

  constructor(host: ReactiveControllerHost & HTMLElement, store: StoreConsumer, catalogues: { readonly en: Texts<K> } & Readonly<Record<string, Texts<K>>>) {
    this.#host = host
    this.#store = store
    this.#catalogues = catalogues
    host.addController(this)
  }

  hostConnected(): void {
    followers.add(this.#host)
    watchLanguage()
  }

  hostDisconnected(): void {
    followers.delete(this.#host)
  }

  hostUpdate(): void {
    const { locale, texts } = this.#store.value?.options ?? {}
    const wanted = locale ?? languageAround(this.#host) ?? 'en'
    const [language = 'en'] = wanted.toLowerCase().split('-', 1)
    const found = [...registeredFor(wanted), this.#catalogues[language]].filter((one) => one !== undefined)
    this.language = found.length > 0 ? language : 'en'
    this.#texts = [texts ?? {}, ...found, this.#catalogues.en]
    // English of a page that names no country: dates as Europe writes them.
    this.formats = formatsOf(this.language !== 'en' || /^en-/i.test(wanted) ? wanted : 'en-GB')
  }

  /** A text of the element; the key itself where there is none. */
  text(key: K, values: TextValues = {}): string {
    const text = this.#texts.find((texts) => texts[key] !== undefined)?.[key] ?? key
    const form = typeof text === 'string' ? text : text[this.formats.plural(Number(values['count'] ?? 0))] ?? text.other
    return form.replaceAll(/\{(\w+)\}/g, (whole, name: string) => {
      const value = values[name]
      return value === undefined ? whole : typeof value === 'number' ? this.formats.number(value) : value
    })
  }
}

let observer: MutationObserver | null = null

/** Elements follow the language of the page. */
function watchLanguage(): void {
  if (observer !== null) return
  observer = new MutationObserver(updateFollowers)
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['lang'] })
}

/** The `lang` that holds at an element, also through shadow roots (HTML §3.2.6.2). */
function languageAround(element: Element): string | null {
  for (let node: Element | null = element; node !== null;) {
    const holder: Element | null = node.closest('[lang]')
    if (holder !== null) return holder.getAttribute('lang') || null
    const root: Node = node.getRootNode()
    node = root instanceof ShadowRoot ? root.host : null
  }
  return null
}
