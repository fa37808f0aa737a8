-- What a POST with an Idempotency-Key answered, for as long as it may be repeated.
CREATE TABLE idempotency_keys (
  tenant text NOT NULL DEFAULT current_setting('app.tenant'),
  caller text NOT NULL,
  key text NOT NULL,
  request_hash text NOT NULL,
  etag text NOT NULL,
  answer text NOT NULL,
  expires_at timestamptz NOT NULL,
  PRIMARY KEY (tenant, caller, key)
);
CREATE INDEX idempotency_keys_expiring ON idempotency_keys (tenant, expires_at);
ALTER TABLE idempotency_keys ENABLE ROW LEVEL SECURITY;
ALTER TABLE idempotency_keys FORCE ROW LEVEL SECURITY;
CREATE POLICY idempotency_keys_of_tenant ON idempotency_keys
  USING (tenant = current_setting('app.tenant', true))
  WITH CHECK (tenant = current_setting('app.tenant', true));
GRANT SELECT, INSERT, UPDATE, DELETE ON idempotency_keys TO {role};
