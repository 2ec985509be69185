import type { Kind, Source, WorkspaceRole } from '../rules/lists.ts'

/** A flag as all three engines store it. */
export type Flag = 0 | 1

/** Key and value pairs about the database itself: the policy its covers were computed with. */
export interface MetaTable {
  key: string
  value: string
}

/** Secrets that keyed the hashes of this database, by their check value; never the secret itself. */
export interface SecretsTable {
  id: string
  created_at: number
}

export interface WorkspacesTable {
  id: string
  name: string
  time_zone: string
  /** JSON `{ sales, support }`. */
  contact: string
  /** JSON list of addresses. */
  notify_emails: string
  /** JSON `{ from, replyTo }`. */
  mail: string | null
  created_at: number
  updated_at: number
}

/** The one table with names and e-mails; everything else holds `people.id`. */
export interface PeopleTable {
  id: string
  subject: string
  /** `normalAccount(subject)`. */
  subject_key: string | null
  name: string | null
  email: string | null
  email_verified: Flag
  /** `normalAccount(email)` of a verified address. */
  email_key: string | null
  locale: string | null
  created_at: number
  seen_at: number
}

export interface ApiKeysTable {
  id: string
  hash: string
  secret_id: string
  role: string
  workspace_id: string | null
  name: string | null
  created_at: number
  revoked_at: number | null
}

/** What is kept per serial number, platform-wide: where it was first seen, and its one trial and grace (R21, R24). */
export interface SerialsTable {
  serial_key: string
  workspace_id: string
  device_id: string
  seen_at: number
  trial_used_at: number | null
  grace_used_at: number | null
}

export interface DevicesTable {
  workspace_id: string
  id: string
  serial: string
  /** `normalSerial(serial)`. */
  serial_key: string
  model: string
  name: string
  /** Name in lower case and NFKC: what lists are sorted by. */
  name_key: string
  /** Name, serial and id in lower case: what `q` searches. */
  search_key: string
  site_id: string | null
  renewal_planned: Flag
  /** Counts changes of the ledger; updated first, as the row's lock. */
  revision: number
  created_at: number
  updated_at: number
  removed_at: number | null
}

export interface GrantsTable {
  id: string
  workspace_id: string
  device_id: string
  /** Order of appending within the device. */
  seq: number
  kind: Kind
  from_at: number
  to_at: number
  days: number
  at: number
  by: string
  source: Source
  voucher_id: string | null
  last4: string | null
  reference: string | null
  undone_at: number | null
  undone_by: string | null
}

/** `CoverRow` of the rules, so that SQL only compares with now. */
export interface CoversTable {
  workspace_id: string
  device_id: string
  starts_at: number
  expiring_from: number
  grace_from: number | null
  expires_at: number
  kind: Kind
}

export interface VouchersTable {
  id: string
  hash: string
  secret_id: string
  last4: string
  days: number
  max_devices: number
  /** JSON list, null = any. */
  models: string | null
  workspace_id: string | null
  not_before: number | null
  redeem_by: number | null
  batch: string
  reference: string | null
  note: string | null
  created_at: number
  created_by: string
  revoked_at: number | null
  used: number
  freed: number
  reuse_until: number | null
  undone: number
}

/** Look-ups of codes that were refused or are under way (R19). */
export interface AttemptsTable {
  id: string
  caller: string
  workspace_id: string
  at: number
  refused: Flag
}

/** One row per caller and workspace, updated first, so that attempts of both are counted one after another. */
export interface AttemptScopesTable {
  scope: string
  taken: number
}

export interface IdempotencyTable {
  caller: string
  route: string
  key: string
  body_hash: string
  status: number
  /** JSON of the answer; of a secret that is shown once, its ids only. */
  answer: string
  at: number
}

export interface AuditTable {
  id: string
  at: number
  who: string
  workspace_id: string | null
  action: string
  target: string
  before: string | null
  after: string | null
}

/** One pairing of the legacy platform's records (R23); workspace and site are that platform's names. */
export interface LegacyTable {
  serial_key: string
  /** `normalAccount` of a subject or an e-mail address. */
  account: string
  workspace: string
  site: string
}

/** Who was seen in which workspace. */
export interface MembershipsTable {
  workspace_id: string
  person_id: string
  since: number
  /** The highest role at the last visit; null = not known yet, as of those who came before this was kept. */
  role: WorkspaceRole | null
  seen_at: number | null
}

/** Legacy accounts that belong to somebody in a workspace; remembered for good (R23). */
export interface RecognisedTable {
  workspace_id: string
  account: string
  at: number
}

/** People whose records a remote legacy platform has still to be asked for, and when. */
export interface LegacyAsksTable {
  person_id: string
  next_at: number
  tries: number
}

/** Per workspace: the number of its latest change and its instant. Updated last in a transaction, so that numbers are in the
 * order of commits. */
