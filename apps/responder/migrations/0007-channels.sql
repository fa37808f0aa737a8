-- Made once and kept: what signs links.
create table kept_secrets (
  name text primary key,
  value text not null,
  created_at timestamptz not null default clock_timestamp()
);
-- What the provider told of a message that it took: `rang 03:02:11, answered 03:02:19`.
alter table messages add column told text;
-- When a message's turn comes, milliseconds after its page; null: only when another way has failed (state 'reserve').
-- New states: 'reserve' waits for a failure of another way; 'skipped' had its turn when the page was acknowledged.
alter table messages add column after_ms int default 0;
create index messages_page on messages (page_id);
-- Many pages to one address at once: the first goes out, the others are 'held' and go out together in a message of the kind 'summary';
-- its outcome is written to each of them. At most one summary of an address gathers at a time.
alter table messages add column kind text not null default 'page';
alter table messages add column admitted_at timestamptz;
alter table messages add column summary_id text references messages (id);
create unique index messages_gathering on messages (person, channel, address)
  where kind = 'summary' and state = 'queued' and attempts = 0;
create index messages_summary on messages (summary_id) where summary_id is not null;
-- When an address got its last message, and how many there were in short order.
create table message_pace (
  target text primary key,
  sent_at timestamptz not null,
  streak int not null
);
-- Messages of the kinds 'code' (verifies a contact) and 'synthetic' (watches the way itself) are about no incident.
alter table messages alter column incident_id drop not null;
-- Codes that were sent, and what they verified. A contact as rules name it: `sms:NUMBER`.
create table contact_verifications (
  person text not null,
  contact text not null,
  code_hash text,
  sent_at timestamptz,
  expires_at timestamptz,
  tries int not null default 0,
  verified_at timestamptz,
  primary key (person, contact)
);
