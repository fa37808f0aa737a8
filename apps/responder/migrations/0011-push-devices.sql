-- Browsers that a person wants to be woken by: contact methods of theirs beside those of the team's document.
create table push_devices (
  -- As contacts name it: `push:ID`.
  id text primary key,
  person text not null,
  endpoint text not null unique,
  p256dh text not null,
  auth text not null,
  created_at timestamptz not null default clock_timestamp(),
  changed_at timestamptz not null default clock_timestamp(),
  -- When the push service said that it is no more; such a device is no way to be reached.
  gone_at timestamptz
);
create index push_devices_person on push_devices (person);
