import type { LitElement, ReactiveController } from 'lit'

/** Copies texts, and knows which was copied last. */
export class Copying implements ReactiveController {
  /** What was copied last, by the name that it was given; null if nothing was, or if it failed. */
  copied: string | null = null
  /** What could not be copied. */
  failed: string | null = null
  readonly #host: LitElement

  constructor(host: LitElement) {
    this.#host = host
    host.addController(this)
  }

  hostDisconnected(): void {
    this.forget()
  }

  /** Copies a text that goes by a name. */
  async copy(name: string, text: string): Promise<void> {
    const done = await write(text) || writeOld(text, this.#host.renderRoot.querySelector('dialog') ?? this.#host.renderRoot)
    this.copied = done ? name : null
    this.failed = done ? null : name
    this.#host.requestUpdate()
  }

  /** Nothing was copied. */
  forget(): void {
    this.copied = this.failed = null
  }
}

async function write(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    // No secure context, or the page's policy forbids it.
    return false
  }
}

/** Copies as before there was a clipboard to write to: out of a field, which has to stand where it can be focused. */
function writeOld(text: string, place: ParentNode): boolean {
  const field = document.createElement('textarea')
  const root = field.ownerDocument
  const before = deepFocus(root)
  field.className = 'hidden'
  field.value = text
  place.append(field)
  field.select()
  try {
    return root.execCommand('copy')
  } catch {
    return false
  } finally {
    field.remove()
    before?.focus()
  }
}

function deepFocus(root: DocumentOrShadowRoot): HTMLElement | null {
  const element = root.activeElement as HTMLElement | null
  return element?.shadowRoot?.activeElement ? deepFocus(element.shadowRoot) : element
}
