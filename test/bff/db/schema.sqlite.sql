CREATE TABLE "api_keys" (
  "id" text not null primary key,
  "hash" text not null unique,
  "secret_id" text not null,
  "role" text not null,
  "workspace_id" text references "workspaces" ("id"),
  "name" text,
  "created_at" integer not null,
  "revoked_at" integer
) strict, without rowid;

CREATE TABLE "attempt_scopes" (
  "scope" text not null primary key,
  "taken" integer not null
) strict, without rowid;

CREATE TABLE "attempts" (
  "id" text not null primary key,
  "caller" text not null,
  "workspace_id" text not null,
  "at" integer not null,
  "refused" integer not null
) strict, without rowid;

CREATE TABLE "audit" (
  "id" text not null primary key,
  "at" integer not null,
  "who" text not null,
  "workspace_id" text,
  "action" text not null,
  "target" text not null,
  "before" text,
  "after" text
) strict, without rowid;

CREATE TABLE "bounces" (
  "address_hash" text not null,
  "at" integer not null,
  "code" text not null,
  constraint "bounces_pk" primary key ("address_hash")
) strict, without rowid;

CREATE TABLE "calendar_links" (
  "id" text not null,
  "workspace_id" text not null,
  "device_id" text,
  "hash" text not null unique,
  "secret_id" text not null,
  "created_at" integer not null,
  "created_by" text not null,
  "revoked_at" integer,
  constraint "calendar_links_pk" primary key ("id")
) strict, without rowid;

CREATE TABLE "changes" (
  "workspace_id" text not null,
  "seq" integer not null,
  "device_id" text not null,
  constraint "changes_pk" primary key ("workspace_id", "seq", "device_id")
) strict, without rowid;

CREATE TABLE "covers" (
  "workspace_id" text not null,
  "device_id" text not null,
  "starts_at" integer not null,
  "expiring_from" integer not null,
  "grace_from" integer,
  "expires_at" integer not null,
  "kind" text not null,
  constraint "covers_device" foreign key ("workspace_id", "device_id") references "devices" ("workspace_id", "id"),
  constraint "covers_pk" primary key ("workspace_id", "device_id", "starts_at")
) strict, without rowid;

CREATE TABLE "devices" (
  "workspace_id" text not null references "workspaces" ("id"),
  "id" text not null,
  "serial" text not null,
  "serial_key" text not null references "serials" ("serial_key"),
  "model" text not null,
  "name" text not null,
  "name_key" text not null,
  "search_key" text not null,
  "site_id" text,
  "renewal_planned" integer default 1 not null,
  "revision" integer default 0 not null,
  "created_at" integer not null,
  "updated_at" integer not null,
  "removed_at" integer,
  constraint "devices_pk" primary key ("workspace_id", "id"),
  constraint "devices_serial" unique ("workspace_id", "serial_key")
) strict, without rowid;

CREATE TABLE "digests" (
  "id" text not null,
  "workspace_id" text not null,
  "recipient_id" text not null,
  "day" integer not null,
  "after_day" integer not null,
  "created_at" integer not null,
  "next_at" integer not null,
  "tries" integer default 0 not null,
  "claimed_until" integer default 0 not null,
  "ended_at" integer,
  "outcome" text,
  constraint "digests_pk" primary key ("id"),
  constraint "digests_once" unique ("workspace_id", "recipient_id", "day")
) strict, without rowid;

CREATE TABLE "feeds" (
  "workspace_id" text not null,
  "seq" integer not null,
  "at" integer not null,
  constraint "feeds_pk" primary key ("workspace_id")
) strict, without rowid;

CREATE TABLE "grants" (
  "workspace_id" text not null,
  "device_id" text not null,
  "seq" integer not null,
  "id" text not null unique,
  "kind" text not null,
  "from_at" integer not null,
  "to_at" integer not null,
  "days" integer not null,
  "at" integer not null,
  "by" text not null,
  "source" text not null,
  "voucher_id" text references "vouchers" ("id"),
  "last4" text,
  "reference" text,
  "undone_at" integer,
  "undone_by" text,
  constraint "grants_device" foreign key ("workspace_id", "device_id") references "devices" ("workspace_id", "id"),
  constraint "grants_pk" primary key ("workspace_id", "device_id", "seq"),
  constraint "grants_interval" check (from_at < to_at)
) strict, without rowid;

