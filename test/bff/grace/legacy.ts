import assert from 'node:assert/strict'
import type { Desk } from '../vouchers/desk.ts'

/** What `GET /v1/summary` answers. */
export interface Summary {
  total: number
  byStatus: Record<string, number>
  alerts: { expired: number; expiring: number; grace: number }
  grace: { eligible: number; byReason: Record<string, number> }
  snoozedUntil: { expired: string | null; expiring: string | null; grace: string | null }
}

/** Imports legacy records of a desk's devices: account, device, and the legacy platform's workspace and site. */
export async function bringLegacy(desk: Desk, ...records: readonly [account: string, device: string, workspace: string, site: string][]): Promise<void> {
  const lines = records.map(([account, device, workspace, site]) => [account, `SN-${desk.workspace}-${device}`, workspace, site].join(','))
  const { status } = await desk.world.ask({ role: 'vendor' }, 'POST', '/v1/vendor/legacy/import', ['account,serial,workspace,site', ...lines].join('\n'))
  assert.equal(status, 200)
}
