/** Closes every modal dialog among these nodes, also in open shadow roots: hidden with them, it would still keep people from
 * the rest of the page. Answers whether there was one. */
export function closeDialogs(root: ParentNode): boolean {
  let found = false
  for (const element of root.querySelectorAll('*')) {
    if (element instanceof HTMLDialogElement && element.matches(':modal')) {
      found = true
      element.close()
    }
    if (element.shadowRoot !== null) found = closeDialogs(element.shadowRoot) || found
  }
  return found
}

/** Puts the focus on something that nobody tabs to; it can be focused only until the focus goes on. */
export function focusOnce(target: HTMLElement | null): void {
  if (target === null) return
  target.tabIndex = -1
  target.addEventListener('blur', () => { target.removeAttribute('tabindex') }, { once: true })
  target.focus()
}
