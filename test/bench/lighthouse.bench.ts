import lighthouse, { desktopConfig } from 'lighthouse'
import { startDemo } from '../../bff/cli/demo/index.ts'
import { build } from '../../build.ts'
import { launchChromium } from '../demo/chromium.ts'
import type { Figure } from './run.ts'
import { median } from './world.ts'

const ROUNDS = 3

/** Lighthouse's performance of the demo portal with its own throttling: a slow phone on a slow network, and a desktop. */
export async function run(): Promise<Figure[]> {
  await build()
  const demo = await startDemo({ host: '127.0.0.1', port: 0, db: null })
  const browser = await launchChromium()
  const figures: Figure[] = []
  for (const path of ['/', '/devices/hp-south#license']) {
    for (const [device, config] of [['phone', undefined], ['desktop', desktopConfig]] as const) {
      const scores: number[] = []
      for (let round = 0; round < ROUNDS; round += 1) {
        const page = await browser.newPage()
        // The stream of changes keeps the network busy for good.
        const answer = await lighthouse(`${demo.url}${path}`, { onlyCategories: ['performance'], logLevel: 'silent', maxWaitForLoad: 5_000, disableFullPageScreenshot: true }, config, page as never)
        scores.push((answer?.lhr.categories['performance']?.score ?? 0) * 100)
        await page.close()
      }
      const ours = median(scores)
      figures.push({ name: `Lighthouse performance of ${path}, ${device}`, ours, unit: 'of 100', goal: 'at least 95', reached: ours >= 95 })
    }
  }
  await browser.close()
  await demo.close()
  return figures
}
