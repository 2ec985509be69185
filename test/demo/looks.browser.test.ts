import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { chromiumOfSuite, type Visit } from './chromium.ts'
import { demoOfSuite } from './demos.ts'

const PAGES = ['/', '/devices/hp-north', '/devices/hp-north#history', '/devices/hp-north#functions', '/devices/vu-nursery#license', '/devices/hp-stable']
const LOOKS: Visit[] = [{ theme: 'light', role: 'viewer' }, { theme: 'dark', language: 'de', width: 320, height: 640 }]

suite('how the portal looks', () => {
  const asked = demoOfSuite()
  const { visit } = chromiumOfSuite(asked)

  for (const path of PAGES) {
    for (const look of LOOKS) {
      test(`${path} with ${JSON.stringify(look)}: accessible, large enough to press, not too wide, nothing moves, nothing is refused`, async () => {
        const visitor = await visit(path, look)
        await visitor.assertAccessible()
        assert.deepEqual(await visitor.smallTargets(), [])
        assert.deepEqual([await visitor.overflow(), await visitor.shift(), visitor.complaints], [0, 0, []])
        await visitor.page.close()
      })
    }
  }
})
