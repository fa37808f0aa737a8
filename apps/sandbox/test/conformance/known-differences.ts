import type { Difference } from './compare.ts';

/** A difference that is meant or put up with; docs/sandbox.md says why, under the same id. */
export interface KnownDifference {
  id: string;
  /** Transcripts that have it. */
  transcripts: RegExp;
  differences: RegExp;
  /** Who of two programs is first decides whether it is met. */
  byChance?: boolean;
}

/** The list that docs/sandbox.md holds in words. */
export const knownDifferences: readonly KnownDifference[] = [
  { id: 'explain', transcripts: /^explain-/, differences: /./ },
  { id: 'server-side-apply', transcripts: /^apply-dry-run-server-ssa/, differences: /./ },
  {
    id: 'metrics',
    transcripts: /^top-|^api-resources$/,
    differences: /^exit code 1 became 0$|Metrics API not available|^stdout \+ NAME/,
  },
  { id: 'version', transcripts: /^version$/, differences: /^stdout [-+] Server Version: v1\.34\.9/ },
  { id: 'no-openid', transcripts: /^auth-can-i-list$/, differences: /^stdout - \[\/(\.well-known|openid)/ },
  { id: 'readyz', transcripts: /^readyz$/, differences: /^stdout - \[\+\]/ },
  {
    id: 'no-service-account-volume',
    transcripts: /^(get|describe)-pods/,
    differences:
      /olumeMounts|volumes|- (Type|TokenExpirationSeconds|ConfigMapName|ConfigMapOptional|DownwardAPI)$/,
  },
  { id: 'no-images', transcripts: /^get-nodes-json$/, differences: /status\.images/ },
  {
    id: 'endpoint-hostname',
    transcripts: /^get-endpointslices-yaml$/,
    differences: /endpoints\[\]\.hostname$/,
  },
  { id: 'event-action', transcripts: /^get-events-json$/, differences: /items\[\]\.action$/ },
  {
    id: 'platform',
    transcripts: /^(get|describe)-(pods|deployment|networkpolicies)/,
    differences:
      /annotations$|fieldRef|preStop|secretKeyRef\.optional$|\+ (\S*command\[\]|Command|NamespaceSelector)$/,
  },
  {
    id: 'early-close',
    transcripts: /^get-events$/,
    differences: /^exit code 141 became/,
    byChance: true,
  },
  {
    id: 'attach-from-the-start',
    transcripts: /^run-debug-/,
    differences: /If you don't see a command prompt/,
  },
  { id: 'attach-ends', transcripts: /^run-debug-psql-(no-)?tty$/, differences: /./ },
  {
    id: 'refused',
    transcripts: /^run-debug-psql-fails$/,
    differences: /Connection (timed out|refused)|Is the server running/,
  },
  {
    id: 'three-nodes',
    transcripts: /^drain-blocked-by-pdb$/,
    differences: /pending pods in node|unable to drain node|^stdout \+ pod\/POD evicted$/,
  },
  { id: 'service-names', transcripts: /^run-debug-psql-no-dns$/, differences: /./ },
  { id: 'own-programs', transcripts: /^(exec|run-debug-shell)$/, differences: /./ },
];

/** The differences that nothing known explains; ids of those that do are added to `seen`. */
export function unexplained(
  transcript: string,
  differences: readonly Difference[],
  seen: Set<string>,
): Difference[] {
  return differences.filter((difference) => {
    const known = knownDifferences.filter(
      (one) => one.transcripts.test(transcript) && one.differences.test(difference),
    );
    for (const { id } of known) seen.add(id);
    return known.length === 0;
  });
}
