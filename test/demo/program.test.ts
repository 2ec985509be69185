import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, suite, test } from 'node:test'
import { build } from '../../build.ts'

const main = join(import.meta.dirname, '../../bff/cli/main.ts')
const folder = mkdtempSync(join(tmpdir(), 'license-demo-test-'))

interface Run {
  child: ChildProcess
  /** What it has written when the first line that matches is complete. */
  until: (line: RegExp) => Promise<string>
  ended: Promise<{ code: number | null; out: string; err: string }>
}

suite('license-bff demo', () => {
  before(() => build())
  after(() => { rmSync(folder, { recursive: true }) })

  /** Starts the program with a folder of its own for temporary files. */
  function run(name: string, ...args: string[]): Run & { temporary: () => string[] } {
    const own = join(folder, name)
    mkdirSync(own)
    const child = spawn(process.execPath, [main, 'demo', '--port', '0', ...args], { env: { ...process.env, TMPDIR: own }, stdio: ['ignore', 'pipe', 'pipe'] })
    let out = ''
    let err = ''
    child.stdout.on('data', (data: Buffer) => { out += data.toString() })
    child.stderr.on('data', (data: Buffer) => { err += data.toString() })
    const ended = new Promise<{ code: number | null; out: string; err: string }>((resolve) => { child.once('close', (code) => { resolve({ code, out, err }) }) })
    const until = (line: RegExp): Promise<string> => new Promise((resolve, reject) => {
      const look = (): void => { if (line.test(out)) resolve(out) }
      child.stdout.on('data', look)
      void ended.then(() => { reject(new Error(`ended: ${out}${err}`)) })
      look()
    })
    return { child, until, ended, temporary: () => readdirSync(own) }
  }

  test('prints its address, five codes, its mailbox and how to go on; ends with 0 and leaves nothing behind', async () => {
    const demo = run('people')
    const out = await demo.until(/addDays.*\n/)
    const [first = '', second, ...lines] = out.trim().split('\n')
    const url = /http:\/\/127\.0\.0\.1:\d+$/.exec(first)?.[0] ?? ''
    assert.match(second ?? '', /365 days/)
    assert.equal(lines.slice(0, 5).filter((line) => /^ {2}(?:[2-9A-Z]{4}-?){5}$/.test(line)).length, 5)
    assert.match(lines[5] ?? '', /\/demo\/mailbox$/)
    assert.match(lines[6] ?? '', /Ctrl\+C/)
    assert.match(lines[7] ?? '', /\/demo\/clock/)
    assert.equal(lines.length, 8)
    assert.equal((await fetch(url)).status, 200)
    assert.equal(demo.temporary().length, 1)
    demo.child.kill('SIGINT')
    assert.deepEqual(await demo.ended, { code: 0, out, err: '' })
    assert.deepEqual(demo.temporary(), [])
  })

  test('prints one line of JSON, and ends at SIGTERM as well', async () => {
    const demo = run('json', '--json')
    const { url, codes } = JSON.parse(await demo.until(/\n/)) as { url: string; codes: string[] }
    assert.equal(codes.length, 5)
    const { body } = await fetch(`${url}/v1/me`).then(async (response) => ({ body: await response.json() as { workspace: { id: string } } }))
    assert.equal(body.workspace.id, 'demo')
    demo.child.kill('SIGTERM')
    assert.equal((await demo.ended).code, 0)
    assert.deepEqual(demo.temporary(), [])
  })

  test('says in one line that its port is taken', async () => {
    const taken = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => { taken.once('listening', resolve) })
    const address = taken.address()
    const port = typeof address === 'object' && address !== null ? String(address.port) : ''
    const demo = run('taken', '--port', port)
    const { code, out, err } = await demo.ended
    taken.close()
    assert.deepEqual([code, out, err.trim().split('\n').length], [1, '', 1])
    assert.match(err, new RegExp(`port ${port} .*in use`))
    assert.deepEqual(demo.temporary(), [])
  })

  test('fills a database that is given once, and keeps it', async () => {
    const db = `sqlite:${join(folder, 'kept.db')}`
    for (const round of ['first', 'second']) {
      const demo = run(round, '--json', '--db', db)
      const { url, codes } = JSON.parse(await demo.until(/\n/)) as { url: string; codes: string[] }
      const { total } = await fetch(`${url}/v1/summary`).then(async (response) => await response.json() as { total: number })
      assert.deepEqual([total, codes.length], [20, 5])
      if (round === 'first') await fetch(`${url}/v1/devices/hp-north`, { method: 'DELETE' }).then(() => fetch(`${url}/v1/devices`, {
        method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ serial: 'NEW-1', model: 'HP-8', name: 'New' }),
      }))
      else assert.equal((await fetch(`${url}/v1/devices/hp-north`)).status, 404)
      demo.child.kill('SIGTERM')
      assert.equal((await demo.ended).code, 0)
      assert.deepEqual(demo.temporary(), [])
    }
    assert.deepEqual(readdirSync(folder).filter((name) => name.startsWith('kept.db')).sort(), ['kept.db', 'kept.db.secret'])
  })
})
