-- Alerts of other tools. Active while ends_at or held_until is ahead; `active` is the cache that the hot index needs.
create table alerts (
  service_id text not null,
  fingerprint text not null,
  source text not null,
  name text not null,
  labels json not null,
  annotations json not null,
  generator_url text not null,
  -- A severity id of the runbook and its rank, 0 the gravest; -1: integrity or security; 99: the sender says none.
  severity text,
  rank smallint not null,
  flag text,
  content int not null,
  starts_at timestamptz not null,
  -- Written behind the sender's word by at most half of what it promised; see docs/guarantees.md.
  ends_at timestamptz not null,
  received_at timestamptz not null,
  acknowledged_at timestamptz,
  -- When it came back after it had ended, within the flapping window; held active until `held_until` when too often.
  restarts timestamptz[] not null default '{}',
  held_until timestamptz,
  active boolean not null default true,
  -- The write that touched it last: other responders read what a batch holds.
  batch bigint not null,
  primary key (service_id, fingerprint)
) with (fillfactor = 85);
create index alerts_batch on alerts (service_id, batch);
create index alerts_active on alerts (service_id, rank, starts_at desc) where active;
create sequence alert_batch;

-- What could not be understood, as it came.
create table intake_problems (
  id bigint generated always as identity primary key,
  service_id text not null,
  source text not null,
  at timestamptz not null,
  place text not null,
  value text not null,
  expected text not null,
  item text not null
);
create index intake_problems_newest on intake_problems (service_id, id desc);

create table silences (
  service_id text not null,
  id uuid not null,
  matchers jsonb not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  created_by text not null,
  comment text not null,
  updated_at timestamptz not null,
  primary key (service_id, id)
);

-- What silences, inhibition rules and maintenance windows kept back. `by` names it, `subject` is a fingerprint or `incident`.
create table suppressions (
  service_id text not null,
  kind text not null,
  by text not null,
  subject text not null,
  text text not null,
  first_at timestamptz not null,
  last_at timestamptz not null,
  primary key (service_id, kind, by, subject)
);
create index suppressions_newest on suppressions (service_id, last_at desc);

create table heartbeats (
  service_id text not null,
  name text not null,
  last_at timestamptz not null,
  primary key (service_id, name)
);

-- What people say. Several reports of one thing are one row with a count; each is kept beside it.
create table reports (
  service_id text not null,
  id text not null,
  kind text not null,
  tenant text,
  text text not null,
  flag text,
  first_at timestamptz not null,
  last_at timestamptz not null,
  count int not null,
  closed_at timestamptz,
  closed_by jsonb,
  closed_because text,
  primary key (service_id, id)
);
create unique index reports_one_open on reports (service_id, kind, coalesce(tenant, ''), coalesce(flag, ''))
  where closed_at is null;

create table report_entries (
  id bigint generated always as identity primary key,
  service_id text not null,
  report_id text not null,
  text text not null,
  noticed_at timestamptz not null,
  received_at timestamptz not null,
  actor jsonb not null,
  foreign key (service_id, report_id) references reports (service_id, id)
);
