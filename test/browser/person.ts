import { emulateMedia, executeServerCommand, resetMouse, sendKeys, sendMouse, setViewport } from '@web/test-runner-commands'

/** Presses keys one after the other, as the browser names them: `Tab`, `Shift+Tab`, `Enter`, `Escape`. */
export async function press(...keys: readonly string[]): Promise<void> {
  for (const key of keys) await sendKeys({ press: key })
}

/** Types into what has the focus. */
export async function type(text: string): Promise<void> {
  await sendKeys({ type: text })
}

/** Pastes a text into what has the focus, as from a clipboard. */
export function paste(target: Element, text: string): void {
  const clipboardData = new DataTransfer()
  clipboardData.setData('text/plain', text)
  const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true, composed: true })
  // Only a real clipboard makes the browser insert it.
  if (target.dispatchEvent(event)) document.execCommand('insertText', false, text)
}

/** Clicks in the middle of an element with a real mouse. */
export async function click(element: Element, times = 1): Promise<void> {
  element.scrollIntoView({ block: 'center', inline: 'center' })
  const { left, top, width, height } = element.getBoundingClientRect()
  const position: [number, number] = [Math.round(left + width / 2), Math.round(top + height / 2)]
  for (let time = 0; time < times; time += 1) await sendMouse({ type: 'click', position })
  await resetMouse()
}

/** What the browser is set to; what is left out is as usual. */
export interface Surroundings {
  dark?: boolean
  reducedMotion?: boolean
  /** In CSS pixels. */
  width?: number
  height?: number
}

/** Sets the browser as a person has it. */
export async function surround({ dark = false, reducedMotion = false, width = 800, height = 600 }: Surroundings = {}): Promise<void> {
  await emulateMedia({ colorScheme: dark ? 'dark' : 'light', reducedMotion: reducedMotion ? 'reduce' : 'no-preference' })
  await setViewport({ width, height })
}

/** Lets the system force its own colours upon the page, or no longer. */
export async function forceColours(on: boolean): Promise<void> {
  await executeServerCommand('force-colours', on)
}

/** One node of the accessibility tree. */
interface Node {
  role: string
  name?: string
  children?: Node[]
  [property: string]: unknown
}

/** What assistive technology reads of the page: one line a node, its role and name, indented; with its states. */
export async function accessibilityTree(): Promise<string> {
  const root = await executeServerCommand<Node | null, object>('a11y-snapshot', {})
  return root === null ? '' : linesOf(root, 0).join('\n')
}

function linesOf({ role, name = '', children = [], ...states }: Node, depth: number): string[] {
  const more = Object.entries(states).filter(([, value]) => ['string', 'number', 'boolean'].includes(typeof value)).map(([key, value]) => `${key}=${value}`)
  const line = `${'  '.repeat(depth)}${role} "${name}"${more.length === 0 ? '' : ` ${more.join(' ')}`}`
  return [line, ...children.flatMap((child) => linesOf(child, depth + 1))]
}
