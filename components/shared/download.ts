/** Lets the person save a text as a file. */
export function download(name: string, text: string, type: string): void {
  const href = URL.createObjectURL(new Blob([text], { type }))
  const link = Object.assign(document.createElement('a'), { href, download: name })
  link.click()
  // Not at once: some browsers begin to read only later.
  setTimeout(() => { URL.revokeObjectURL(href) }, 60_000)
}
