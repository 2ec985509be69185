import { setupWorker, type SetupWorker } from 'msw/browser'
import { bffHandler } from './worlds.ts'

/** Starts the worker that lies beside the page, so that it works under any path. */
export async function startWorker(): Promise<SetupWorker> {
  const worker = setupWorker(bffHandler)
  await worker.start({ quiet: true, onUnhandledFrame: 'bypass', serviceWorker: { url: './mockServiceWorker.js' } })
  return worker
}
