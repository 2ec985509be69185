import { esbuildPlugin } from '@web/dev-server-esbuild'
import { chromeLauncher } from '@web/test-runner'
import { fileURLToPath } from 'node:url'

/** Tests in a real browser: Chromium from the system's packages, or the one that CHROME_PATH names. */
export default {
  files: ['test/browser/**/*.test.ts'],
  nodeResolve: { browser: true, exportConditions: ['browser', 'import', 'default'] },
  plugins: [esbuildPlugin({ ts: true, tsconfig: fileURLToPath(new URL('./tsconfig.json', import.meta.url)) })],
  browsers: [chromeLauncher({
    launchOptions: {
      executablePath: process.env.CHROME_PATH ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run', '--disable-gpu'],
    },
  })],
  // sql.js is a classic script.
  testRunnerHtml: (framework) => `<!doctype html><html><body><script src="/node_modules/sql.js/dist/sql-wasm-browser.js"></script>
    <script type="module" src="${framework}"></script></body></html>`,
  testsFinishTimeout: 60_000,
}
