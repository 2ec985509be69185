import { sendKeys } from '@web/test-runner-commands'

/** What is on the clipboard, read by pasting it into a field as a person would. */
export async function pasted(): Promise<string> {
  const area = document.createElement('textarea')
  const dialog = document.createElement('dialog')
  dialog.append(area)
  document.body.append(dialog)
  dialog.showModal()
  try {
    await sendKeys({ down: 'Control' })
    await sendKeys({ press: 'v' })
    await sendKeys({ up: 'Control' })
    return area.value
  } finally {
    dialog.remove()
  }
}
