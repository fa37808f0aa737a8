-- What was told, to which audience, of which incident. One row an update; who has to get it is a row of its own.
create table updates (
  id text primary key,
  incident_id text not null references incidents (id),
  -- internal, status-page, customers, executives
  audience text not null,
  -- As a status page says it: investigating, identified, monitoring, resolved.
  status text not null,
  -- Markdown, as it was sent.
  body text not null,
  -- The actor: {kind, id, name}.
  by jsonb not null,
  drill boolean not null default false,
  at timestamptz not null,
  next_due_at timestamptz
);
create index updates_of_incident on updates (incident_id, at);
create index updates_of_audience on updates (audience, at);
