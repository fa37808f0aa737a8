-- Since when clients have been served again; null is what was meant before.
update incidents set snapshot = snapshot || '{"easedSince": null}'::jsonb;
