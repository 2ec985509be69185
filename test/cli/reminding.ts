/** Databases in which reminders are due. */
import Sqlite from 'better-sqlite3'
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openKeyring } from '../../bff/cli/secret.ts'
import { readSettings } from '../../bff/cli/settings.ts'
import { createBff, migrate } from '../../bff/index.ts'
import { readCsv } from '../../bff/node/csv.ts'
import { openSqlite } from '../../bff/node/sqlite.ts'
import { formatDay } from '../../bff/rules/calendar.ts'
import { type Call, folder } from './program.ts'

/** A day (ms), and when these tests began. */
export const DAY_MS = 86_400_000
export const NOW = Date.now()
export const TODAY = Math.floor(NOW / DAY_MS)
/** When reminders were switched on in these databases. */
const PAST = NOW - 3 * DAY_MS

const POLICY = { mail: { name: 'Velthorn', url: 'https://portal.example', accent: '#aa3377' }, links: { assets: '/devices', licenseTab: '/devices/{deviceId}#license' } }

/** A folder with a database in which reminders were switched on three days ago, and in which since yesterday two licences end in about a week. */
export async function world(mailUrl?: string): Promise<Call> {
  const cwd = folder()
  const secret = randomBytes(32).toString('base64')
  writeFileSync(join(cwd, 'policy.json'), JSON.stringify(POLICY))
  const database = openSqlite(join(cwd, 'license.db'))
  await migrate(database.db)
  const keyring = await openKeyring(database, readSettings({}, { LICENSE_SECRET: secret }), PAST)
  const bff = createBff({ database, keyring, now: () => PAST, readCsv, authenticate: (request) => JSON.parse(request.headers.get('x-as') ?? '') as never })
  const ask = async (role: string, method: string, path: string, body: unknown): Promise<void> => {
    const type = typeof body === 'string' ? 'text/csv' : 'application/json'
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    const as = JSON.stringify({ subject: role, roles: [role], workspace: null })
    const response = await bff.fetch(new Request(`http://bff.test${path}`, { method, body: text, headers: { 'content-type': type, 'x-as': as } }))
    assert.ok(response.ok, await response.text())
  }
  await ask('host', 'PUT', '/v1/host/workspaces/acme', { name: 'Acme <b>', timeZone: 'UTC', notifyEmails: ['office@acme.example'] })
  for (const id of ['a', 'b', 'c']) await ask('host', 'PUT', `/v1/host/devices/${id}`, { workspace: 'acme', serial: `SN-${id}`, model: 'P', name: `Pump ${id}` })
  const grants = [['a', 6], ['b', 6], ['c', 200]] as const
  const lines = grants.map(([id, days]) => `acme,SN-${id},standard,2026-01-01,${formatDay(TODAY + days)},R-${id}`)
  await ask('vendor', 'POST', '/v1/vendor/grants/import', ['workspace,serial,kind,firstDay,lastDay,reference', ...lines, ''].join('\n'))
  await bff.reminders.run()
  await bff.close()
  await database.close()
  const mail = mailUrl === undefined ? {} : {
    LICENSE_SMTP_URL: mailUrl, LICENSE_MAIL_FROM: 'Velthorn <licenses@velthorn.example>', LICENSE_MAIL_REPLY_TO: 'help@velthorn.example', LICENSE_PUBLIC_URL: 'https://bff.example',
  }
  return { cwd, env: { LICENSE_SECRET: secret, LICENSE_POLICY: 'policy.json', ...mail } }
}

/** Everything that a database holds. */
export function contentOf({ cwd }: Call): Record<string, unknown[]> {
  const database = new Sqlite(join(cwd, 'license.db'), { readonly: true })
  const names = database.prepare(`select name from sqlite_master where type = 'table' order by name`).pluck().all() as string[]
  const content = Object.fromEntries(names.map((name) => [name, database.prepare(`select * from "${name}"`).all()]))
  database.close()
  return content
}
