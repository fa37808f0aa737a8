-- Who has to get an update, and how far it has come: one row a target. Worked off as a queue a channel, so that one that hangs holds up no other.
create table update_deliveries (
  -- Of the update, with a number: the idempotency key.
  id text primary key,
  update_id text not null references updates (id),
  incident_id text not null,
  -- slack, incident-channel, teams, email, webhook; status-page: the row in updates is what it shows.
  channel text not null,
  address text not null,
  -- The customer that it is for.
  tenant text,
  subject text not null,
  -- queued, sending, sent, failed, skipped
  state text not null,
  attempts int not null default 0,
  due_at timestamptz not null,
  fence bigint not null default 0,
  lease_until timestamptz,
  may_be_repeat boolean not null default false,
  last_error text,
  receipt text,
  created_at timestamptz not null,
  sent_at timestamptz
);
create index update_deliveries_due on update_deliveries (channel, due_at) where state in ('queued', 'sending');
create index update_deliveries_of on update_deliveries (update_id);
-- What the leak rule found in it, and why a person sent it all the same.
alter table updates add column insisted jsonb;
