/** Where a page's scroll position is kept while another page is shown. */
interface Kept {
  scroll: number
}

/** Follows links inside the portal without loading the document again. */
export class Router {
  readonly #arrive: (url: URL, how: 'link' | 'history') => void

  /** `arrive` is told of every new address: `link` where a person went on, `history` where they went back. */
  constructor(arrive: (url: URL, how: 'link' | 'history') => void) {
    this.#arrive = arrive
    history.scrollRestoration = 'manual'
    addEventListener('popstate', () => { arrive(new URL(location.href), 'history') })
    document.addEventListener('click', (event) => { this.#follow(event) })
  }

  /** Goes to an address of the portal. */
  go(href: string): void {
    const url = new URL(href, location.href)
    this.#keepScroll()
    history.pushState({ scroll: 0 } satisfies Kept, '', url)
    this.#arrive(url, 'link')
  }

  /** Names what is shown already, without going anywhere: a filter, a tab. */
  rename(href: string): void {
    history.replaceState(history.state, '', href)
  }

  /** How far the page at this address was scrolled when it was left. */
  get scroll(): number {
    return (history.state as Kept | null)?.scroll ?? 0
  }

  #keepScroll(): void {
    history.replaceState({ scroll: window.scrollY } satisfies Kept, '')
  }

  #follow(event: MouseEvent): void {
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey
    const link = event.target instanceof Element ? event.target.closest('a[href]') : null
    if (!plain || event.defaultPrevented || !(link instanceof HTMLAnchorElement) || link.target !== '') return
    if (link.origin !== location.origin || !isOwn(link.pathname) || link.getAttribute('href')?.startsWith('#') === true) return
    event.preventDefault()
    this.go(link.href)
  }
}

/** Whether a path is a page of the portal, and not one of the BFF. */
function isOwn(path: string): boolean {
  return path === '/' || deviceIn(path) !== null
}

/** The device that a path names; null for none. */
export function deviceIn(path: string): string | null {
  const [, id] = /^\/devices\/([^/]+)$/.exec(path) ?? []
  try {
    return id === undefined ? null : decodeURIComponent(id)
  } catch {
    return null
  }
}

/** The address of a device's page. */
export function deviceAddress(id: string): string {
  return `/devices/${encodeURIComponent(id)}`
}
