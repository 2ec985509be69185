import assert from 'node:assert/strict'
import lighthouse from 'lighthouse'
import { suite, test } from 'node:test'
import { chromiumOfSuite } from './chromium.ts'
import { demoOfSuite } from './demos.ts'

suite('Lighthouse on the demo portal', () => {
  const asked = demoOfSuite()
  const { browser } = chromiumOfSuite(asked)

  for (const path of ['/', '/devices/hp-south#license']) {
    test(`${path}: accessibility, best practices and SEO 100, layout shift 0`, async (context) => {
      const page = await browser().newPage()
      const run = await lighthouse(`${asked.demo.url}${path}`, {
        onlyCategories: ['accessibility', 'best-practices', 'seo'], onlyAudits: ['cumulative-layout-shift'], throttlingMethod: 'provided', logLevel: 'silent', disableFullPageScreenshot: true,
        // The stream of changes keeps the network busy for good.
        maxWaitForLoad: 5_000,
      }, undefined, page as never)
      await page.close()
      const { categories, audits } = run?.lhr ?? {}
      const score = (name: string): number => Math.round((categories?.[name]?.score ?? 0) * 100)
      const figures = [score('accessibility'), score('best-practices'), score('seo'), audits?.['cumulative-layout-shift']?.numericValue]
      context.diagnostic(`accessibility ${figures[0]}, best practices ${figures[1]}, SEO ${figures[2]}, layout shift ${figures[3]}`)
      const faults = Object.values(audits ?? {}).filter(({ score: of, scoreDisplayMode }) => scoreDisplayMode === 'binary' && of === 0).map(({ id, details }) => `${id} ${JSON.stringify(details ?? {}).slice(0, 2_000)}`)
      assert.deepEqual(figures, [100, 100, 100, 0], faults.join('; '))
    })
  }
})
