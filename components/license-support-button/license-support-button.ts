import { html, LitElement, type TemplateResult } from 'lit'
import { frame } from '../shared/icons.ts'
import { Localize } from '../shared/localize.ts'
import { StoreConsumer, Watch } from '../shared/store-consumer.ts'
import { SupportDialog } from '../shared/support-dialog.ts'
import { supportTexts, type SupportText } from '../shared/support.texts.ts'
import { styles } from './license-support-button.styles.ts'

/** A speech bubble with a question mark (Lucide, ISC licence). */
const BUBBLE = '<path d="M7.9 20A9 9 0 1 0 4 16.1L2 22zM9.1 9a3 3 0 0 1 5.8 1c0 2-3 3-3 3M12 17h.01"/>'

/**
 * A small round button in the corner at the bottom, by which support is reached. A page that has a chat of its own leaves it
 * out or says `hidden`; one that wants it elsewhere sets `position` and `inset` on it.
 *
 * @summary The way to support, on every page.
 * @tag license-support-button
 * @fires license-support-request - Somebody wants to reach support. Cancel it to show a way of your own; otherwise the contact is shown.
 * @fires license-contact-request - Somebody wants to reach sales. Cancel it to show a form of your own; otherwise the dialog of sales opens.
 * @fires license-navigate - The link to the website of support is about to be followed. Cancel it to go there yourself.
 * @csspart button - The button.
 * @csspart icon - Its icon.
 * @csspart dialog - The dialog with the contact.
 * @csspart card - The contact.
 * @cssproperty --license-accent - The icon; links and the filled button in the dialog.
 * @cssproperty --license-surface - Behind everything; `--license-control` is the edge of the button.
 */
export class LicenseSupportButton extends LitElement {
  static override styles = styles

  readonly #store = new StoreConsumer(this)
  readonly #words = new Localize<SupportText>(this, this.#store, supportTexts)
  readonly #me = new Watch(this, this.#store, (store) => store.me)
  readonly #support = new SupportDialog(this, this.#store, this.#words)

  override render(): TemplateResult {
    const text = this.#words.text('support.contact')
    return html`<button type="button" class="round" part="button" lang=${this.#words.language} aria-label=${text} title=${text} @click=${this.#ask}>${frame(BUBBLE)}</button>
      ${this.#support.render(this.#me.resource)}`
  }

  readonly #ask = (): void => { this.#support.show() }
}
