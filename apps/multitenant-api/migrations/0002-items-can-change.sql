-- The previous release names its columns and knows nothing of these: defaults serve it.
ALTER TABLE items ADD COLUMN version int NOT NULL DEFAULT 1;
ALTER TABLE items ADD COLUMN updated_at timestamptz NOT NULL DEFAULT now();
GRANT UPDATE (name, value, version, updated_at), DELETE ON items TO {role};
