/** How a person said it, as an event keeps it; nothing when it was in the console or by the API. */
export function saidVia(via: string | undefined): { readonly via?: string } {
  return via === undefined ? {} : { via };
}
