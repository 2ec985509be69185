/** A link is about to be followed; a host with a router of its own cancels the event and goes there itself. */
export class LicenseNavigateEvent extends Event {
  readonly href: string
  readonly deviceId: string

  constructor(href: string, deviceId: string) {
    super('license-navigate', { bubbles: true, composed: true, cancelable: true })
    this.href = href
    this.deviceId = deviceId
  }
}

/** Lets the host go where a clicked link leads, instead of the browser; not where a new tab or window is wanted. */
export function followLink(event: MouseEvent, deviceId: string): void {
  const { href } = event.currentTarget as HTMLAnchorElement
  const elsewhere = event.button > 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey
  if (!elsewhere && !event.currentTarget?.dispatchEvent(new LicenseNavigateEvent(href, deviceId))) event.preventDefault()
}

/** An address of the host's from the server's `links`, for one device. */
export function linkTo(link: string, deviceId: string): string {
  return link.replaceAll('{deviceId}', encodeURIComponent(deviceId))
}

/** The same with a query; it goes into the fragment where a router reads that. */
export function withQuery(link: string, query: string): string {
  const [address = '', ...fragments] = link.split('#')
  const fragment = fragments.join('#')
  const add = (text: string): string => `${text}${text.includes('?') ? '&' : '?'}${query}`
  return /^[!/]/.test(fragment) ? `${address}#${add(fragment)}` : add(address) + (fragments.length === 0 ? '' : `#${fragment}`)
}
