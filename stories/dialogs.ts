import type { LicenseProvider } from '../components/index.ts'

/** A code of our shape whose check is right and that nobody issued (R14). */
export const UNKNOWN_CODE = '7KDR-Q4MX-T9E8-KQF2-3WRH'
/** The same with its last two signs swapped. */
export const MISTYPED_CODE = '7KDR-Q4MX-T9E8-KQF2-3WHR'

/** Parameters of stories whose dialog is open: on the page of documents each has a frame of its own. */
export const IN_FRAME = { docs: { story: { inline: false, height: '560px' } } } as const

/** The provider of a story; throws where it has none. */
export function providerIn(canvas: HTMLElement): LicenseProvider {
  const provider = canvas.querySelector('license-provider')
  if (provider === null) throw new Error('the story has no provider')
  return provider
}

/** Resolves when every request of the story has been answered and is shown. */
export async function answered(canvas: HTMLElement): Promise<void> {
  const provider = providerIn(canvas)
  await provider.settled()
  for (const dialog of canvas.querySelectorAll('voucher-modal, contact-sales-modal')) await (dialog as { updateComplete?: Promise<boolean> }).updateComplete
  await provider.settled()
}

/** Puts a text into the field of a story's voucher dialog, as pasting it does, and waits for what comes of it. */
export async function enterCode(canvas: HTMLElement, text: string): Promise<void> {
  await answered(canvas)
  const field = inDialog<HTMLInputElement>(canvas, 'input')
  field.focus()
  field.value = text
  field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true, inputType: 'insertFromPaste' }))
  await answered(canvas)
}

/** Presses the button of a story's voucher dialog that redeems, and waits for what comes of it. */
export async function pressRedeem(canvas: HTMLElement): Promise<void> {
  await answered(canvas)
  inDialog<HTMLButtonElement>(canvas, '[part=submit]').click()
  await answered(canvas)
}

/** Lets everything that changes something go to the BFF as somebody else: with another token. */
export async function changeAs(canvas: HTMLElement, token: string): Promise<void> {
  await answered(canvas)
  providerIn(canvas).fetch = (address, init) => {
    const changes = /\/voucher(\/preview)?$/.test(String(address))
    return fetch(address, changes ? { ...init, headers: { ...init?.headers, authorization: `Bearer ${token}` } } : init)
  }
  await answered(canvas)
}

function inDialog<E extends HTMLElement>(canvas: HTMLElement, selector: string): E {
  const found = canvas.querySelector('voucher-modal')?.shadowRoot?.querySelector<E>(selector)
  if (found === null || found === undefined) throw new Error(`the dialog has no ${selector}`)
  return found
}
