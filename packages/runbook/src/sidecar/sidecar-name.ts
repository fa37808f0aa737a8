/** The name of the file of bindings that lies beside a runbook: `outage.md` has `outage.bind.yaml`. */
export function sidecarName(file: string): string {
  return `${file.replace(/\.(?:md|markdown)$/i, '')}.bind.yaml`;
}
