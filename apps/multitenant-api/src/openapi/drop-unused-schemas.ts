/** The part of an API description that this looks at. */
interface Description {
  components?: { schemas?: Record<string, unknown> };
}

/** Leaves out named schemas that nothing refers to: each schema is named twice, as what is sent and as what is answered. */
export function dropUnusedSchemas(description: object): object {
  const { components = {} } = description as Description;
  const { schemas = {} } = components;
  const text = JSON.stringify(description);
  const used = Object.entries(schemas).filter(([name]) => text.includes(`"#/components/schemas/${name}"`));
  const smaller = { ...description, components: { ...components, schemas: Object.fromEntries(used) } };
  return used.length === Object.keys(schemas).length ? smaller : dropUnusedSchemas(smaller);
}
