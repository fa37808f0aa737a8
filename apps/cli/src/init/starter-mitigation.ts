import type { Answers } from './answers.ts';

/** The phase of mitigation: one branch for every kind of cause that the answers know of. */
export function mitigationOf(answers: Answers): string {
  return [
    '### Phase 4: Mitigation (30-60 minutes)\n',
    podBranch(answers),
    nodeBranch(answers),
    ...(answers.database === undefined ? [] : [databaseBranch(answers, answers.database)]),
  ].join('\n');
}

const podBranch = ({ namespace, service }: Answers): string => `#### If it's a Pod/Deployment Issue

\`\`\`bash {"name":"undo-rollout","tocsin-check":"no-rollout-running"}
# When a rollout began the outage: return to the previous release
kubectl rollout undo deployment/${service} -n ${namespace}
\`\`\`

\`\`\`bash {"name":"restart-deployment","tocsin-check":"no-rollout-running"}
# Otherwise: restart the deployment
kubectl rollout restart deployment/${service} -n ${namespace}
\`\`\`

\`\`\`bash {"name":"rollout-status","tocsin-purpose":"verify"}
# Follow it until it converged
kubectl rollout status deployment/${service} -n ${namespace} --timeout=5m
\`\`\`
`;

const nodeBranch = ({ namespace, service }: Answers): string => `#### If it's a Node Issue

\`\`\`bash {"name":"cordon-node"}
# Keep new pods off the affected node
kubectl cordon <node-name>
\`\`\`

\`\`\`bash {"name":"drain-node","tocsin-check":"fleet-healthy","tocsin-approvals":"2","tocsin-timeout":"90s"}
# Move its pods elsewhere
kubectl drain <node-name> --ignore-daemonsets --delete-emptydir-data --timeout=60s
\`\`\`

\`\`\`bash {"name":"node-replacements","tocsin-purpose":"verify"}
# Are the replacements up, on other nodes?
kubectl get pods -n ${namespace} -l app=${service} -o wide
\`\`\`

\`\`\`bash {"name":"uncordon-node","tocsin-undo-of":"cordon-node"}
# Let pods onto the node again, once it is sound
kubectl uncordon <node-name>
\`\`\`
`;

const databaseBranch = ({ namespace }: Answers, database: string): string => `#### If it's a Database Issue

\`\`\`bash {"name":"database-state"}
# State of the database
kubectl get ${database} -n ${namespace}

# Its logs, before a restart can lose them
kubectl logs -n ${namespace} ${database} --tail=100
\`\`\`

\`\`\`bash {"name":"restart-database","tocsin-check":"no-rollout-running","tocsin-approvals":"2","tocsin-timeout":"5m"}
# Restart the database, as the last resort
kubectl rollout restart ${database} -n ${namespace}
\`\`\`

\`\`\`bash {"name":"database-status","tocsin-purpose":"verify"}
# Follow the restart until it converged
kubectl rollout status ${database} -n ${namespace} --timeout=5m
\`\`\`
${database.startsWith('statefulset/') ? '' : undoOf(database, namespace)}`;

const undoOf = (database: string, namespace: string): string => `
\`\`\`bash {"name":"database-undo","tocsin-undo-of":"restart-database"}
# Return to the pods of before
kubectl rollout undo ${database} -n ${namespace}
\`\`\`
`;