CREATE TABLE "idempotency" (
  "caller" text not null,
  "route" text not null,
  "key" text not null,
  "body_hash" text not null,
  "status" integer not null,
  "answer" text not null,
  "at" integer not null,
  constraint "idempotency_pk" primary key ("caller", "route", "key")
) strict, without rowid;

CREATE TABLE "kysely_migration" (
  "name" varchar(255) not null primary key,
  "timestamp" varchar(255) not null);

CREATE TABLE "kysely_migration_lock" (
  "id" varchar(255) not null primary key,
  "is_locked" integer default 0 not null);

CREATE TABLE "legacy" (
  "serial_key" text not null,
  "account" text not null,
  "workspace" text not null,
  "site" text not null,
  constraint "legacy_pk" primary key ("serial_key", "account", "workspace", "site")
) strict, without rowid;

CREATE TABLE "legacy_asks" (
  "person_id" text not null,
  "next_at" integer not null,
  "tries" integer not null,
  constraint "legacy_asks_pk" primary key ("person_id")
) strict, without rowid;

CREATE TABLE "memberships" (
  "workspace_id" text not null,
  "person_id" text not null,
  "since" integer not null,
  "role" text,
  "seen_at" integer,
  constraint "memberships_pk" primary key ("workspace_id", "person_id")
) strict, without rowid;

CREATE TABLE "meta" (
  "key" text not null primary key,
  "value" text not null
) strict, without rowid;

CREATE TABLE "notification_marks" (
  "workspace_id" text not null,
  "person_id" text not null,
  "read_through" text not null,
  constraint "notification_marks_pk" primary key ("workspace_id", "person_id")
) strict, without rowid;

CREATE TABLE "notification_reads" (
  "workspace_id" text not null,
  "person_id" text not null,
  "reminder_id" text not null,
  constraint "notification_reads_pk" primary key ("workspace_id", "person_id", "reminder_id")
) strict, without rowid;

CREATE TABLE "people" (
  "id" text not null primary key,
  "subject" text not null unique,
  "name" text,
  "email" text,
  "email_verified" integer default 0 not null,
  "locale" text,
  "created_at" integer not null,
  "seen_at" integer not null,
  "subject_key" text,
  "email_key" text
) strict, without rowid;

CREATE TABLE "recipients" (
  "id" text not null,
  "workspace_id" text not null,
  "recipient" text not null,
  "opted_out_at" integer,
  "created_at" integer not null,
  constraint "recipients_pk" primary key ("id"),
  constraint "recipients_once" unique ("workspace_id", "recipient")
) strict, without rowid;

CREATE TABLE "recognised" (
  "workspace_id" text not null,
  "account" text not null,
  "at" integer not null,
  constraint "recognised_pk" primary key ("workspace_id", "account")
) strict, without rowid;

CREATE TABLE "reminder_marks" (
  "workspace_id" text not null,
  "through_day" integer not null,
  constraint "reminder_marks_pk" primary key ("workspace_id")
) strict, without rowid;

CREATE TABLE "reminders" (
  "workspace_id" text not null,
  "id" text not null,
  "device_id" text not null,
  "expires_at" integer not null,
  "rung" integer not null,
  "day" integer not null,
  "decided_at" integer not null,
  constraint "reminders_pk" primary key ("workspace_id", "id"),
  constraint "reminders_once" unique ("workspace_id", "device_id", "expires_at", "rung")
) strict, without rowid;

CREATE TABLE "secrets" (
  "id" text not null primary key,
  "created_at" integer not null
) strict, without rowid;

CREATE TABLE "serials" (
  "serial_key" text not null primary key,
  "workspace_id" text not null,
  "device_id" text not null,
  "seen_at" integer not null,
  "trial_used_at" integer,
  "grace_used_at" integer
) strict, without rowid;

CREATE TABLE "snoozes" (
  "workspace_id" text not null,
  "person_id" text not null,
  "kind" text not null,
  "at" integer not null,
  "until" integer not null,
  "count" integer not null,
  constraint "snoozes_pk" primary key ("workspace_id", "person_id", "kind")
) strict, without rowid;

