import type { LitElement, ReactiveController } from 'lit'

/** Keeps an element's native `<dialog>` open as long as its `open` says: also when the element is moved, and not longer
 * than it is in the page. Escape closes it, a click beside it does not; the focus goes back to where it was. The element
 * gets a `close` of its own. */
export class Modal implements ReactiveController {
  readonly #host: LitElement & { open: boolean }
  readonly #may: () => boolean
  #shown = false

  /** `may`: whether it can be shown at all now. */
  constructor(host: LitElement & { open: boolean }, may: () => boolean) {
    this.#host = host
    this.#may = may
    host.addController(this)
  }

  hostConnected(): void {
    this.#host.requestUpdate()
  }

  hostDisconnected(): void {
    this.#dialog?.close()
  }

  hostUpdated(): void {
    const dialog = this.#dialog
    const open = this.#host.open && this.#host.isConnected && this.#may()
    if (dialog === null || open === dialog.open) return
    if (open) {
      dialog.showModal()
      this.#shown = true
    } else {
      dialog.close()
      this.#tell()
    }
  }

  /** For the dialog's `cancel`: somebody pressed Escape. */
  readonly cancel = (event: Event): void => {
    event.preventDefault()
    this.#host.open = false
  }

  /** For the dialog's `close`, which comes late: it may be open again, after a move. */
  readonly closed = (): void => {
    if (this.#dialog?.open === true) return
    this.#host.open = false
    this.#tell()
  }

  #tell(): void {
    if (this.#shown) this.#host.dispatchEvent(new Event('close'))
    this.#shown = false
  }

  get #dialog(): HTMLDialogElement | null {
    return this.#host.renderRoot?.querySelector('dialog') ?? null
  }
}

/** Whether `show()` can do something: says once in the console why not. */
export function canShow(host: HTMLElement, hasProvider: boolean): boolean {
  if (hasProvider || !host.isConnected) return true
  if (!warned) console.warn(`<${host.localName}> stands in no <license-provider>, so that it cannot be shown.`)
  warned = true
  return false
}

let warned = false
