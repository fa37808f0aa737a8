-- A tenant's own page behind a signed link. The public snapshot names no tenant: each has a row of its own.
create table status_page_tenants (
  service_id text not null,
  tenant text not null,
  -- Null until the responder has written the first one.
  page jsonb,
  -- Links of an older version have ended.
  links int not null default 1,
  changed_at timestamptz not null default clock_timestamp(),
  primary key (service_id, tenant)
);
