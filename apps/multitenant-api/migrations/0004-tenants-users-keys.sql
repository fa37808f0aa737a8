-- A tenant's own row is made when it first writes a user or a key; its items need none, as in the release before.
CREATE TABLE tenants (
  tenant text PRIMARY KEY DEFAULT current_setting('app.tenant'),
  name text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE users (
  tenant text NOT NULL DEFAULT current_setting('app.tenant') REFERENCES tenants,
  id text NOT NULL,
  email text NOT NULL,
  role text NOT NULL CHECK (role IN ('viewer', 'member', 'admin')),
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant, id)
);
CREATE UNIQUE INDEX users_email ON users (tenant, lower(email));
CREATE TABLE api_keys (
  tenant text NOT NULL DEFAULT current_setting('app.tenant') REFERENCES tenants,
  id text NOT NULL,
  name text NOT NULL,
  secret_hash bytea NOT NULL,
  scopes text[] NOT NULL,
  created_by text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz,
  revoked_at timestamptz,
  PRIMARY KEY (tenant, id)
);
ALTER TABLE tenants ENABLE ROW LEVEL SECURITY;
ALTER TABLE tenants FORCE ROW LEVEL SECURITY;
CREATE POLICY tenants_own ON tenants
  USING (tenant = current_setting('app.tenant', true))
  WITH CHECK (tenant = current_setting('app.tenant', true));
ALTER TABLE users ENABLE ROW LEVEL SECURITY;
ALTER TABLE users FORCE ROW LEVEL SECURITY;
CREATE POLICY users_of_tenant ON users
  USING (tenant = current_setting('app.tenant', true))
  WITH CHECK (tenant = current_setting('app.tenant', true));
ALTER TABLE api_keys ENABLE ROW LEVEL SECURITY;
ALTER TABLE api_keys FORCE ROW LEVEL SECURITY;
CREATE POLICY api_keys_of_tenant ON api_keys
  USING (tenant = current_setting('app.tenant', true))
  WITH CHECK (tenant = current_setting('app.tenant', true));
GRANT SELECT, INSERT ON tenants TO {role};
GRANT UPDATE (name) ON tenants TO {role};
GRANT SELECT, INSERT, DELETE ON users TO {role};
GRANT UPDATE (email, role) ON users TO {role};
GRANT SELECT, INSERT ON api_keys TO {role};
GRANT UPDATE (revoked_at) ON api_keys TO {role};
