import { z } from 'zod'
import { writeAudit } from '../db/audit.sql.ts'
import type { Trx } from '../db/database.ts'
import { Problem } from '../http/problem.ts'
import { change, created, ok, read, type Route } from '../http/route.ts'
import { Id, Locale, Text, TimeZone } from '../http/schemas.ts'
import { SESSION_SECONDS, signSession } from '../http/who.ts'
import { findPerson, meet, workspaceExists } from '../http/who.sql.ts'
import { recomputeCovers } from '../ledger/covers.sql.ts'
import { iso } from '../ledger/view.ts'
import { type BffPolicy, isReportOnly, whenDownOf } from '../policy.ts'
import { ROLES, STATUSES, WORKSPACE_ROLES } from '../rules/lists.ts'
import { allFeatures, type Policy, policyFor } from '../rules/policy.ts'
import { Card, Contact, Mail } from './contact.ts'
import { findWorkspace, saveWorkspace, type Workspace } from './workspaces.sql.ts'

const WorkspaceBody = z.strictObject({
  name: Text, timeZone: TimeZone, contact: Contact.optional(), notifyEmails: z.array(z.email().max(320)).max(50).optional(), mail: Mail.optional(),
})

const WorkspaceView = z.strictObject({
  id: z.string(), name: z.string(), timeZone: z.string(), contact: z.strictObject({ sales: Card, support: Card }), notifyEmails: z.array(z.string()),
  mail: Mail.nullable(),
}).meta({ id: 'Workspace' })

const SessionBody = z.strictObject({
  subject: z.string().min(1).max(255), workspace: Id, roles: z.array(z.enum(WORKSPACE_ROLES)).min(1).max(3),
  email: z.email().max(320).optional(), emailVerified: z.boolean().optional(), name: Text.optional(), locale: Locale.optional(),
})

/** Creates or changes a workspace; what is not said of an existing one stays. A new zone moves no instant (R1), but where
 * statuses change, so covers are computed again. */
export async function putWorkspace(
  trx: Trx, wanted: Pick<Workspace, 'id' | 'name' | 'timeZone'> & Partial<Workspace>, context: { by: string; now: number; policy: Policy },
): Promise<{ workspace: Workspace; created: boolean }> {
  const { by, now, policy } = context
  const before = await findWorkspace(trx, wanted.id)
  const workspace: Workspace = { ...(before ?? { contact: { sales: {}, support: {} }, notifyEmails: [], mail: null }), ...wanted }
  if (JSON.stringify(before) === JSON.stringify(workspace)) return { workspace, created: false }
  await saveWorkspace(trx, workspace, now)
  if (before !== null && before.timeZone !== workspace.timeZone) await recomputeCovers(trx, workspace.id, policy, now)
  await writeAudit(trx, now, {
    who: by, workspace: workspace.id, action: before === null ? 'workspace-created' : 'workspace-changed', target: `workspace:${workspace.id}`,
    before: before === null ? undefined : audited(before), after: audited(workspace),
  })
  return { workspace, created: before === null }
}

/** What the audit keeps of a workspace: no names and addresses of people. */
function audited({ name, timeZone, notifyEmails }: Workspace): object {
  return { name, timeZone, notifyEmails: notifyEmails.length }
}

const ModelDays = z.strictObject({ expiringWithinDays: z.int(), graceDays: z.int(), trialDays: z.int() })

const FeatureRule = z.strictObject({
  id: z.string(), openIn: z.array(z.enum(STATUSES)), whenDown: z.union([z.enum(['closed', 'open']), z.strictObject({ lastKnownHours: z.number() })]).optional(), reportOnly: z.boolean().optional(),
})

/** Every feature, and what the policy says of it beside the statuses that open it. */
function featureRules(policy: BffPolicy): z.output<typeof FeatureRule>[] {
  return allFeatures(policy).map(({ id, openIn }) => ({
    id, openIn: [...openIn], ...(whenDownOf(policy, id) === 'closed' ? {} : { whenDown: whenDownOf(policy, id) }), ...(isReportOnly(policy, id) ? { reportOnly: true } : {}),
  }))
}

