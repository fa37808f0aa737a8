-- What the outside probes said, a row a function and minute; kept a little longer than the 90 days that the status page shows.
create table probe_minutes (
  service_id text not null,
  function text not null,
  minute timestamptz not null,
  good int not null,
  bad int not null,
  -- Answers that say nothing of the service: given up by us, or while the responder itself was cut off.
  unknown int not null,
  -- A maintenance window of the whole service was on: the minute counts neither as up nor as down.
  maintenance boolean not null,
  primary key (service_id, minute, function)
);

-- All that a service's status page says: written by the responder, read by the page's own process.
create table status_page_snapshots (
  service_id text primary key,
  snapshot json not null,
  revision bigint not null,
  -- Written again every minute while the snapshot still holds: how old a page may be is known by it.
  checked_at timestamptz not null
);

-- An update is on the page as soon as it is committed, whoever wrote it.
create function tell_status_page() returns trigger language plpgsql as $$
begin
  perform pg_notify('public_updates', '');
  return null;
end $$;
create trigger updates_to_status_page after insert or update or delete on updates
  for each statement execute function tell_status_page();

-- What visitors of the status page ask for: its process writes the row, the responder does the work. Done rows are kept for a week.
create table status_page_wishes (
  id text primary key,
  service_id text not null,
  -- report
  kind text not null,
  wish jsonb not null,
  created_at timestamptz not null default clock_timestamp(),
  due_at timestamptz not null default clock_timestamp(),
  fence bigint not null default 0,
  lease_until timestamptz,
  done_at timestamptz
);
create index status_page_wishes_due on status_page_wishes (due_at) where done_at is null;

-- Who wants updates by e-mail. Whoever leaves is gone, with all that was still to be sent.
create table status_page_subscribers (
  id text primary key,
  service_id text not null,
  address text not null,
  language text not null,
  -- In links to confirm and to leave; who has it has the mailbox.
  token text not null unique,
  asked_at timestamptz not null default clock_timestamp(),
  confirmed_at timestamptz,
  unique (service_id, address)
);

-- Updates whose mails have been written as rows.
create table status_page_told (
  update_id text primary key references updates (id) on delete cascade
);

-- A mail to one subscriber. state: queued -> sending -> sent | failed.
create table status_page_mails (
  id text primary key,
  service_id text not null,
  subscriber_id text not null references status_page_subscribers (id) on delete cascade,
  -- Null: asks whether the address is really theirs.
  update_id text references updates (id) on delete cascade,
  state text not null default 'queued',
  attempts int not null default 0,
  due_at timestamptz not null default clock_timestamp(),
  fence bigint not null default 0,
  lease_until timestamptz,
  may_be_repeat boolean not null default false,
  last_error text,
  sent_at timestamptz,
  unique (subscriber_id, update_id)
);
create index status_page_mails_due on status_page_mails (due_at) where state in ('queued', 'sending');
