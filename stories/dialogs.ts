import type { LicenseProvider } from '../components/index.ts'
import type { World } from './world.ts'

/** A code of our shape whose check is right and that nobody issued (R14). */
export const UNKNOWN_CODE = '7KDR-Q4MX-T9E8-KQF2-3WRH'
/** The same with its last two signs swapped. */
export const MISTYPED_CODE = '7KDR-Q4MX-T9E8-KQF2-3WHR'

/** Every element that a story waits for. */
const ELEMENTS = 'voucher-modal, contact-sales-modal, license-alerts, grace-banner, trial-offer, welcome-wizard, license-support-button, license-gate, license-features, license-notifications'

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
  // What is known then may lead to more questions.
  for (let time = 0; time < 3; time += 1) {
    await provider.settled()
    for (const element of canvas.querySelectorAll(ELEMENTS)) await (element as { updateComplete?: Promise<boolean> }).updateComplete
  }
}

/** Asks a story's BFF as the person in front of the page. */
export async function askAsPerson<T>({ bff }: World, method: string, path: string): Promise<T> {
  return (await bff(new Request(`https://bff.example${path}`, { method }))).json() as Promise<T>
}

/** Keeps a story's page from hearing at once of what others change. */
export async function deafen(canvas: HTMLElement): Promise<void> {
  providerIn(canvas).fetch = (address, init) => (String(address).endsWith('/v1/events') ? new Promise(() => {}) : fetch(address, init))
  await answered(canvas)
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
    const changes = /\/(voucher(\/preview)?|grace|trial|renewal|snooze)$/.test(String(address))
    return fetch(address, changes ? { ...init, headers: { ...init?.headers, authorization: `Bearer ${token}` } } : init)
  }
  await answered(canvas)
}

function inDialog<E extends HTMLElement>(canvas: HTMLElement, selector: string): E {
  return inElement(canvas, 'voucher-modal', selector)
}

/** Something in a story's element, or in one that stands in its shadow root; throws where there is none. */
export function inElement<E extends HTMLElement>(canvas: HTMLElement, tag: string, selector: string): E {
  const inner = [...canvas.querySelectorAll('*')].map(({ shadowRoot }) => shadowRoot?.querySelector(tag)).find((element) => element !== null && element !== undefined)
  const found = (canvas.querySelector(tag) ?? inner)?.shadowRoot?.querySelector<E>(selector)
  if (found === null || found === undefined) throw new Error(`${tag} has no ${selector}`)
  return found
}
