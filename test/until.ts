/** Waits until something holds; fails where it does not in time (ms). */
export async function until(holds: () => boolean | Promise<boolean>, patience = 3_000): Promise<void> {
  const latest = performance.now() + patience
  while (!(await holds())) {
    if (performance.now() > latest) throw new Error('it did not happen in time')
    await new Promise((resolve) => { setTimeout(resolve, 10) })
  }
}
