import assert from 'node:assert/strict'
import { test } from 'node:test'
import { onEveryEngine } from '../engines.ts'
import { dump } from '../ledger/tables.ts'

interface Told {
  imported: number
  unchanged: number
  errors: { line: number; column: string; reason: string }[]
}

const HEAD = 'account,serial,workspace,site'

onEveryEngine('importing legacy records', (world) => {
  const bring = (...lines: string[]) => world().ask<Told>({ role: 'vendor' }, 'POST', '/v1/vendor/legacy/import', [HEAD, ...lines].join('\n'))

  test('twice changes nothing, in whatever writing and order', async () => {
    assert.deepEqual((await bring('ann,SN-1,W,S', 'Ann@B.example,SN-2,W,S', 'ann,SN-1,W,S')).body, { imported: 2, unchanged: 1 })
    const before = await dump(world().database)
    assert.deepEqual((await bring(' ann@b.example , sn 2 ,W,S', 'ann,sn1,W,S')).body, { imported: 0, unchanged: 2 })
    assert.deepEqual(await dump(world().database), before)
    assert.deepEqual((await bring('ann,SN-1,W,S2', 'ann,SN-1,W,S')).body, { imported: 1, unchanged: 1 })
  })

  test('names every row that cannot be, by line and column, and brings none', async () => {
    const before = await dump(world().database, ['people', 'memberships', 'legacy_asks'])
    const { status, body } = await bring('ann,SN-9,W,S', ',SN-9,W,S', 'ann,---,W,S', 'ann,SN-9,,S', 'ann,SN-9,W', `ann,SN-9,W,${'x'.repeat(201)}`)
    assert.equal(status, 422)
    assert.deepEqual(body.errors.map(({ line, column, reason }) => `${line} ${column} ${reason}`), [
      '3 account is empty', '4 serial holds no letter and no digit', '5 workspace is empty', '6  has 3 fields, the first line has 4', '7 site is longer than 200 signs',
    ])
    assert.deepEqual(await dump(world().database, ['people', 'memberships', 'legacy_asks']), before)
  })

  test('of a file without rows, or with another header, says so', async () => {
    assert.deepEqual((await bring()).body, { imported: 0, unchanged: 0 })
    const { body } = await world().ask<Told>({ role: 'vendor' }, 'POST', '/v1/vendor/legacy/import', 'account,serial,workspace\nann,SN-1,W')
    assert.deepEqual(body.errors, [{ line: 1, column: 'site', reason: 'is missing' }])
  })

  test('takes many at once', async () => {
    const lines = Array.from({ length: 3_000 }, (_, index) => `p${index % 700},M-${index},W,S`)
    assert.deepEqual((await bring(...lines)).body, { imported: 3_000, unchanged: 0 })
    assert.deepEqual((await bring(...lines)).body, { imported: 0, unchanged: 3_000 })
  })
})
