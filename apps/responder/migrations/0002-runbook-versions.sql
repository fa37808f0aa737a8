-- Plans are kept for every version that was ever seen, also for one that was never in use.
alter table plans rename column taken_into_use_at to stored_at;
-- Text of the NAME.bind.yaml that was read beside the document; null where there was none.
alter table plans add column sidecar text;

-- Life of the runbook's versions. One is in use; at most one stands beside it (offered or refused): what the file says.
create table runbook_versions (
  service_id text not null,
  hash text not null references plans (hash),
  status text not null check (status in ('in-use', 'offered', 'refused', 'superseded')),
  because text not null,
  -- The version in use that the changes are counted from; null for the first.
  compared_with text references plans (hash),
  changes jsonb not null,
  seen_at timestamptz not null,
  taken_at timestamptz,
  taken_by jsonb,
  primary key (service_id, hash)
);
create unique index runbook_one_in_use on runbook_versions (service_id) where status = 'in-use';
create unique index runbook_one_standing on runbook_versions (service_id) where status in ('offered', 'refused');
