import type { Me } from './api.ts'
import { choices } from './choices.ts'
import { find, h, keepingFocus } from './dom.ts'
import { cityOf } from './formats.ts'
import { LANGUAGES, type Settings, THEMES } from './settings.ts'
import type { Texts } from './texts.en.ts'

const LANGUAGE_NAMES = { en: 'English', de: 'Deutsch' } as const

/** What stands around every page: where one is, who one is, language and theme, and what the portal is. */
export class Frame {
  readonly #places = find('.places')
  readonly #who = find('.who')
  readonly #settings = find('.settings')
  readonly #footer = find('footer')
  readonly #skip = find('.skip')
  readonly #change: <Name extends keyof Settings>(name: Name, value: Settings[Name]) => void
  readonly #openGuide: () => void

  constructor(change: <Name extends keyof Settings>(name: Name, value: Settings[Name]) => void, openGuide: () => void) {
    this.#change = change
    this.#openGuide = openGuide
    this.#skip.addEventListener('click', (event) => {
      // The address after # names a tab here.
      event.preventDefault()
      find('main').focus()
    })
  }

  show(texts: Texts, { language, theme }: Settings): void {
    const { docs, openapi, problems } = texts.documents
    keepingFocus(() => {
      this.#skip.textContent = texts.skip
      this.#places.setAttribute('aria-label', texts.mainNavigation)
      this.#places.replaceChildren(h('a', { href: '/', id: 'place-assets' }, texts.assets))
      this.#settings.replaceChildren(
        choices('language', texts.language, LANGUAGES.map((one) => ({ value: one, label: LANGUAGE_NAMES[one], sign: one.toUpperCase(), lang: one })), language,
          (one) => { this.#change('language', one) }),
        choices('theme', texts.theme, THEMES.map((one) => ({ value: one, label: texts.themes[one], sign: one })), theme, (one) => { this.#change('theme', one) }))
      this.#footer.replaceChildren(h('p', {}, texts.footer), h('p', {}, h('button', { type: 'button', class: 'action', id: 'guide-open', onclick: this.#openGuide }, texts.guide.open), h('a', { href: '/demo/mailbox' }, texts.mailbox), h('a', { href: '/docs' }, docs), h('a', { href: '/v1/openapi.json' }, openapi),
        h('a', { href: '/problems' }, problems)))
    })
  }

  showPlace(path: string): void {
    this.#places.querySelector('a')?.setAttribute('aria-current', path === '/' ? 'page' : 'true')
  }

  showWho({ workspace: { name, timeZone } }: Me): void {
    this.#who.replaceChildren(h('bdi', {}, name), ` · ${cityOf(timeZone)}`)
  }
}
