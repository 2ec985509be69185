create table api_keys (
  id text collate "C" not null,
  hash text collate "C" not null,
  secret_id text collate "C" not null,
  role text collate "C" not null,
  workspace_id text collate "C",
  name text collate "C",
  created_at bigint not null,
  revoked_at bigint,
  constraint api_keys_hash_key UNIQUE (hash),
  constraint api_keys_pkey PRIMARY KEY (id),
  constraint api_keys_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id)
);

create table attempt_scopes (
  scope text collate "C" not null,
  taken bigint not null,
  constraint attempt_scopes_pkey PRIMARY KEY (scope)
);

create table attempts (
  id text collate "C" not null,
  caller text collate "C" not null,
  workspace_id text collate "C" not null,
  at bigint not null,
  refused bigint not null,
  constraint attempts_pkey PRIMARY KEY (id)
);
CREATE INDEX attempts_by_caller ON public.attempts USING btree (caller, at);
CREATE INDEX attempts_by_workspace ON public.attempts USING btree (workspace_id, at);

create table audit (
  id text collate "C" not null,
  at bigint not null,
  who text collate "C" not null,
  workspace_id text collate "C",
  action text collate "C" not null,
  target text collate "C" not null,
  before text collate "C",
  after text collate "C",
  constraint audit_pkey PRIMARY KEY (id)
);
CREATE INDEX audit_by_target ON public.audit USING btree (target, id);
CREATE INDEX audit_by_workspace ON public.audit USING btree (workspace_id, id);

create table bounces (
  address_hash text collate "C" not null,
  at bigint not null,
  code text collate "C" not null,
  constraint bounces_pk PRIMARY KEY (address_hash)
);

create table calendar_links (
  id text collate "C" not null,
  workspace_id text collate "C" not null,
  device_id text collate "C",
  hash text collate "C" not null,
  secret_id text collate "C" not null,
  created_at bigint not null,
  created_by text collate "C" not null,
  revoked_at bigint,
  constraint calendar_links_hash_key UNIQUE (hash),
  constraint calendar_links_pk PRIMARY KEY (id)
);
CREATE INDEX calendar_links_by_workspace ON public.calendar_links USING btree (workspace_id);

create table changes (
  workspace_id text collate "C" not null,
  seq bigint not null,
  device_id text collate "C" not null,
  constraint changes_pk PRIMARY KEY (workspace_id, seq, device_id)
);

create table covers (
  workspace_id text collate "C" not null,
  device_id text collate "C" not null,
  starts_at bigint not null,
  expiring_from bigint not null,
  grace_from bigint,
  expires_at bigint not null,
  kind text collate "C" not null,
  constraint covers_device FOREIGN KEY (workspace_id, device_id) REFERENCES devices(workspace_id, id),
  constraint covers_pk PRIMARY KEY (workspace_id, device_id, starts_at)
);
CREATE INDEX covers_by_end ON public.covers USING btree (expires_at, workspace_id, device_id);
CREATE INDEX covers_by_expiring ON public.covers USING btree (expiring_from, workspace_id, device_id);
CREATE INDEX covers_by_workspace_end ON public.covers USING btree (workspace_id, expires_at);

create table devices (
  workspace_id text collate "C" not null,
  id text collate "C" not null,
  serial text collate "C" not null,
  serial_key text collate "C" not null,
  model text collate "C" not null,
  name text collate "C" not null,
  name_key text collate "C" not null,
  search_key text collate "C" not null,
  site_id text collate "C",
  renewal_planned bigint not null default 1,
  revision bigint not null default 0,
  created_at bigint not null,
  updated_at bigint not null,
  removed_at bigint,
  constraint devices_pk PRIMARY KEY (workspace_id, id),
  constraint devices_serial UNIQUE (workspace_id, serial_key),
  constraint devices_serial_key_fkey FOREIGN KEY (serial_key) REFERENCES serials(serial_key),
  constraint devices_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id)
);
CREATE INDEX devices_by_name ON public.devices USING btree (workspace_id, name_key, id);
CREATE INDEX devices_by_site ON public.devices USING btree (workspace_id, site_id);
CREATE UNIQUE INDEX devices_present ON public.devices USING btree (serial_key) WHERE (removed_at IS NULL);

create table digests (
  id text collate "C" not null,
  workspace_id text collate "C" not null,
  recipient_id text collate "C" not null,
  day bigint not null,
  after_day bigint not null,
  created_at bigint not null,
  next_at bigint not null,
  tries bigint not null default 0,
  claimed_until bigint not null default 0,
  ended_at bigint,
  outcome text collate "C",
  constraint digests_once UNIQUE (workspace_id, recipient_id, day),
  constraint digests_pk PRIMARY KEY (id)
);
CREATE INDEX digests_waiting ON public.digests USING btree (next_at) WHERE (ended_at IS NULL);

