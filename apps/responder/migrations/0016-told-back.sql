-- What is told to the system that raised an alert: a silence there while somebody works on the incident.
-- state: queued -> told -> ending -> ended; failed when it was refused; ended at once when nobody needs it any more.
create table told_back (
  id text primary key,
  service_id text not null,
  incident_id text not null,
  sender text not null,
  name text not null,
  labels jsonb not null,
  said_by text not null,
  said text not null,
  state text not null default 'queued',
  silence_id text,
  attempts int not null default 0,
  due_at timestamptz not null,
  fence bigint not null default 0,
  lease_until timestamptz,
  last_error text
);
create index told_back_due on told_back (due_at) where state in ('queued', 'ending');
create index told_back_incident on told_back (incident_id) where state in ('queued', 'told');
