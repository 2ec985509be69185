import { chromeLauncher } from '@web/test-runner'
import { a11ySnapshotPlugin } from '@web/test-runner-commands/plugins'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { bundledTests } from './test/browser/bundle.ts'

const local = (path) => fileURLToPath(new URL(path, import.meta.url))

/** Serves the worker beside the page of the tests, where its scope holds them. */
async function serveWorker(context, next) {
  if (context.path !== '/mockServiceWorker.js') return next()
  context.type = 'text/javascript'
  context.body = await readFile(local('./node_modules/msw/lib/mockServiceWorker.js'))
}

/** A page that takes keys and focus as if it were in front, as tests run side by side. */
async function createPage({ context }) {
  const page = await context.newPage()
  const session = await page.createCDPSession()
  await session.send('Emulation.setFocusEmulationEnabled', { enabled: true })
  return page
}

/** Lets a page switch forced colours on, which the runner's own command for media leaves out. */
const forcedColours = {
  name: 'forced-colours',
  executeCommand: async ({ command, payload, session }) => {
    if (command !== 'force-colours') return undefined
    await session.browser.getPage(session.id).emulateMediaFeatures(payload ? [{ name: 'forced-colors', value: 'active' }] : [])
    return true
  },
}

/** Tests in a real browser: Chromium from the system's packages, or the one that CHROME_PATH names. */
export default {
  files: ['test/browser/**/*.test.ts'],
  plugins: [bundledTests(), a11ySnapshotPlugin(), forcedColours],
  middleware: [serveWorker],
  browsers: [chromeLauncher({
    createPage,
    launchOptions: {
      executablePath: process.env.CHROME_PATH ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run', '--disable-gpu'],
    },
  })],
  // sql.js is a classic script.
  testRunnerHtml: (framework) => `<!doctype html><html lang="en"><head><title>Tests</title></head><body>
    <script src="/node_modules/sql.js/dist/sql-wasm-browser.js"></script><script type="module" src="${framework}"></script></body></html>`,
  // Many tests wait, and the others run beside these.
  concurrency: 2,
  testFramework: { config: { timeout: 60_000 } },
  testsFinishTimeout: 600_000,
}
