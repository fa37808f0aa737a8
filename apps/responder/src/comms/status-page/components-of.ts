import type { ComponentConfig } from '@tocsin/contract';

/** The components that are configured; else one a probed function, named after it. */
export function componentsOf(
  configured: readonly ComponentConfig[] | undefined,
  functions: readonly string[],
): readonly ComponentConfig[] {
  if (configured !== undefined) return configured;
  return [...new Set(functions)].map((name) => ({
    id: idOf(name),
    name: title(name),
    covers: { functions: [name], services: [], zones: [] },
  }));
}

/** Functions that no probe measures: a mistake in the configuration, said at the start. */
export function unknownFunctions(
  components: readonly ComponentConfig[],
  functions: readonly string[],
): readonly { readonly component: string; readonly function: string }[] {
  return components.flatMap(({ id, covers }) =>
    covers.functions
      .filter((name) => !functions.includes(name))
      .map((name) => ({ component: id, function: name })),
  );
}

function idOf(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
}

function title(name: string): string {
  const words = name.replaceAll(/[-_]+/g, ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