create table feeds (
  workspace_id text collate "C" not null,
  seq bigint not null,
  at bigint not null,
  constraint feeds_pk PRIMARY KEY (workspace_id)
);

create table grants (
  workspace_id text collate "C" not null,
  device_id text collate "C" not null,
  seq bigint not null,
  id text collate "C" not null,
  kind text collate "C" not null,
  from_at bigint not null,
  to_at bigint not null,
  days bigint not null,
  at bigint not null,
  by text collate "C" not null,
  source text collate "C" not null,
  voucher_id text collate "C",
  last4 text collate "C",
  reference text collate "C",
  undone_at bigint,
  undone_by text collate "C",
  constraint grants_device FOREIGN KEY (workspace_id, device_id) REFERENCES devices(workspace_id, id),
  constraint grants_id_key UNIQUE (id),
  constraint grants_interval CHECK ((from_at < to_at)),
  constraint grants_pk PRIMARY KEY (workspace_id, device_id, seq),
  constraint grants_voucher_id_fkey FOREIGN KEY (voucher_id) REFERENCES vouchers(id)
);
CREATE INDEX grants_by_voucher ON public.grants USING btree (voucher_id, at);
CREATE UNIQUE INDEX grants_reference ON public.grants USING btree (reference) WHERE (source = 'import'::text);
CREATE UNIQUE INDEX grants_standing ON public.grants USING btree (voucher_id, workspace_id, device_id) WHERE (undone_at IS NULL);

create table idempotency (
  caller text collate "C" not null,
  route text collate "C" not null,
  key text collate "C" not null,
  body_hash text collate "C" not null,
  status bigint not null,
  answer text collate "C" not null,
  at bigint not null,
  constraint idempotency_pk PRIMARY KEY (caller, route, key)
);
CREATE INDEX idempotency_by_age ON public.idempotency USING btree (at);

create table kysely_migration (
  name character varying(255) not null,
  "timestamp" character varying(255) not null,
  constraint kysely_migration_pkey PRIMARY KEY (name)
);

create table kysely_migration_lock (
  id character varying(255) not null,
  is_locked integer not null default 0,
  constraint kysely_migration_lock_pkey PRIMARY KEY (id)
);

create table legacy (
  serial_key text collate "C" not null,
  account text collate "C" not null,
  workspace text collate "C" not null,
  site text collate "C" not null,
  constraint legacy_pk PRIMARY KEY (serial_key, account, workspace, site)
);
CREATE INDEX legacy_by_account ON public.legacy USING btree (account, serial_key);

create table legacy_asks (
  person_id text collate "C" not null,
  next_at bigint not null,
  tries bigint not null,
  constraint legacy_asks_pk PRIMARY KEY (person_id)
);
CREATE INDEX legacy_asks_by_time ON public.legacy_asks USING btree (next_at);

create table memberships (
  workspace_id text collate "C" not null,
  person_id text collate "C" not null,
  since bigint not null,
  role text collate "C",
  seen_at bigint,
  constraint memberships_pk PRIMARY KEY (workspace_id, person_id)
);
CREATE INDEX memberships_by_person ON public.memberships USING btree (person_id);

create table meta (
  key text collate "C" not null,
  value text collate "C" not null,
  constraint meta_pkey PRIMARY KEY (key)
);

create table notification_marks (
  workspace_id text collate "C" not null,
  person_id text collate "C" not null,
  read_through text collate "C" not null,
  constraint notification_marks_pk PRIMARY KEY (workspace_id, person_id)
);

create table notification_reads (
  workspace_id text collate "C" not null,
  person_id text collate "C" not null,
  reminder_id text collate "C" not null,
  constraint notification_reads_pk PRIMARY KEY (workspace_id, person_id, reminder_id)
);

create table people (
  id text collate "C" not null,
  subject text collate "C" not null,
  name text collate "C",
  email text collate "C",
  email_verified bigint not null default 0,
  locale text collate "C",
  created_at bigint not null,
  seen_at bigint not null,
  subject_key text collate "C",
  email_key text collate "C",
  constraint people_pkey PRIMARY KEY (id),
  constraint people_subject_key UNIQUE (subject)
);
CREATE INDEX people_by_email_key ON public.people USING btree (email_key);
CREATE INDEX people_by_subject_key ON public.people USING btree (subject_key);

create table recipients (
  id text collate "C" not null,
  workspace_id text collate "C" not null,
  recipient text collate "C" not null,
  opted_out_at bigint,
  created_at bigint not null,
  constraint recipients_once UNIQUE (workspace_id, recipient),
  constraint recipients_pk PRIMARY KEY (id)
);

