import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { type Message, policyOf } from '../../../bff/index.ts'
import { type Preview, previewOf } from '../../../bff/reminders/preview.ts'
import { onEveryEngine, START } from '../engines.ts'

const DAY_MS = 86_400_000
const POLICY = { mail: { url: 'https://portal.example', name: 'Velthorn' }, links: { assets: '/', licenseTab: '/devices/{deviceId}#license' } }
const IDS = Array.from({ length: 25 }, (_, index) => `d${index}`)

onEveryEngine('a preview of mail', (world) => {
  const sent: Message[] = []
  const preview = async (): Promise<Preview> => {
    const [plan] = await world().bff.reminders.plan()
    return previewOf(world().database.db, { workspace: 'acme', due: plan?.due ?? [], now: world().now, locale: null, policy: policyOf(POLICY) })
  }

  before(async () => {
    world().bff = world().make(POLICY, {
      mail: { send: async (message) => { sent.push(message); return Promise.resolve({ refused: null }) }, from: 'licenses@velthorn.example', replyTo: 'help@velthorn.example' },
      publicUrl: 'https://bff.example',
    })
    await world().setUp('acme', 'Europe/Berlin', IDS)
    await world().ask({ role: 'host' }, 'PUT', '/v1/host/workspaces/acme', { name: 'Acme', timeZone: 'Europe/Berlin', notifyEmails: ['office@acme.example'] })
    const lines = IDS.map((id, index) => `acme,SN-acme-${id},standard,2026-01-01,${index < 3 ? '2026-12-22' : '2026-11-29'},R-${id}`)
    await world().ask({ role: 'vendor' }, 'POST', '/v1/vendor/grants/import', ['workspace,serial,kind,firstDay,lastDay,reference', ...lines, ''].join('\n'))
  })

  test('can be of a day to come, also where reminders never ran', async () => {
    const plans = await world().bff.reminders.plan({ at: START + DAY_MS })
    assert.deepEqual(plans.map(({ workspace, due }) => [workspace, due.length]), [['acme', 25]])
    assert.deepEqual(await world().bff.reminders.plan({ at: START - DAY_MS }), [])
  })

  test('shows what ends soonest where nothing is due', async () => {
    await world().bff.reminders.run()
    const { shown, subject } = await preview()
    assert.deepEqual([shown, subject], ['soonest', '5 licenses expire soon – Acme'])
  })

  test('shows what is sent then, but for the link that stops it, and the same when it was sent', async () => {
    world().now = START + DAY_MS
    const due = await preview()
    await world().bff.reminders.run()
    const decided = await preview()
    const [mail] = sent
    const stop = /https:\/\/bff\.example\/v1\/unsubscribe\/[\w.-]+/
    assert.match(mail?.html ?? '', stop)
    const expected = { devices: 25, subject: '22 licenses expire within 7 days, 3 expire soon – Acme', html: mail?.html.replace(stop, 'https://unsubscribe.invalid/preview'), text: mail?.text.replace(stop, 'https://unsubscribe.invalid/preview'), sender: null }
    assert.deepEqual([due, decided, mail?.subject], [{ shown: 'due', ...expected }, { shown: 'decided', ...expected }, expected.subject])
  })

  test('refuses a workspace that is none', () => assert.rejects(previewOf(world().database.db, { workspace: 'nobody', due: [], now: START, locale: null, policy: policyOf(POLICY) }), RangeError))
})
