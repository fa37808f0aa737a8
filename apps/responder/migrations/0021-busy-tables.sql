-- Asked before every page: whether a summary to the same address gathers or is on its way, and what else waits for it.
create index messages_under_way on messages (person, channel, address) where state in ('queued', 'sending');
-- Room on each page for the next version of a row: most changes touch no index then, and what is dead is cleared on the way.
alter table incidents set (fillfactor = 50);
-- Queues are read from their oldest entry on: what is done must not lie there for long.
alter table timers set (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000);
alter table messages set (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000);
