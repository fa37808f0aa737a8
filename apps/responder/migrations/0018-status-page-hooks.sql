-- Programs of subscribers that updates are posted to. The row is the queue: a target has one post at a time, in order, and waits for
-- itself alone. Whoever leaves is gone, with all that was still to be posted.
create table status_page_hooks (
  id text primary key,
  service_id text not null,
  -- webhook, slack
  kind text not null,
  url text not null,
  language text not null,
  -- In links to confirm and to leave; who has it has the target.
  token text not null unique,
  -- What its requests are signed with; told to the target alone.
  secret text not null,
  asked_at timestamptz not null default clock_timestamp(),
  confirmed_at timestamptz,
  -- Attempts in a row that failed.
  failures int not null default 0,
  -- Since when it says that it wants nothing, without a success in between.
  refused_since timestamptz,
  -- There are posts for it.
  waiting boolean not null default false,
  due_at timestamptz not null default clock_timestamp(),
  fence bigint not null default 0,
  lease_until timestamptz,
  unique (service_id, url)
);
create index status_page_hooks_due on status_page_hooks (due_at) where waiting;

-- Updates whose posts have been written as rows.
create table status_page_hook_told (
  update_id text primary key references updates (id) on delete cascade
);

-- A post to one of them. state: queued -> sending -> sent | failed.
create table status_page_posts (
  id text primary key,
  hook_id text not null references status_page_hooks (id) on delete cascade,
  -- Null: asks whether it wants updates at all.
  update_id text references updates (id) on delete cascade,
  turn bigint generated always as identity,
  state text not null default 'queued',
  attempts int not null default 0,
  created_at timestamptz not null default clock_timestamp(),
  may_be_repeat boolean not null default false,
  last_error text,
  sent_at timestamptz,
  unique (hook_id, update_id)
);
create index status_page_posts_next on status_page_posts (hook_id, turn) where state in ('queued', 'sending');

-- Targets that were forgotten because they refused, and why. Not their urls: those are secrets.
create table status_page_hook_removals (
  hook_id text primary key,
  service_id text not null,
  kind text not null,
  host text not null,
  reason text not null,
  removed_at timestamptz not null default clock_timestamp()
);
