import type initSqlJs from 'sql.js'
import { createBff, Keyring, migrate, openSqlJs } from '../../bff/index.ts'

declare global {
  interface Window {
    initSqlJs: typeof initSqlJs
  }
}

// The whole BFF in a browser tab, over SQLite in WebAssembly: what stories and element tests stand on.
describe('the BFF in a browser tab', () => {
  it('migrates, issues a voucher and makes a licence active', async () => {
    const { Database } = await window.initSqlJs({ locateFile: (file) => `/node_modules/sql.js/dist/${file}` })
    const database = openSqlJs(new Database())
    await migrate(database.db)
    const bff = createBff({
      database,
      keyring: new Keyring([crypto.getRandomValues(new Uint8Array(32))]),
      now: () => Date.parse('2026-11-21T09:30:00.000Z'),
      authenticate: () => ({ subject: 'jane', workspace: workspaces > 0 ? 'acme' : null, roles: ['admin', 'vendor', 'host'] }),
    })
    let workspaces = 0
    const ask = async (method: string, path: string, body: object): Promise<Record<string, unknown>> => {
      const response = await bff(new Request(`https://bff.example${path}`, {
        method, body: JSON.stringify(body), headers: { 'content-type': 'application/json' },
      }))
      if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`)
      return await response.json() as Record<string, unknown>
    }
    await ask('PUT', '/v1/host/workspaces/acme', { name: 'Acme', timeZone: 'Europe/Berlin' })
    workspaces = 1
    await ask('PUT', '/v1/host/devices/pump', { workspace: 'acme', serial: 'SN-1', model: 'P100', name: 'Pump' })
    const issued = await ask('POST', '/v1/vendor/vouchers', { count: 1, days: 365 }) as { items: { code: string }[] }
    const redeemed = await ask('POST', '/v1/devices/pump/voucher', { code: issued.items[0]?.code })
    const { status, lastDay } = redeemed['license'] as Record<string, unknown>
    if (redeemed['outcome'] !== 'activated' || status !== 'active' || lastDay !== '2027-11-21') {
      throw new Error(`not active to 21 November 2027: ${JSON.stringify(redeemed)}`)
    }
  })
})
