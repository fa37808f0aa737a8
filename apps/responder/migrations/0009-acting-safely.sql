-- Since when clients have been served again; null is what was meant before.
update incidents set snapshot = snapshot || '{"easedSince": null}'::jsonb;

-- One change at a time on a target, whichever incident it belongs to; `destroy/SERVICE` stands for the one destructive change of a service.
create table changes_under_way (
  target text primary key,
  incident_id text not null references incidents (id),
  step_id text not null,
  since timestamptz not null default clock_timestamp()
);

-- The switch that stops every change; the newest row says how it stands, the others are its record.
create table hands_off (
  id bigint generated always as identity primary key,
  is_on boolean not null,
  by jsonb not null,
  reason text not null,
  at timestamptz not null default clock_timestamp()
);
