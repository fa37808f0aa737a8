type Json = Record<string, unknown>;

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What readers of the frozen schema rely on and the present one no longer promises. Texts for people do not count. */
export function lostPromises(frozen: unknown, present: unknown, place = '#'): string[] {
  if (Array.isArray(frozen)) return lostItems(frozen, present, place);
  if (!isObject(frozen)) return Object.is(frozen, present) ? [] : [place];
  if (!isObject(present)) return [place];
  return Object.entries(frozen).flatMap(([key, value]) => {
    const isText = typeof value === 'string' && ['description', 'title'].includes(key);
    return isText ? [] : lostPromises(value, present[key], `${place}/${key}`);
  });
}

/** `required` and `enum` may gain; other lists, such as `anyOf`, keep their members in order. */
function lostItems(frozen: unknown[], present: unknown, place: string): string[] {
  if (!Array.isArray(present)) return [place];
  const isSet = place.endsWith('/required') || place.endsWith('/enum');
  return frozen.flatMap((item, index) =>
    isSet
      ? lostPromises(item, present.includes(item) ? item : undefined, `${place}/${String(item)}`)
      : lostPromises(item, present[index], `${place}/${index}`),
  );
}
