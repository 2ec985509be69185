import { sendKeys } from '@web/test-runner-commands'

/** Pastes what is on the clipboard into what has the focus. */
async function pasteKeys(): Promise<void> {
  await sendKeys({ down: 'Control' })
  await sendKeys({ press: 'v' })
  await sendKeys({ up: 'Control' })
}

/** Pastes a text into what has the focus, from the clipboard itself. */
export function pasteText(text: string): Promise<void> {
  return alone(async () => {
    await navigator.clipboard.writeText(text)
    await pasteKeys()
  })
}

/** What some act puts on the clipboard, read by pasting it into a field as a person would. */
export function copiedBy(act: () => Promise<void>): Promise<string> {
  return alone(async () => {
    await act()
    const dialog = document.createElement('dialog')
    const area = document.createElement('textarea')
    dialog.append(area)
    document.body.append(dialog)
    dialog.showModal()
    try {
      await pasteKeys()
      return area.value
    } finally {
      dialog.remove()
    }
  })
}

/** Tests run side by side, and there is one clipboard. */
function alone<T>(act: () => Promise<T>): Promise<T> {
  return navigator.locks.request('clipboard', act) as Promise<T>
}
