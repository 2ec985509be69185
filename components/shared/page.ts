/** Resolves when the scripts that stand in the page have run. */
export function pageReady(): Promise<void> {
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
  if (document.readyState === 'complete' || (navigation?.domContentLoadedEventStart ?? 0) > 0) return Promise.resolve()
  return new Promise((resolve) => { document.addEventListener('DOMContentLoaded', () => { resolve() }, { once: true }) })
}

/** Calls back whenever somebody comes back to the page, or the network does; answers what ends that. */
export function onReturn(listener: () => void): () => void {
  const ofWindow = ['focus', 'online', 'pageshow']
  for (const type of ofWindow) window.addEventListener(type, listener)
  document.addEventListener('visibilitychange', listener)
  return () => {
    for (const type of ofWindow) window.removeEventListener(type, listener)
    document.removeEventListener('visibilitychange', listener)
  }
}
