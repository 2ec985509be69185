/** Takes the README's pictures of the demo portal, into stories/pictures (`npm run pictures`). */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { startDemo } from '../bff/cli/demo/index.ts'
import { build } from '../build.ts'
import { launchChromium } from './demo/chromium.ts'

const FOLDER = join(import.meta.dirname, '../stories/pictures')
const SIZE = { width: 1280, height: 800 }
/** What each picture shows, and in which theme. */
const PICTURES = [
  { name: 'assets-light', path: '/', theme: 'light' },
  { name: 'assets-dark', path: '/', theme: 'dark' },
  { name: 'device-light', path: '/devices/hp-boiler#license', theme: 'light' },
  { name: 'device-dark', path: '/devices/hp-boiler#license', theme: 'dark' },
] as const

await build()
await mkdir(FOLDER, { recursive: true })
const demo = await startDemo({ host: '127.0.0.1', port: 0, db: null })
const browser = await launchChromium()
for (const { name, path, theme } of PICTURES) {
  const context = await browser.createBrowserContext()
  const page = await context.newPage()
  await page.setViewport(SIZE)
  await page.evaluateOnNewDocument((chosen) => {
    for (const [key, value] of Object.entries({ theme: chosen, language: 'en', guide: 'left' })) localStorage.setItem(`velthorn.${key}`, value)
  }, theme)
  await page.goto(`${demo.url}${path}`, { waitUntil: 'load' })
  await page.waitForSelector('.known:not([hidden]), [role=tabpanel] license-tab')
  await page.evaluate(async () => { await document.querySelector('license-provider')?.settled?.() })
  await page.screenshot({ path: join(FOLDER, `${name}.png`) })
  await context.close()
}
await browser.close()
await demo.close()
