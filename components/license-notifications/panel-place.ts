/** Between the panel and everything else (px). */
const GAP = 8
const WIDTH = 384
/** Least height with which the panel hangs below rather than stands above (px). */
const LEAST = 240

/** Puts an open panel beside its button, and never beyond the window. */
function place(button: HTMLElement, panel: HTMLElement): void {
  const { top, bottom, left, right } = button.getBoundingClientRect()
  const { clientWidth } = document.documentElement
  const width = Math.min(WIDTH, clientWidth - 2 * GAP)
  const wanted = getComputedStyle(panel).direction === 'rtl' ? left : right - width
  const below = innerHeight - bottom - 2 * GAP
  const above = top - 2 * GAP
  const hangs = below >= LEAST || below >= above
  Object.assign(panel.style, {
    width: `${width}px`, left: `${Math.max(GAP, Math.min(wanted, clientWidth - GAP - width))}px`, maxHeight: `${Math.max(hangs ? below : above, LEAST / 2)}px`,
    top: hangs ? `${bottom + GAP}px` : 'auto', bottom: hangs ? 'auto' : `${innerHeight - top + GAP}px`,
  })
}

/** Keeps a panel beside its button until it is told to end. */
export function keepPlace(button: HTMLElement, panel: HTMLElement): () => void {
  const follow = (): void => { place(button, panel) }
  follow()
  addEventListener('resize', follow)
  addEventListener('scroll', follow, { capture: true, passive: true })
  return () => {
    removeEventListener('resize', follow)
    removeEventListener('scroll', follow, { capture: true })
  }
}
