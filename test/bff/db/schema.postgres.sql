CREATE INDEX attempts_by_caller ON public.attempts USING btree (caller, at)
CREATE INDEX attempts_by_workspace ON public.attempts USING btree (workspace_id, at)
CREATE INDEX audit_by_target ON public.audit USING btree (target, id)
CREATE INDEX audit_by_workspace ON public.audit USING btree (workspace_id, id)
CREATE INDEX devices_by_name ON public.devices USING btree (workspace_id, name_key, id)
CREATE INDEX devices_by_site ON public.devices USING btree (workspace_id, site_id)
CREATE INDEX grants_by_voucher ON public.grants USING btree (voucher_id, at)
CREATE INDEX idempotency_by_age ON public.idempotency USING btree (at)
CREATE INDEX vouchers_by_batch ON public.vouchers USING btree (batch, id)
CREATE INDEX vouchers_by_last4 ON public.vouchers USING btree (last4, id)
CREATE INDEX vouchers_by_reference ON public.vouchers USING btree (reference, id)
CREATE UNIQUE INDEX api_keys_hash_key ON public.api_keys USING btree (hash)
CREATE UNIQUE INDEX api_keys_pkey ON public.api_keys USING btree (id)
CREATE UNIQUE INDEX attempt_scopes_pkey ON public.attempt_scopes USING btree (scope)
CREATE UNIQUE INDEX attempts_pkey ON public.attempts USING btree (id)
CREATE UNIQUE INDEX audit_pkey ON public.audit USING btree (id)
CREATE UNIQUE INDEX covers_pk ON public.covers USING btree (workspace_id, device_id, starts_at)
CREATE UNIQUE INDEX devices_pk ON public.devices USING btree (workspace_id, id)
CREATE UNIQUE INDEX devices_present ON public.devices USING btree (serial_key) WHERE (removed_at IS NULL)
CREATE UNIQUE INDEX devices_serial ON public.devices USING btree (workspace_id, serial_key)
CREATE UNIQUE INDEX grants_id_key ON public.grants USING btree (id)
CREATE UNIQUE INDEX grants_pk ON public.grants USING btree (workspace_id, device_id, seq)
CREATE UNIQUE INDEX grants_reference ON public.grants USING btree (reference) WHERE (source = 'import'::text)
CREATE UNIQUE INDEX grants_standing ON public.grants USING btree (voucher_id, workspace_id, device_id) WHERE (undone_at IS NULL)
CREATE UNIQUE INDEX idempotency_pk ON public.idempotency USING btree (caller, route, key)
CREATE UNIQUE INDEX meta_pkey ON public.meta USING btree (key)
CREATE UNIQUE INDEX people_pkey ON public.people USING btree (id)
CREATE UNIQUE INDEX people_subject_key ON public.people USING btree (subject)
CREATE UNIQUE INDEX secrets_pkey ON public.secrets USING btree (id)
CREATE UNIQUE INDEX serials_pkey ON public.serials USING btree (serial_key)
CREATE UNIQUE INDEX vouchers_hash_key ON public.vouchers USING btree (hash)
CREATE UNIQUE INDEX vouchers_pkey ON public.vouchers USING btree (id)
CREATE UNIQUE INDEX workspaces_pkey ON public.workspaces USING btree (id)
api_keys.created_at bigint not null
api_keys.hash text collate "C" not null
api_keys.id text collate "C" not null
api_keys.name text collate "C"
api_keys.revoked_at bigint
api_keys.role text collate "C" not null
api_keys.secret_id text collate "C" not null
api_keys.workspace_id text collate "C"
api_keys: FOREIGN KEY (workspace_id) REFERENCES workspaces(id)
api_keys: PRIMARY KEY (id)
api_keys: UNIQUE (hash)
attempt_scopes.scope text collate "C" not null
attempt_scopes.taken bigint not null
attempt_scopes: PRIMARY KEY (scope)
attempts.at bigint not null
attempts.caller text collate "C" not null
attempts.id text collate "C" not null
attempts.refused bigint not null
attempts.workspace_id text collate "C" not null
attempts: PRIMARY KEY (id)
audit.action text collate "C" not null
audit.after text collate "C"
audit.at bigint not null
audit.before text collate "C"
audit.id text collate "C" not null
audit.target text collate "C" not null
audit.who text collate "C" not null
audit.workspace_id text collate "C"
audit: PRIMARY KEY (id)
covers.device_id text collate "C" not null
covers.expires_at bigint not null
covers.expiring_from bigint not null
covers.grace_from bigint
covers.kind text collate "C" not null
covers.starts_at bigint not null
covers.workspace_id text collate "C" not null
covers: FOREIGN KEY (workspace_id, device_id) REFERENCES devices(workspace_id, id)
covers: PRIMARY KEY (workspace_id, device_id, starts_at)
devices.created_at bigint not null
devices.id text collate "C" not null
devices.model text collate "C" not null
devices.name text collate "C" not null
devices.name_key text collate "C" not null
devices.removed_at bigint
devices.renewal_planned bigint not null default 1
devices.revision bigint not null default 0
devices.search_key text collate "C" not null
devices.serial text collate "C" not null
devices.serial_key text collate "C" not null
devices.site_id text collate "C"
devices.updated_at bigint not null
devices.workspace_id text collate "C" not null
devices: FOREIGN KEY (serial_key) REFERENCES serials(serial_key)
devices: FOREIGN KEY (workspace_id) REFERENCES workspaces(id)
devices: PRIMARY KEY (workspace_id, id)
devices: UNIQUE (workspace_id, serial_key)
grants.at bigint not null
grants.by text collate "C" not null
grants.days bigint not null
grants.device_id text collate "C" not null
grants.from_at bigint not null
grants.id text collate "C" not null
grants.kind text collate "C" not null
grants.last4 text collate "C"
grants.reference text collate "C"
grants.seq bigint not null
grants.source text collate "C" not null
grants.to_at bigint not null
grants.undone_at bigint
grants.undone_by text collate "C"
grants.voucher_id text collate "C"
grants.workspace_id text collate "C" not null
grants: CHECK ((from_at < to_at))
grants: FOREIGN KEY (voucher_id) REFERENCES vouchers(id)
grants: FOREIGN KEY (workspace_id, device_id) REFERENCES devices(workspace_id, id)
grants: PRIMARY KEY (workspace_id, device_id, seq)
grants: UNIQUE (id)
idempotency.answer text collate "C" not null
idempotency.at bigint not null
idempotency.body_hash text collate "C" not null
idempotency.caller text collate "C" not null
idempotency.key text collate "C" not null
idempotency.route text collate "C" not null
idempotency.status bigint not null
idempotency: PRIMARY KEY (caller, route, key)
meta.key text collate "C" not null
meta.value text collate "C" not null
meta: PRIMARY KEY (key)
people.created_at bigint not null
people.email text collate "C"
people.email_verified bigint not null default 0
people.id text collate "C" not null
people.locale text collate "C"
people.name text collate "C"
people.seen_at bigint not null
people.subject text collate "C" not null
people: PRIMARY KEY (id)
people: UNIQUE (subject)
secrets.created_at bigint not null
secrets.id text collate "C" not null
secrets: PRIMARY KEY (id)
serials.device_id text collate "C" not null
serials.grace_used_at bigint
serials.seen_at bigint not null
serials.serial_key text collate "C" not null
serials.trial_used_at bigint
serials.workspace_id text collate "C" not null
serials: PRIMARY KEY (serial_key)
vouchers.batch text collate "C" not null
vouchers.created_at bigint not null
vouchers.created_by text collate "C" not null
vouchers.days bigint not null
vouchers.freed bigint not null default 0
vouchers.hash text collate "C" not null
vouchers.id text collate "C" not null
vouchers.last4 text collate "C" not null
vouchers.max_devices bigint not null
vouchers.models text collate "C"
vouchers.not_before bigint
vouchers.note text collate "C"
vouchers.redeem_by bigint
vouchers.reference text collate "C"
vouchers.reuse_until bigint
vouchers.revoked_at bigint
vouchers.secret_id text collate "C" not null
vouchers.undone bigint not null default 0
vouchers.used bigint not null default 0
vouchers.workspace_id text collate "C"
vouchers: CHECK (((used >= 0) AND (used <= max_devices) AND (undone <= max_devices)))
vouchers: FOREIGN KEY (workspace_id) REFERENCES workspaces(id)
vouchers: PRIMARY KEY (id)
vouchers: UNIQUE (hash)
workspaces.contact text collate "C" not null
workspaces.created_at bigint not null
workspaces.id text collate "C" not null
workspaces.mail text collate "C"
workspaces.name text collate "C" not null
workspaces.notify_emails text collate "C" not null
workspaces.time_zone text collate "C" not null
workspaces.updated_at bigint not null
workspaces: PRIMARY KEY (id)
