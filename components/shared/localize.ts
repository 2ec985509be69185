import type { ReactiveController, ReactiveControllerHost } from 'lit'
import { type Formats, formatsOf } from './formats.ts'
import { onLanguages, registeredFor } from './languages.ts'
import type { StoreConsumer } from './store-consumer.ts'
import type { TextOverrides, Texts } from './texts.ts'

/** Values for the names in a text; numbers are written as the language writes them. */
export type TextValues = Readonly<Record<string, string | number>>

/** Where a page names no country: dates as Europe writes them. */
const LOCALES: Readonly<Record<string, string>> = { en: 'en-GB', de: 'de-DE' }

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
  #texts: readonly TextOverrides[]

  constructor(host: ReactiveControllerHost & HTMLElement, store: StoreConsumer, catalogues: { readonly en: Texts<K> } & Readonly<Record<string, Texts<K>>>) {
    this.#host = host
    this.#store = store
    this.#catalogues = catalogues
    this.#texts = [catalogues.en]
    host.addController(this)
  }

  hostConnected(): void {
    watchLanguage(this.#host)
  }

  hostDisconnected(): void {
    listeners.delete(this.#host)
  }

  hostUpdate(): void {
    const wanted = this.#store.value?.options.locale ?? languageAround(this.#host) ?? 'en'
    const language = wanted.split('-', 1)[0]?.toLowerCase() ?? 'en'
    const registered = registeredFor(wanted)
    const ours = Object.hasOwn(this.#catalogues, language) ? this.#catalogues[language] : undefined
    this.language = ours !== undefined || registered.length > 0 ? language : 'en'
    this.#texts = [...registered, ...ours === undefined ? [] : [ours], this.#catalogues.en]
    this.formats = formatsOf(this.language === language && wanted.includes('-') ? wanted : LOCALES[this.language] ?? this.language)
  }

  /** A text of the element; the key itself where there is none. */
  text(key: K, values: TextValues = {}): string {
    const text = this.#store.value?.options.texts?.[key] ?? this.#texts.find((texts) => texts[key] !== undefined)?.[key] ?? key
    const form = typeof text === 'string' ? text : text[this.formats.plural(Number(values['count'] ?? 0))] ?? text.other
    return form.replaceAll(/\{(\w+)\}/g, (whole, name: string) => {
      const value = values[name]
      return value === undefined ? whole : typeof value === 'number' ? this.formats.number(value) : value
    })
  }
}

/** Elements that follow the language of the page. */
const listeners = new Set<ReactiveControllerHost>()
let observer: MutationObserver | null = null

function watchLanguage(host: ReactiveControllerHost): void {
  listeners.add(host)
  if (observer !== null) return
  const update = (): void => { for (const one of listeners) one.requestUpdate() }
  onLanguages(update)
  observer = new MutationObserver(update)
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