create table recognised (
  workspace_id text collate "C" not null,
  account text collate "C" not null,
  at bigint not null,
  constraint recognised_pk PRIMARY KEY (workspace_id, account)
);

create table reminder_marks (
  workspace_id text collate "C" not null,
  through_day bigint not null,
  constraint reminder_marks_pk PRIMARY KEY (workspace_id)
);

create table reminders (
  workspace_id text collate "C" not null,
  id text collate "C" not null,
  device_id text collate "C" not null,
  expires_at bigint not null,
  rung bigint not null,
  day bigint not null,
  decided_at bigint not null,
  constraint reminders_once UNIQUE (workspace_id, device_id, expires_at, rung),
  constraint reminders_pk PRIMARY KEY (workspace_id, id)
);
CREATE INDEX reminders_by_day ON public.reminders USING btree (workspace_id, day);

create table secrets (
  id text collate "C" not null,
  created_at bigint not null,
  constraint secrets_pkey PRIMARY KEY (id)
);

create table serials (
  serial_key text collate "C" not null,
  workspace_id text collate "C" not null,
  device_id text collate "C" not null,
  seen_at bigint not null,
  trial_used_at bigint,
  grace_used_at bigint,
  constraint serials_pkey PRIMARY KEY (serial_key)
);

create table snoozes (
  workspace_id text collate "C" not null,
  person_id text collate "C" not null,
  kind text collate "C" not null,
  at bigint not null,
  until bigint not null,
  count bigint not null,
  constraint snoozes_pk PRIMARY KEY (workspace_id, person_id, kind)
);

create table vouchers (
  id text collate "C" not null,
  hash text collate "C" not null,
  secret_id text collate "C" not null,
  last4 text collate "C" not null,
  days bigint not null,
  max_devices bigint not null,
  models text collate "C",
  workspace_id text collate "C",
  not_before bigint,
  redeem_by bigint,
  batch text collate "C" not null,
  reference text collate "C",
  note text collate "C",
  created_at bigint not null,
  created_by text collate "C" not null,
  revoked_at bigint,
  used bigint not null default 0,
  freed bigint not null default 0,
  reuse_until bigint,
  undone bigint not null default 0,
  constraint vouchers_hash_key UNIQUE (hash),
  constraint vouchers_pkey PRIMARY KEY (id),
  constraint vouchers_used CHECK (((used >= 0) AND (used <= max_devices) AND (undone <= max_devices))),
  constraint vouchers_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id)
);
CREATE INDEX vouchers_by_batch ON public.vouchers USING btree (batch, id);
CREATE INDEX vouchers_by_last4 ON public.vouchers USING btree (last4, id);
CREATE INDEX vouchers_by_reference ON public.vouchers USING btree (reference, id);

create table webhook_deliveries (
  webhook_id text collate "C" not null,
  id text collate "C" not null,
  event_id text collate "C" not null,
  created_at bigint not null,
  next_at bigint not null,
  tries bigint not null default 0,
  claimed_until bigint not null default 0,
  ended_at bigint,
  outcome text collate "C",
  status bigint,
  detail text collate "C",
  constraint webhook_deliveries_pk PRIMARY KEY (webhook_id, id)
);
CREATE INDEX webhook_deliveries_by_event ON public.webhook_deliveries USING btree (event_id);
CREATE INDEX webhook_deliveries_waiting ON public.webhook_deliveries USING btree (next_at) WHERE (ended_at IS NULL);

create table webhook_events (
  id text collate "C" not null,
  type text collate "C" not null,
  workspace_id text collate "C" not null,
  device_id text collate "C",
  at bigint not null,
  payload text collate "C" not null,
  once text collate "C",
  constraint webhook_events_once_key UNIQUE (once),
  constraint webhook_events_pk PRIMARY KEY (id)
);

create table webhooks (
  id text collate "C" not null,
  workspace_id text collate "C",
  url text collate "C" not null,
  events text collate "C" not null,
  secret_id text collate "C" not null,
  generation bigint not null,
  rotated_at bigint,
  created_at bigint not null,
  created_by text collate "C" not null,
  disabled_at bigint,
  disabled_why text collate "C",
  removed_at bigint,
  constraint webhooks_pk PRIMARY KEY (id)
);
CREATE INDEX webhooks_by_workspace ON public.webhooks USING btree (workspace_id);

create table workspaces (
  id text collate "C" not null,
  name text collate "C" not null,
  time_zone text collate "C" not null,
  contact text collate "C" not null,
  notify_emails text collate "C" not null,
  mail text collate "C",
  created_at bigint not null,
  updated_at bigint not null,
  constraint workspaces_pkey PRIMARY KEY (id)
);