CREATE TABLE "vouchers" (
  "id" text not null primary key,
  "hash" text not null unique,
  "secret_id" text not null,
  "last4" text not null,
  "days" integer not null,
  "max_devices" integer not null,
  "models" text,
  "workspace_id" text references "workspaces" ("id"),
  "not_before" integer,
  "redeem_by" integer,
  "batch" text not null,
  "reference" text,
  "note" text,
  "created_at" integer not null,
  "created_by" text not null,
  "revoked_at" integer,
  "used" integer default 0 not null,
  "freed" integer default 0 not null,
  "reuse_until" integer,
  "undone" integer default 0 not null,
  constraint "vouchers_used" check (used >= 0 and used <= max_devices and undone <= max_devices)
) strict, without rowid;

CREATE TABLE "webhook_deliveries" (
  "webhook_id" text not null,
  "id" text not null,
  "event_id" text not null,
  "created_at" integer not null,
  "next_at" integer not null,
  "tries" integer default 0 not null,
  "claimed_until" integer default 0 not null,
  "ended_at" integer,
  "outcome" text,
  "status" integer,
  "detail" text,
  constraint "webhook_deliveries_pk" primary key ("webhook_id", "id")
) strict, without rowid;

CREATE TABLE "webhook_events" (
  "id" text not null,
  "type" text not null,
  "workspace_id" text not null,
  "device_id" text,
  "at" integer not null,
  "payload" text not null,
  "once" text unique,
  constraint "webhook_events_pk" primary key ("id")
) strict, without rowid;

CREATE TABLE "webhooks" (
  "id" text not null,
  "workspace_id" text,
  "url" text not null,
  "events" text not null,
  "secret_id" text not null,
  "generation" integer not null,
  "rotated_at" integer,
  "created_at" integer not null,
  "created_by" text not null,
  "disabled_at" integer,
  "disabled_why" text,
  "removed_at" integer,
  constraint "webhooks_pk" primary key ("id")
) strict, without rowid;

CREATE TABLE "workspaces" (
  "id" text not null primary key,
  "name" text not null,
  "time_zone" text not null,
  "contact" text not null,
  "notify_emails" text not null,
  "mail" text,
  "created_at" integer not null,
  "updated_at" integer not null
) strict, without rowid;

CREATE INDEX "attempts_by_caller" on "attempts" ("caller", "at");

CREATE INDEX "attempts_by_workspace" on "attempts" ("workspace_id", "at");

CREATE INDEX "audit_by_target" on "audit" ("target", "id");

CREATE INDEX "audit_by_workspace" on "audit" ("workspace_id", "id");

CREATE INDEX "calendar_links_by_workspace" on "calendar_links" ("workspace_id");

CREATE INDEX "covers_by_end" on "covers" ("expires_at", "workspace_id", "device_id");

CREATE INDEX "covers_by_expiring" on "covers" ("expiring_from", "workspace_id", "device_id");

CREATE INDEX "covers_by_workspace_end" on "covers" ("workspace_id", "expires_at");

CREATE INDEX "devices_by_name" on "devices" ("workspace_id", "name_key", "id");

CREATE INDEX "devices_by_site" on "devices" ("workspace_id", "site_id");

CREATE UNIQUE INDEX devices_present on devices (serial_key) where removed_at is null;

CREATE INDEX digests_waiting on digests (next_at) where ended_at is null;

CREATE INDEX "grants_by_voucher" on "grants" ("voucher_id", "at");

CREATE UNIQUE INDEX grants_reference on grants (reference) where source = 'import';

CREATE UNIQUE INDEX grants_standing on grants (voucher_id, workspace_id, device_id) where undone_at is null;

CREATE INDEX "idempotency_by_age" on "idempotency" ("at");

CREATE INDEX "legacy_by_account" on "legacy" ("account", "serial_key");

CREATE INDEX "legacy_asks_by_time" on "legacy_asks" ("next_at");

CREATE INDEX "memberships_by_person" on "memberships" ("person_id");

CREATE INDEX "people_by_email_key" on "people" ("email_key");

CREATE INDEX "people_by_subject_key" on "people" ("subject_key");

CREATE INDEX "reminders_by_day" on "reminders" ("workspace_id", "day");

CREATE INDEX "vouchers_by_batch" on "vouchers" ("batch", "id");

CREATE INDEX "vouchers_by_last4" on "vouchers" ("last4", "id");

CREATE INDEX "vouchers_by_reference" on "vouchers" ("reference", "id");

CREATE INDEX "webhook_deliveries_by_event" on "webhook_deliveries" ("event_id");

CREATE INDEX webhook_deliveries_waiting on webhook_deliveries (next_at) where ended_at is null;

CREATE INDEX "webhooks_by_workspace" on "webhooks" ("workspace_id");
