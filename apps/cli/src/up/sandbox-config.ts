import { z } from 'zod';

/** What the sandbox says of itself when it is ready. */
export const sandboxReadySchema = z.object({
  pid: z.number(),
  kubeconfig: z.string(),
  apiServer: z.string(),
  ingressUrl: z.string(),
  ingressHost: z.string(),
  mailbox: z.object({ smtpUrl: z.string(), httpUrl: z.string() }),
  control: z.object({ url: z.string(), token: z.string() }),
  traffic: z.object({ url: z.string() }),
  namespace: z.string(),
  tenants: z.array(z.object({ id: z.string(), name: z.string(), tokenFile: z.string() })),
  redis: z.boolean(),
  dependencies: z.object({ postgresUrlFile: z.string(), redisUrl: z.string().optional() }),
});
export type SandboxReady = z.infer<typeof sandboxReadySchema>;

export interface SandboxConfigInput {
  readonly sandbox: SandboxReady;
  readonly runbook: string;
  readonly port: number;
  readonly statusPagePort: number;
}

/** A login costs both sides more than anything else that is done at rest; a slow database still answers one within the limit. */
const ofDatabase = { intervalMs: 10_000, timeoutMs: 4000 };

function checksOf({ postgresUrlFile, redisUrl }: SandboxReady['dependencies']): readonly object[] {
  const postgres = { kind: 'postgres', subject: 'statefulset/postgres', urlFile: postgresUrlFile };
  const redis = { kind: 'redis', subject: 'deployment/redis', url: redisUrl };
  return [{ ...postgres, ...ofDatabase }, ...(redisUrl === undefined ? [] : [redis])];
}

const mail = (id: string) => [
  { channel: 'email', address: `${id}@oncall.tocsin.invalid` },
  { channel: 'inbox' },
];

const person = (id: string, name: string, role: string) => ({ id, name, role, contacts: mail(id) });

/** The responder's configuration for the reference platform in the sandbox: its people are roles, not persons. */
export function sandboxConfig({ sandbox, runbook, port, statusPagePort }: SandboxConfigInput): object {
  return {
    listen: { host: '127.0.0.1', port },
    kubeconfig: sandbox.kubeconfig,
    runbook,
    service: {
      id: 'multitenant-api',
      namespace: sandbox.namespace,
      deployment: 'multitenant-api',
      service: 'multitenant-api-service',
      podLabels: { app: 'multitenant-api' },
      podPort: 8080,
      dependencies: ['statefulset/postgres', ...(sandbox.redis ? ['deployment/redis'] : [])],
      checks: checksOf(sandbox.dependencies),
      probes: [{ target: 'data', url: `${sandbox.ingressUrl}/api/data`, host: sandbox.ingressHost }],
      tenants: sandbox.tenants.map(({ id, tokenFile }) => ({ id, tokenFile })),
      control: { url: sandbox.mailbox.httpUrl },
    },
    people: [
      person('primary', 'Primary on-call', 'approver'),
      person('secondary', 'Secondary on-call', 'approver'),
      person('database', 'Database administrator', 'approver'),
      person('security', 'Security engineer', 'approver'),
      person('management', 'Engineering management', 'responder'),
      person('executives', 'Executive leadership', 'responder'),
      { ...person('second-approver', 'Second approver (drill)', 'approver'), drill: true },
      { ...person('drill', 'Drill', 'admin'), drill: true },
    ],
    onCall: {
      '1': ['primary'],
      '2': ['secondary'],
      '3': ['management'],
      '4': ['executives'],
      'database-administrator': ['database'],
      'security-engineer': ['security'],
    },
    statusPage: {
      listen: { host: '127.0.0.1', port: statusPagePort },
      name: 'Reference platform',
      drills: true,
      reports: true,
      subscribers: true,
      components: [{ id: 'data', name: 'Data API', covers: { functions: ['data'] } }],
    },
    smtp: { url: sandbox.mailbox.smtpUrl, from: 'tocsin@tocsin.invalid' },
  };
}
