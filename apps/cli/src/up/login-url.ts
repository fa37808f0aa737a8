/** The one-time login link of a person, or of the first one when that person is unknown; null without any. */
export function loginUrl(links: readonly { person: string; url: string }[], person: string): string | null {
  return (links.find((one) => one.person === person) ?? links[0])?.url ?? null;
}