export interface FeedsTable {
  workspace_id: string
  seq: number
  at: number
}

/** Devices that a change of that number touched; an empty id stands for all of them. */
export interface ChangesTable {
  workspace_id: string
  seq: number
  device_id: string
}

/** Warnings that a person wants to be spared for a while (R29). */
export interface SnoozesTable {
  workspace_id: string
  /** Of a person or a key. */
  person_id: string
  kind: 'expired' | 'expiring' | 'grace'
  at: number
  until: number
  /** Devices that the warning counted. */
  count: number
}

/** The local date up to which every rung of a workspace is decided (R28), in days since 1970-01-01. */
export interface ReminderMarksTable {
  workspace_id: string
  through_day: number
}

/** A rung of the ladder that was reached, decided once for each end of a licence (R27, R28). */
export interface RemindersTable {
  workspace_id: string
  id: string
  device_id: string
  /** The end of the licence that it speaks of. */
  expires_at: number
  /** Days that remained; -1 = the day after the last. */
  rung: number
  /** The local date that it was decided for, in days since 1970-01-01. */
  day: number
  decided_at: number
}

/** Up to which reminder somebody has read all. */
export interface NotificationMarksTable {
  workspace_id: string
  /** Of a person or a key. */
  person_id: string
  read_through: string
}

/** Reminders after the mark that somebody has read. */
export interface NotificationReadsTable {
  workspace_id: string
  person_id: string
  reminder_id: string
}

/** Whom digests of a workspace go to: `person:ID`, or `address:HASH` of one of its `notify_emails`. */
export interface RecipientsTable {
  id: string
  workspace_id: string
  recipient: string
  opted_out_at: number | null
  created_at: number
}

/** Addresses that mail cannot reach, by their keyed hash, and the code that said so. */
export interface BouncesTable {
  address_hash: string
  at: number
  code: string
}

/** What has to be sent, by whom it waits for: `claimed_until` is in the future while a server is at it. */
interface Outgoing {
  created_at: number
  next_at: number
  tries: number
  claimed_until: number
  ended_at: number | null
  outcome: string | null
}

/** Mail of a day to one recipient, about the reminders of the days after `after_day` up to `day`. */
export interface DigestsTable extends Outgoing {
  id: string
  workspace_id: string
  recipient_id: string
  day: number
  after_day: number
}

/** Where events are sent to. The secret is derived, and stands nowhere. */
export interface WebhooksTable {
  id: string
  /** Null = of the seller: events of every workspace. */
  workspace_id: string | null
  url: string
  /** JSON list of types. */
  events: string
  /** The secret of ours that its own is derived from. */
  secret_id: string
  /** Counts rotations. */
  generation: number
  rotated_at: number | null
  created_at: number
  created_by: string
  disabled_at: number | null
  disabled_why: string | null
  removed_at: number | null
}

/** Something that happened, as webhooks tell it; ids of people and devices only. */
export interface WebhookEventsTable {
  id: string
  type: string
  workspace_id: string
  device_id: string | null
  at: number
  /** JSON. */
  payload: string
  /** What can happen once only has a name of its own. */
  once: string | null
}

/** An event on its way to one address. */
export interface WebhookDeliveriesTable extends Outgoing {
  webhook_id: string
  id: string
  event_id: string
  /** The HTTP status of the last answer. */
  status: number | null
  /** What went wrong last. */
  detail: string | null
}

/** Secret addresses of calendars, by their keyed hash. */
export interface CalendarLinksTable {
  id: string
  workspace_id: string
  /** Null = every device of the workspace. */
  device_id: string | null
  hash: string
  secret_id: string
  created_at: number
  created_by: string
  revoked_at: number | null
}

/** Every table, column by column, as the migrations make them. Instants are ms since 1970 UTC. */
export interface Tables {
  meta: MetaTable
  secrets: SecretsTable
  workspaces: WorkspacesTable
  people: PeopleTable
  api_keys: ApiKeysTable
  serials: SerialsTable
  devices: DevicesTable
  grants: GrantsTable
  covers: CoversTable
  vouchers: VouchersTable
  attempts: AttemptsTable
  attempt_scopes: AttemptScopesTable
  idempotency: IdempotencyTable
  audit: AuditTable
  legacy: LegacyTable
  memberships: MembershipsTable
  recognised: RecognisedTable
  legacy_asks: LegacyAsksTable
  feeds: FeedsTable
  changes: ChangesTable
  snoozes: SnoozesTable
  reminder_marks: ReminderMarksTable
  reminders: RemindersTable
  notification_marks: NotificationMarksTable
  notification_reads: NotificationReadsTable
  recipients: RecipientsTable
  bounces: BouncesTable
  digests: DigestsTable
  webhooks: WebhooksTable
  webhook_events: WebhookEventsTable
  webhook_deliveries: WebhookDeliveriesTable
  calendar_links: CalendarLinksTable
}