/** The days of each device model that has any of its own. */
function modelDays(policy: Policy): Record<string, z.output<typeof ModelDays>> {
  return Object.fromEntries(Object.keys(policy.models).map((model) => {
    const { expiringWithinDays, graceDays, trialDays } = policyFor(policy, model)
    return [model, { expiringWithinDays, graceDays, trialDays }]
  }))
}

/** Who asks, in which workspace; workspaces and sessions for the host's server. */
export const workspaceRoutes: readonly Route[] = [
  read({
    method: 'get', path: '/v1/me', summary: 'Who is asking, in which workspace, with which roles', role: 'viewer',
    answer: z.strictObject({
      person: z.strictObject({ id: z.string(), name: z.string().optional(), email: z.string().optional() }).nullable(),
      workspace: z.strictObject({ id: z.string(), name: z.string(), timeZone: z.string() }),
      roles: z.array(z.enum(ROLES)),
      contact: z.strictObject({ sales: Card, support: Card }),
      links: z.strictObject({ device: z.string().nullable(), assets: z.string().nullable(), licenseTab: z.string().nullable() }),
      policy: z.strictObject({
        expiringWithinDays: z.int(), graceDays: z.int(), graceOpenUntil: z.string().nullable(), trialDays: z.int(), undoDays: z.int(),
        snoozeDays: z.int(), memberAddsDevices: z.boolean(), models: z.record(z.string(), ModelDays), features: z.array(FeatureRule),
      }),
    }).meta({ id: 'Me' }),
    read: async ({ who, workspace: id, policy }, db) => {
      const workspace = await findWorkspace(db, id)
      if (workspace === null) throw new Problem('workspace-unknown')
      const person = who.kind === 'person' ? await findPerson(db, who.id) : null
      const { expiringWithinDays, graceDays, graceOpenUntil, trialDays, undoDays, snoozeDays, memberAddsDevices } = policy
      return {
        person: person === null ? null : {
          id: person.id, ...(person.name === null ? {} : { name: person.name }), ...(person.email === null ? {} : { email: person.email }),
        },
        workspace: { id, name: workspace.name, timeZone: workspace.timeZone },
        roles: who.roles,
        contact: workspace.contact,
        links: policy.links,
        policy: {
          expiringWithinDays, graceDays, graceOpenUntil, trialDays, undoDays, snoozeDays, memberAddsDevices, models: modelDays(policy),
          features: featureRules(policy),
        },
      }
    },
  }),
  change({
    method: 'post', path: '/v1/host/sessions', summary: `A session token of ${SESSION_SECONDS / 60} minutes for a person of the portal`, role: 'host',
    body: SessionBody, idempotent: false, status: 201, answer: z.strictObject({ token: z.string(), expiresAt: z.iso.datetime() }),
    problems: ['workspace-unknown'],
    change: async ({ body, keyring, now, hooks }, trx) => {
      if (!(await workspaceExists(trx, body.workspace))) throw new Problem('workspace-unknown')
      const { subject, email = null, emailVerified = false, name = null, locale = null } = body
      const person = await meet(trx, { subject, email, emailVerified, name, locale }, { workspace: body.workspace, roles: body.roles, now, askLegacy: hooks.askLegacy })
      const { token, expiresAt } = await signSession(keyring, { person, workspace: body.workspace, roles: body.roles }, now)
      return created({ token, expiresAt: iso(expiresAt) })
    },
  }),
  change({
    method: 'put', path: '/v1/host/workspaces/{id}', summary: 'Create or change a workspace', role: 'host', body: WorkspaceBody, answer: WorkspaceView,
    change: async ({ params, body, who, now, policy }, trx) => {
      const id = Id.safeParse(params.id)
      if (!id.success) throw new Problem('invalid', undefined, { errors: [{ pointer: '/id', detail: 'an id has 1 to 64 signs without spaces' }] })
      const said = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined)) as typeof body
      const { contact, notifyEmails, mail } = said
      const result = await putWorkspace(trx, {
        id: id.data, name: said.name, timeZone: said.timeZone, ...(contact === undefined ? {} : { contact }),
        ...(notifyEmails === undefined ? {} : { notifyEmails }), ...(mail === undefined ? {} : { mail }),
      }, { by: who.id, now, policy })
      return result.created ? created(result.workspace) : ok(result.workspace)
    },
  }),
]
