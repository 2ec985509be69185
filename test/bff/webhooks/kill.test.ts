import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { Keyring, migrate } from '../../../bff/index.ts'
import { openPostgres, openSqlite } from '../../../bff/node/index.ts'
import { freshDatabase } from '../../postgres.ts'
import { until } from '../../until.ts'
import { World } from '../engines.ts'
import { Desk } from '../vouchers/desk.ts'
import { logOf, LOOPBACK, makeWebhook, Receiver, verified } from './receiver.ts'

const folder = mkdtempSync(join(tmpdir(), 'license-test-'))
after(() => { rmSync(folder, { recursive: true }) })

const ADDRESSES = { sqlite: async () => join(folder, 'license.db'), postgres: freshDatabase }

for (const [engine, addressOf] of Object.entries(ADDRESSES)) {
  test(`a server that dies between sending and noting it repeats once, with the same id, on ${engine}`, async () => {
    const address = await addressOf()
    const database = engine === 'postgres' ? openPostgres(address) : openSqlite(address)
    await migrate(database.db)
    const secret = randomBytes(32)
    const receiver = await Receiver.open()
    const world = new World(database, {}, { keyring: new Keyring([secret]), postWebhook: LOOPBACK })
    const desk = await Desk.open(world)
    const made = await makeWebhook(world, desk.admin, receiver.url('/in'), ['voucher.redeemed'])
    await desk.redeem(await desk.code())
    receiver.answers.set('/in', () => {})

    const child = spawn(process.execPath, [join(import.meta.dirname, 'sending.child.ts'), JSON.stringify({ address, secret: secret.toString('base64') })], { stdio: 'inherit' })
    await until(() => receiver.got.length === 1, 20_000)
    child.kill('SIGKILL')
    await once(child, 'exit')
    receiver.answers.delete('/in')
    world.now = Date.now()
    await world.bff.webhooks.run()
    assert.equal(receiver.got.length, 1, 'its claim was not waited for')
    world.now = Date.now() + 61_000
    for (let round = 0; round < 2; round += 1) await world.bff.webhooks.run()
    assert.deepEqual(receiver.got.map((got) => verified(made.secret, got).type), ['voucher.redeemed', 'voucher.redeemed'])
    assert.equal(new Set(receiver.got.map(({ headers }) => headers['webhook-id'])).size, 1)
    assert.deepEqual((await logOf(world, desk.admin, made.id)).map(({ outcome, tries }) => [outcome, tries]), [['delivered', 2]])
    receiver.close()
    await world.bff.close()
    await database.close()
  })
}
