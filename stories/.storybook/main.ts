import type { StorybookConfig } from '@storybook/web-components-vite'
import { mergeConfig, type Plugin } from 'vite'
import { STORY_GLOB } from '../glob.ts'

const modules = '../../node_modules'

/** Keeps the import that registers the elements: package.json names only built files as doing something when imported. */
const registerElements: Plugin = {
  name: 'register-elements',
  transform: { filter: { id: /components\/index\.ts$/ }, handler: (code) => ({ code, map: null, moduleSideEffects: true }) },
}

const config: StorybookConfig = {
  framework: '@storybook/web-components-vite',
  stories: ['../docs/*.mdx', `../${STORY_GLOB}`],
  addons: ['@storybook/addon-docs', 'msw-storybook-addon'],
  // Beside the page, so that everything works under any path.
  staticDirs: [
    { from: `${modules}/msw/lib/mockServiceWorker.js`, to: '/mockServiceWorker.js' },
    { from: `${modules}/sql.js/dist/sql-wasm-browser.js`, to: '/sql-wasm-browser.js' },
    { from: `${modules}/sql.js/dist/sql-wasm-browser.wasm`, to: '/sql-wasm-browser.wasm' },
  ],
  previewHead: (head) => `${head}<script src="./sql-wasm-browser.js"></script>`,
  core: { disableTelemetry: true, enableCrashReports: false, disableWhatsNewNotifications: true },
  viteFinal: (vite) => mergeConfig(vite, { plugins: [registerElements], build: { chunkSizeWarningLimit: 4_000 } }),
}

export default config
