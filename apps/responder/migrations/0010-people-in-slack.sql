-- The change that a notice asks to approve, exactly as it is shown; null for every other notice.
alter table notices add column offer jsonb;
-- A Slack channel of an incident, and what of the incident it shows. Worked off as a queue: `seen` behind `wanted`, or closing.
create table slack_rooms (
  id text primary key references incidents (id),
  channel text,
  topic text,
  summary text,
  summary_ts text,
  pinned boolean not null default false,
  invited text[] not null default '{}',
  -- open -> closing when the incident is closed -> archived; closing -> open when it is opened again
  state text not null default 'open',
  -- Revisions of the incident: shown, and to be shown.
  seen bigint not null default 0,
  wanted bigint not null,
  due_at timestamptz not null,
  fence bigint not null default 0,
  lease_until timestamptz,
  attempts int not null default 0,
  last_error text
);
create index slack_rooms_due on slack_rooms (due_at) where state <> 'archived';
