-- Teams as they were applied. The newest version is in use; without any the configuration's team is.
create table team_versions (
  service_id text not null,
  version bigint not null,
  team jsonb not null,
  -- What it changed, one sentence each.
  changes jsonb not null,
  taken_at timestamptz not null,
  taken_by jsonb not null,
  primary key (service_id, version)
);

-- Overrides and absences that people enter one by one, beside those of the team. The later counts where two meet.
create table on_call_changes (
  id text primary key,
  service_id text not null,
  kind text not null check (kind in ('override', 'away')),
  schedule text,
  layer text,
  person text not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  note text,
  created_at timestamptz not null,
  created_by jsonb not null,
  ended_at timestamptz,
  ended_by jsonb,
  check (ends_at > starts_at),
  check ((kind = 'override') = (schedule is not null))
);
create index on_call_changes_service on on_call_changes (service_id, ends_at);

-- Calendar feeds: who knows the token may read; only its hash is stored.
create table on_call_feeds (
  id text primary key,
  service_id text not null,
  token_hash text not null unique,
  kind text not null check (kind in ('schedule', 'person')),
  subject text not null,
  created_at timestamptz not null,
  created_by jsonb not null,
  revoked_at timestamptz,
  revoked_by jsonb
);

-- The daily look at whether everybody can be woken: a row is the clock. One waits a service.
create table readiness_checks (
  id text primary key,
  service_id text not null,
  due_at timestamptz not null,
  fence bigint not null default 0,
  lease_until timestamptz,
  done_at timestamptz,
  -- What was found, and whom it was told; null until done.
  findings jsonb,
  told text
);
create unique index readiness_one_waits on readiness_checks (service_id) where done_at is null;

-- Messages that tell something about no incident. state: queued -> sending -> sent | failed; those of the inbox are sent at once.
create table notices (
  id text primary key,
  person text not null,
  channel text not null,
  address text not null,
  subject text not null,
  body text not null,
  state text not null,
  attempts int not null default 0,
  due_at timestamptz not null,
  fence bigint not null default 0,
  lease_until timestamptz,
  may_be_repeat boolean not null default false,
  last_error text,
  created_at timestamptz not null,
  sent_at timestamptz,
  receipt text
);
create index notices_due on notices (due_at) where state in ('queued', 'sending');
create index notices_inbox on notices (person, created_at) where channel = 'inbox';
