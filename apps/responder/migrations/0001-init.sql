-- Rows remember. service_id leads hot indexes so that services can be sharded later.

create table plans (
  hash text primary key,
  file text not null,
  plan jsonb not null,
  markdown text not null,
  taken_into_use_at timestamptz not null default clock_timestamp()
);

create sequence incident_number;

create table incidents (
  id text primary key,
  number bigint not null unique,
  service_id text not null,
  status text not null,
  plan_hash text not null references plans (hash),
  snapshot jsonb not null,
  revision bigint not null,
  updated_at timestamptz not null
);
-- One incident at a time a service: the second opener loses here and merges.
create unique index incidents_one_open on incidents (service_id) where status in ('open', 'mitigated', 'verified');

create table incident_events (
  incident_id text not null references incidents (id),
  seq bigint not null,
  at timestamptz not null,
  actor jsonb not null,
  because text not null,
  body jsonb not null,
  -- SHA-256 over the previous hash and this row: the audit chain.
  hash text not null,
  primary key (incident_id, seq)
);

create table timers (
  id bigint generated always as identity primary key,
  incident_id text not null references incidents (id),
  kind text not null,
  key text not null,
  due_at timestamptz not null,
  done_at timestamptz,
  fence bigint not null default 0,
  lease_until timestamptz,
  unique (incident_id, kind, key, due_at)
);
create index timers_due on timers (due_at) where done_at is null;

-- One row a page and contact method. state: queued -> sending -> sent | failed.
create table messages (
  id text primary key,
  incident_id text not null references incidents (id),
  page_id text not null,
  person text not null,
  channel text not null,
  address text not null,
  subject text not null,
  body text not null,
  state text not null default 'queued',
  attempts int not null default 0,
  due_at timestamptz not null,
  fence bigint not null default 0,
  lease_until timestamptz,
  last_error text,
  -- True when an earlier attempt may have gone out before a crash.
  may_be_repeat boolean not null default false,
  created_at timestamptz not null,
  sent_at timestamptz,
  receipt text
);
create index messages_due on messages (due_at) where state in ('queued', 'sending');

create table inbox (
  message_id text primary key references messages (id),
  person text not null,
  incident_id text not null,
  subject text not null,
  body text not null,
  at timestamptz not null,
  read_at timestamptz
);

-- Work of the steps room: gather-evidence (one row an action), prepare-steps, run-step, smoke-test.
create table jobs (
  id text primary key,
  incident_id text not null references incidents (id),
  kind text not null,
  payload jsonb not null,
  state text not null default 'queued',
  attempts int not null default 0,
  due_at timestamptz not null,
  fence bigint not null default 0,
  lease_until timestamptz,
  -- Set before a change touches the cluster: a started change is never repeated, its outcome is re-read.
  started_at timestamptz,
  done_at timestamptz,
  last_error text
);
create index jobs_due on jobs (due_at) where state in ('queued', 'running');

create table evidence (
  id text primary key,
  incident_id text not null references incidents (id),
  action_id text not null,
  command text not null,
  mode text not null,
  outcome text not null,
  reason text,
  started_at timestamptz not null,
  ended_at timestamptz not null,
  exit_code int,
  stdout text not null,
  stderr text not null,
  dropped_bytes bigint not null default 0
);
create index evidence_incident on evidence (incident_id);

create table drills (
  id text primary key,
  name text not null,
  injected_at timestamptz not null,
  hold_ms bigint,
  ended_at timestamptz
);

create table sessions (
  token_hash text primary key,
  person text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null
);

create table login_links (
  token_hash text primary key,
  person text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);

create table api_tokens (
  token_hash text primary key,
  person text not null,
  name text not null,
  created_at timestamptz not null,
  revoked_at timestamptz
);

-- Watches and probes run where this row's lease is held.
create table leases (
  name text primary key,
  holder text not null,
  fence bigint not null,
  until timestamptz not null
);

create table audit (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  actor jsonb not null,
  action text not null,
  subject text not null,
  detail jsonb not null
);
