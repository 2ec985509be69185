/** Makes a timer that keeps no process alive, where there are processes. */
export function idly<T>(timer: T): T {
  (timer as { unref?: () => unknown }).unref?.()
  return timer
}
