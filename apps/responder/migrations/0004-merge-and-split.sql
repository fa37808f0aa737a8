-- Split off by a person: detection follows the incident that it came from.
alter table incidents add column detached boolean not null default false;
drop index incidents_one_open;
create unique index incidents_one_open on incidents (service_id)
  where status in ('open', 'mitigated', 'verified') and not detached;
update incidents set snapshot = snapshot
  || '{"detached": false, "splitFrom": null, "mergedInto": null, "merged": []}'::jsonb;
