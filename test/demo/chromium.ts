import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { after, before } from 'node:test'
import puppeteer, { type Browser, type Page } from 'puppeteer-core'
import type { Asked } from './demos.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What the visitor has chosen before, and what the page is seen in. */
export interface Visit {
  language?: 'en' | 'de'
  theme?: 'auto' | 'light' | 'dark'
  role?: 'admin' | 'member' | 'viewer'
  width?: number
  height?: number
  /** In another tab of this one's browser. */
  beside?: Visitor
}

/** A visitor with a browser: what they see, what the page asks for, and what the browser complains of. */
export class Visitor {
  readonly page: Page
  /** Methods and paths of the requests since the last `forget`. */
  requests: string[] = []
  /** What the console said, and of which address. */
  readonly complaints: string[] = []

  constructor(page: Page) {
    this.page = page
    page.on('request', (request) => { this.requests.push(`${request.method()} ${new URL(request.url()).pathname}`) })
    page.on('console', (message) => { if (message.type() === 'error' || message.type() === 'warn') this.complaints.push(`${message.text()} ${message.location()?.url ?? ''}`) })
    page.on('pageerror', (error) => { this.complaints.push(String(error)) })
  }

  forget(): void {
    this.requests = []
  }

  /** Waits until something is seen; `role` and `name` are those of the accessibility tree, also inside the elements. */
  async sees(name: string, role?: string): Promise<void> {
    await this.page.waitForSelector(selectorOf(name, role), { visible: true, timeout: 10_000 }).catch(() => { assert.fail(`nobody sees "${name}"`) })
  }

  async click(name: string, role = 'button'): Promise<void> {
    const locator = this.page.locator(selectorOf(name, role)).setTimeout(10_000)
    // As a person does whose demo bar covers it.
    await (await locator.waitHandle()).evaluate((element) => { (element as Element).scrollIntoView({ block: 'center' }) })
    await locator.click()
  }

  /** Clicks what has these words among others. */
  async press(words: string): Promise<void> {
    await this.page.locator(selectorOf(words)).setTimeout(10_000).click()
  }

  /** Presses a key until the focus stands on something with this name. */
  async pressUntil(key: 'Tab' | 'ArrowRight', name: string | RegExp, most = 80): Promise<void> {
    for (let count = 0; count < most; count += 1) {
      const focused = await this.focused()
      if (typeof name === 'string' ? focused === name : name.test(focused)) return
      await this.page.keyboard.press(key)
    }
    assert.fail(`the key ${key} does not lead to "${name}"`)
  }

  /** The name of what has the focus, in the accessibility tree. */
  async focused(): Promise<string> {
    const found = (await this.page.accessibility.snapshot({ interestingOnly: false, includeIframes: false }))
    const stack = found === null ? [] : [found]
    for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
      if (node.focused === true && node.role !== 'RootWebArea' && node.role !== 'dialog') return node.name ?? ''
      stack.push(...node.children ?? [])
    }
    return ''
  }

  /** What a row of the list says, in a few words. */
  row(name: string): Promise<string> {
    return this.page.evaluate((wanted) => {
      const row = [...document.querySelectorAll('.devices tbody tr')].find((one) => one.querySelector('th')?.textContent === wanted)
      const badge = row?.querySelector('license-badge')?.shadowRoot?.textContent ?? ''
      const [until, action] = [row?.querySelector('.until'), row?.querySelector('.act')?.firstChild?.firstChild]
      return `${badge} | ${until?.textContent ?? ''} | ${action?.textContent ?? ''}`.replaceAll(/\s+/g, ' ').trim()
    }, name)
  }

  /** Waits until a row says something. */
  async seesRow(name: string, words: RegExp): Promise<void> {
    const until = Date.now() + 10_000
    for (let row = await this.row(name); !words.test(row); row = await this.row(name)) {
      assert.ok(Date.now() < until, `the row of ${name} says "${row}"`)
      await this.page.evaluate(() => new Promise(requestAnimationFrame))
    }
  }

  /** Asserts that axe finds nothing. The policy of the page forbids the script, the debugger does not. */
  async assertAccessible(): Promise<void> {
    const session = await this.page.createCDPSession()
    await session.send('Runtime.evaluate', { expression: AXE })
    await session.detach()
    const found = await this.page.evaluate(async () => {
      const { axe } = window as unknown as { axe: { run: (where: Document) => Promise<{ violations: { id: string; nodes: { target: unknown[] }[] }[] }> } }
      return (await axe.run(document)).violations.map(({ id, nodes }) => `${id}: ${JSON.stringify(nodes.map(({ target }) => target))}`)
    })
    assert.deepEqual(found, [])
  }

  /** What can be pressed and is less than 24 px wide or high (WCAG 2.5.8), with what belongs to it: a label, or what lies over a row. */
  smallTargets(): Promise<string[]> {
    return this.page.evaluate(() => {
      const small: string[] = []
      const look = (root: Document | ShadowRoot): void => {
        for (const element of root.querySelectorAll<HTMLElement>('*')) {
          if (element.shadowRoot !== null) look(element.shadowRoot)
          if (!element.matches('a[href], button, input, select, summary') || !element.checkVisibility() || getComputedStyle(element, '::after').position === 'absolute') continue
          const { width, height } = (element.closest('label') ?? element).getBoundingClientRect()
          if (width < 24 || height < 24) small.push(`${element.textContent.trim()} ${width}x${height}`)
        }
      }
      look(document)
      return small
    })
  }

  /** How far things have moved that nobody has touched. */
  shift(): Promise<number> {
    return this.page.evaluate(() => (window as unknown as { shift: number }).shift)
  }

  /** How much wider the page is than its window (px). */
  overflow(): Promise<number> {
    return this.page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  }
}

function selectorOf(name: string, role?: string): string {
  return role === undefined ? `::-p-text(${name})` : `::-p-aria([name="${name}"][role="${role}"])`
}

/** The system's Chromium, or the one that CHROME_PATH names. */
export function launchChromium(): Promise<Browser> {
  return puppeteer.launch({
    executablePath: process.env['CHROME_PATH'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run', '--disable-gpu'],
  })
}

/** A Chromium for the suite that asks for it. */
export function chromiumOfSuite(asked: Asked): { visit: (path: string, visit?: Visit) => Promise<Visitor>; browser: () => Browser } {
  let browser: Browser | null = null
  const running = (): Browser => {
    assert.ok(browser, 'the suite has not begun')
    return browser
  }
  before(async () => {
    browser = await launchChromium()
  })
  after(async () => { await browser?.close() })
  return {
    browser: running,
    visit: async (path, { width = 1_280, height = 900, beside, ...settings } = {}) => {
      const context = beside?.page.browserContext() ?? await running().createBrowserContext()
      const page = await context.newPage()
      await page.setViewport({ width, height })
      await page.evaluateOnNewDocument((chosen: Record<string, string>) => {
        for (const [name, value] of Object.entries({ language: 'en', ...chosen })) localStorage.setItem(`velthorn.${name}`, value)
        Object.assign(window, { shift: 0 })
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[]) {
            if (!entry.hadRecentInput) (window as unknown as { shift: number }).shift += entry.value
          }
        }).observe({ type: 'layout-shift', buffered: true })
      }, settings)
      const visitor = new Visitor(page)
      await page.goto(`${asked.demo.url}${path}`, { waitUntil: 'networkidle2' })
      return visitor
    },
  }
}
