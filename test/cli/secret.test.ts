import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { freshDatabase } from '../postgres.ts'
import { type Call, done, fails, folder, json, serve } from './program.ts'

const newSecret = (): string => randomBytes(32).toString('base64')
const WRONG = 'is not the secret of this database; give the one that it was made with (to rotate: LICENSE_SECRET=new,old)'

suite('the secret file', { concurrency: 4 }, () => {
  const made = async (): Promise<{ where: Call; file: string }> => {
    const where = { cwd: folder() }
    assert.equal(await done(['workspaces', 'list'], where), 'there are no workspaces yet')
    return { where, file: join(where.cwd, 'license.db.secret') }
  }

  test('is made at first use, for its owner alone, and stays', async () => {
    const { where, file } = await made()
    const text = readFileSync(file, 'utf8')
    assert.equal(statSync(file).mode & 0o777, 0o600)
    assert.equal(Buffer.from(text, 'base64').length, 32)
    await done(['workspaces', 'list'], where)
    assert.equal(readFileSync(file, 'utf8'), text)
  })

  test('is refused where others can read it', async () => {
    const { where, file } = await made()
    for (const mode of [0o640, 0o604, 0o622]) {
      chmodSync(file, mode)
      await fails(['serve'], where, 1, './license.db.secret can be read by others; run: chmod 600 ./license.db.secret')
    }
  })

  test('is refused where it holds no secret, or another one', async () => {
    const { where, file } = await made()
    for (const text of ['', 'c2hvcnQ=\n', 'not base64!']) {
      writeFileSync(file, text)
      await fails(['serve'], where, 1, './license.db.secret is not 32 bytes or more in base64, such as the output of: …; restore it from where secrets are kept')
    }
    writeFileSync(file, newSecret())
    await fails(['serve'], where, 1, `./license.db.secret ${WRONG}`)
  })

  test('is not made anew where it is missing', async () => {
    const { where, file } = await made()
    rmSync(file)
    await fails(['serve'], where, 1, 'the secret of this database is missing; restore ./license.db.secret, or set LICENSE_SECRET')
    assert.equal(existsSync(file), false)
  })

  test('is not made where LICENSE_SECRET is set, and not looked at', async () => {
    const where = { cwd: folder(), env: { LICENSE_SECRET: newSecret() } }
    await done(['workspaces', 'list'], where)
    assert.equal(existsSync(join(where.cwd, 'license.db.secret')), false)
    writeFileSync(join(where.cwd, 'license.db.secret'), 'nonsense', { mode: 0o666 })
    await done(['workspaces', 'list'], where)
    await fails(['workspaces', 'list'], { ...where, env: { LICENSE_SECRET: newSecret() } }, 1, `LICENSE_SECRET ${WRONG}`)
  })
})

suite('secrets', { concurrency: 4 }, () => {
  test('are required with PostgreSQL, but for migrations', async () => {
    const where = { cwd: folder(), env: { LICENSE_DB: await freshDatabase() } }
    assert.match(await done(['migrate'], where), /^127\.0\.0\.1:\d+\/test_[0-9a-f]+: ran 0001-start/)
    for (const command of ['serve', 'workspaces list']) {
      await fails(command.split(' '), where, 1, 'PostgreSQL needs LICENSE_SECRET, 32 bytes or more in base64, such as the output of: openssl rand -base64 32')
    }
  })

  test('rotate: keys and codes of the old one stay known while it is given', async () => {
    const [old, next] = [newSecret(), newSecret()]
    const by = (secret: string): Call => ({ cwd, env: { LICENSE_SECRET: secret } })
    const cwd = folder()
    await done(['workspaces', 'create', 'acme', '--zone', 'UTC'], by(old))
    const key = await done(['keys', 'create', '--role', 'member', '--workspace', 'acme'], by(old))
    await fails(['serve'], by(next), 1, `LICENSE_SECRET ${WRONG}`)
    const server = await serve(by(`${next},${old}`))
    assert.equal((await server.ask(key, 'GET', '/v1/me')).status, 200)
    const newKey = await done(['keys', 'create', '--role', 'member', '--workspace', 'acme'], by(`${next},${old}`))
    assert.equal((await server.ask(newKey, 'GET', '/v1/me')).status, 200)
    await server.stop()
    const alone = await serve(by(next))
    assert.deepEqual([(await alone.ask(key, 'GET', '/v1/me')).status, (await alone.ask(newKey, 'GET', '/v1/me')).status], [401, 200])
    await alone.stop()
  })

  test('that keys were made with are not shown anywhere, and keys can be revoked', async () => {
    const where = { cwd: folder() }
    await done(['workspaces', 'create', 'acme', '--zone', 'UTC'], where)
    const { id, key } = await json<{ id: string; key: string }>(['keys', 'create', '--role', 'viewer', '--workspace', 'acme', '--name', 'screen'], where)
    const server = await serve(where)
    assert.equal((await server.ask(key, 'GET', '/v1/me')).status, 200)
    assert.deepEqual(await json(['keys', 'revoke', id], where), { id, revoked: true })
    assert.equal((await server.ask(key, 'GET', '/v1/me')).status, 401)
    await server.stop()
    assert.equal(await done(['keys', 'revoke', id], where), `${id} was revoked before`)
    await fails(['keys', 'revoke', 'other'], where, 1, 'there is no key other; keys list shows their ids')
    await fails(['keys', 'create', '--role', 'viewer', '--workspace', 'nobody'], where, 1, 'there is no workspace nobody; create it first')
    const list = await done(['keys', 'list', '--json'], where)
    assert.ok(!list.includes(key) && list.includes('"name":"screen"'), list)
    assert.deepEqual(await json(['keys', 'list', '--role', 'host'], where), { items: [] })
    assert.ok(!readFileSync(join(where.cwd, 'license.db')).includes(key))
  })
})
