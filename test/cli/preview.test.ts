import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import { done, fails, folder, json } from './program.ts'
import { contentOf, DAY_MS, NOW, world } from './reminding.ts'

interface Previewed { workspace: string | null; shown: string; devices: number; subject: string; from: string | null; replyTo: string | null; files: string[] }

suite('reminders preview', { concurrency: 3 }, () => {
  test('writes the mail of the only workspace as it would be sent, and changes nothing in the database', async () => {
    const where = await world('smtp://127.0.0.1:9')
    const content = contentOf(where)
    const told = await json<Previewed>(['reminders', 'preview'], where)
    assert.deepEqual(told, {
      workspace: 'acme', shown: 'due', devices: 2, subject: '2 licenses expire within 7 days – Acme <b>', from: 'Velthorn <licenses@velthorn.example>', replyTo: 'help@velthorn.example', files: ['preview.html', 'preview.txt'],
    })
    const [html = '', text = ''] = told.files.map((name) => readFileSync(join(where.cwd, name), 'utf8'))
    assert.match(html, /^<!doctype html>[^]*#aa3377[^]*Acme &lt;b&gt;[^]*href="https:\/\/portal\.example\/devices\/a#license"[^]*href="https:\/\/unsubscribe\.invalid\/preview"/)
    assert.match(text, /^2 licenses need your attention\n[^]*Pump b \(SN-b\)/)
    assert.deepEqual(contentOf(where), content)
  })

  test('writes what was decided today, what ends soonest, or made-up devices, and says which', async () => {
    const where = await world()
    const shown = async (name: string, ...flags: string[]): Promise<string[]> => {
      const { shown: what, devices, subject } = await json<Previewed>(['reminders', 'preview', '--out', name, ...flags], where)
      return [what, String(devices), subject.replace(/ – .*/, '')]
    }
    await done(['reminders', 'run'], where)
    assert.deepEqual(await shown('decided', '--locale', 'de'), ['decided', '2', '2 Lizenzen laufen in den nächsten 7 Tagen ab'])
    assert.deepEqual(await shown('soonest', '--at', new Date(NOW - 2.9 * DAY_MS).toISOString()), ['soonest', '3', '3 licenses expire soon'])
    assert.deepEqual(await shown('sample', '--at', '2025-06-01T12:00:00+02:00'), ['sample', '4', '1 license has expired, 1 expires today, 1 expires within 7 days, 1 expires soon'])
    assert.match(await done(['reminders', 'preview', '--locale', 'de'], { cwd: folder() }), /^preview\.html and preview\.txt: nothing is due, so it shows made-up devices\nFrom: nobody yet, [^]*\nSubject: 1 Lizenz ist abgelaufen, [^\n]* – Beispielbereich$/)
  })

  test('overwrites nothing, and leaves no half of a pair', async () => {
    const where = await world()
    writeFileSync(join(where.cwd, 'mine.txt'), 'mine')
    mkdirSync(join(where.cwd, 'out'))
    await fails(['reminders', 'preview', '--out', 'mine'], where, 1, 'mine.txt exists already; name a new file')
    assert.deepEqual([readFileSync(join(where.cwd, 'mine.txt'), 'utf8'), existsSync(join(where.cwd, 'mine.html'))], ['mine', false])
    await fails(['reminders', 'preview', '--out', 'no/mail'], where, 1, 'no/mail.html cannot be made (ENOENT…)')
    await fails(['reminders', 'preview', '--workspace', 'nobody'], where, 1, 'there is no workspace nobody; workspaces list shows those there are')
    await done(['reminders', 'preview', '--out', 'out'], where)
    assert.deepEqual(readdirSync(join(where.cwd, 'out')), ['preview.html', 'preview.txt'])
    await done(['workspaces', 'create', 'other', '--zone', 'UTC'], where)
    await fails(['reminders', 'preview', '--out', 'new'], where, 2, 'there are 2 workspaces; say which by --workspace')
  })
})
