import type { LitElement } from 'lit'

/** Copies texts, and knows which was copied last. */
export class Copying {
  /** What was to be copied last, by the name that it was given, and whether it was. */
  last: { name: string; done: boolean } | null = null
  readonly #host: LitElement

  constructor(host: LitElement) {
    this.#host = host
  }

  /** Copies a text that goes by a name; the element has a dialog. */
  async copy(name: string, text: string): Promise<void> {
    this.last = { name, done: await write(text) || writeOld(text, this.#host.renderRoot.querySelector('dialog[open]') as HTMLElement) }
    this.#host.requestUpdate()
  }

  /** Nothing was copied. */
  forget(): void {
    this.last = null
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
function writeOld(text: string, place: HTMLElement): boolean {
  const field = Object.assign(document.createElement('textarea'), { className: 'hidden', value: text })
  const before = (place.getRootNode() as ShadowRoot).activeElement as HTMLElement | null
  place.append(field)
  field.select()
  const done = document.execCommand('copy')
  field.remove()
  before?.focus()
  return done
}
