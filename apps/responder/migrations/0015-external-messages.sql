-- Messages to somebody outside: their incident hears what became of them.
alter table notices add column incident_id text;
alter table notices add column external_call text;
