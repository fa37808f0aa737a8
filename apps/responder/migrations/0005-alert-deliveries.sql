-- Deliveries of senders that were answered for and are not in `alerts` yet, as compressed JSON; they get there in the order of their ids.
create table alert_deliveries (
  id bigint generated always as identity primary key,
  service_id text not null,
  -- Alerts, words and malformed items in it.
  size int not null,
  body bytea not null
);
alter table alert_deliveries alter body set storage external;
