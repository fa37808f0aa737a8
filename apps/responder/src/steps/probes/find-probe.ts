import type { StepsProbe } from '../ports.ts';

/** The url among arguments, or null. */
export function urlOf(words: readonly string[]): URL | null {
  for (const word of words) {
    const text = word.replace(/^--url=/, '').replaceAll(/^["']|["']$/g, '');
    if (/^https?:\/\//.test(text) && URL.canParse(text)) return new URL(text);
  }
  return null;
}

/**
 * The outside probe that asks the same as a url of the document: same path, else the same origin's base with that path.
 * No request leaves for a host that is not a configured target: only the probe's own address is used.
 */
export function findProbe(
  probes: readonly StepsProbe[],
  url: URL,
): { probe: StepsProbe; url: string } | null {
  const same = probes.find((probe) => new URL(probe.url).pathname === url.pathname);
  if (same !== undefined) return { probe: same, url: same.url };
  const [first] = probes;
  if (first === undefined) return null;
  const own = new URL(first.url);
  own.pathname = url.pathname;
  own.search = url.search;
  return { probe: first, url: own.href };
}
