import { stringify } from 'yaml';
import type { Answers } from './answers.ts';
import { mitigationOf } from './starter-mitigation.ts';

/** A runbook to begin with, for one service: complete, and without a problem that lint knows. */
export function starterRunbook(answers: Answers): string {
  return [
    frontMatter(answers),
    `# Outage Runbook for ${answers.service}\n`,
    `What to do when \`${answers.service}\` is down or hurts its tenants. Tocsin runs this document: it reads the limits, windows and\nlevels below, runs every read by itself and asks before every change. Change it until it says what your team does.\n`,
    classification,
    detection(answers),
    team(answers),
    process(answers),
    mitigationOf(answers),
    recovery(answers),
    communication,
    contacts(answers),
    escalation,
    checklist,
  ].join('\n');
}

/** A name as YAML: quoted where it would be read as a number or a truth value. */
const scalar = (name: string): string => stringify(name).trim();

const frontMatter = ({ service, namespace }: Answers): string => `---
tocsin:
  service: ${scalar(service)}
  namespace: ${scalar(namespace)}
  placeholders:
    node-name: diagnosis
---
`;

const classification = `## Outage Classification

### Critical Outage (P0)
- Nobody is served: the service is completely unavailable
- Data integrity is at risk
- A security breach was detected
- All tenants are affected

### Major Outage (P1)
- Several tenants are served badly
- A significant function is unavailable
- Performance suffers significantly

### Minor Outage (P2)
- Single tenants are served badly
- A non-critical function is unavailable
- Performance suffers slightly
`;

const detection = ({ database }: Answers): string => `## Outage Detection

### Automated Detection
- Failing health checks
- Error rate above the limit (>5%)
- Latency above the limit (>1s 95th percentile)
- Pods in a crash loop
${database === undefined ? '' : '- Database connections running out\n'}- Node failure

### Manual Detection
- Customer reports
- Anomalies on a monitoring dashboard
`;

const team = ({ database }: Answers): string => `## Incident Response Team

### Primary On-Call
- **Role**: Engineer on call
- **Responsibility**: First response and triage

### Secondary On-Call
- **Role**: Second engineer on call
- **Responsibility**: Support on escalation, second approval
${
  database === undefined
    ? ''
    : `
### Database Administrator
- **Role**: DBA
- **Responsibility**: Outages that come from the database
`
}`;

const process = (answers: Answers): string => `## Outage Response Process

### Phase 1: Acknowledgment (0-5 minutes)

1. **Acknowledge the alert**, on whatever channel it came
2. **Verify the outage** from a second source
3. **Classify the outage** by the severities above
4. **Notify the primary response team**

### Phase 2: Assessment (5-15 minutes)

1. **Check the platform**:
   \`\`\`bash
   # Overall health
   kubectl get pods -n ${answers.namespace} -l app=${answers.service} -o wide
   kubectl get nodes

   # Newest events last
   kubectl get events -n ${answers.namespace} --sort-by=.lastTimestamp | tail -20
   \`\`\`

2. **Check the service**:
   \`\`\`bash
   # Deployment
   kubectl get deployment ${answers.service} -n ${answers.namespace}

   # Addresses behind the service, and which of them are ready
   kubectl get endpointslices -n ${answers.namespace} -l kubernetes.io/service-name=${answers.service}
   \`\`\`

3. **Check the application's logs**:
   \`\`\`bash
   # Recent logs
   kubectl logs -n ${answers.namespace} -l app=${answers.service} --since=10m --tail=500 --prefix
   \`\`\`

### Phase 3: Isolation (15-30 minutes)

1. **Determine the scope**:
   - Which tenants are affected?
   - Which services are impacted?

2. **Check the infrastructure**:
   \`\`\`bash
   # Nodes and their zones
   kubectl get nodes -L topology.kubernetes.io/zone

   # Conditions of every node, down to the Ready row
   kubectl describe nodes | grep -A 8 "Conditions"
   \`\`\`
${dependencies(answers)}`;

function dependencies({ namespace, database, redis }: Answers): string {
  const parts = [
    ...(database === undefined ? [] : [`   # Database\n   kubectl get ${database} -n ${namespace}`]),
    ...(redis === undefined ? [] : [`   # Redis\n   kubectl get ${redis} -n ${namespace}`]),
  ];
  if (parts.length === 0) return '';
  return `\n3. **Check the dependencies**:\n   \`\`\`bash\n${parts.join('\n\n')}\n   \`\`\`\n`;
}

const recovery = ({ namespace, service, url }: Answers): string => `### Phase 5: Recovery (60+ minutes)

1. **Verify that the service is back**:
   \`\`\`bash
   # Pods
   kubectl get pods -n ${namespace} -l app=${service}
   \`\`\`
   \`\`\`bash {"name":"health","tocsin-probe":"health"}
   # Health, from outside
   curl --fail --max-time 10 ${url}
   \`\`\`

2. **Watch for stability**:
   - Observe the metrics for 15+ minutes
   - No error comes back
   - Performance is acceptable
`;

const communication = `## Communication Plan

### Internal Communication
- **Status updates**: Every 15 minutes while the incident is active

### External Communication
- **Customer status page**: Update every 30 minutes
`;

const contacts = ({ database }: Answers): string => `## Emergency Contacts

- **Primary On-Call**: on-call schedule \`primary-on-call\`
- **Secondary On-Call**: on-call schedule \`secondary-on-call\`
${database === undefined ? '' : '- **Database Administrator**: on-call schedule `database-administrator`\n'}`;

const escalation = `## Escalation Matrix

| Time Elapsed | Level | Action |
|--------------|-------|--------|
| 0-30 mins | L1 | Primary on-call engineer |
| 30+ mins | L2 | Secondary on-call engineer |
`;

const checklist = `## Checklist for Outage Resolution

- [ ] Incident acknowledged and classified
- [ ] Response team notified
- [ ] Scope of the outage determined
- [ ] Root cause identified
- [ ] Mitigation carried out
- [ ] Service restored
- [ ] Stability confirmed
- [ ] Action items defined
`;
