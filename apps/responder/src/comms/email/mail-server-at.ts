/** How every connection to a mail server is made. `stageMs`: how long it may take for each answer, milliseconds. */
export function mailServerAt(url: string, stageMs: number) {
  return {
    url,
    connectionTimeout: stageMs,
    greetingTimeout: stageMs,
    socketTimeout: stageMs,
    dnsTimeout: stageMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  } as const;
}
