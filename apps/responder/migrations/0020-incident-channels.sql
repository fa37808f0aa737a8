-- What was asked of Slack and not answered yet: after a death it is looked for before it is asked again.
alter table slack_rooms
  add column asked_name text,
  add column asked_at timestamptz,
  add column summary_asked boolean not null default false,
  -- asked, then the message's timestamp
  add column last_word text,
  -- Links that are bookmarked.
  add column bookmarked text[] not null default '{}',
  -- `activeSince` of the incident that this channel is for, epoch milliseconds; 0 before it was ever opened again.
  add column made_for bigint not null default 0,
  -- Channels that were archived before the incident was opened again: a bot cannot bring one back.
  add column previous text[] not null default '{}';
