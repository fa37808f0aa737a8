import type { NetworkPolicyFact, ServiceFact } from '#facts';
import { identityOf, toEpochMs, type WireMeta } from './object-shape.ts';

export interface WireService {
  readonly metadata: WireMeta;
  readonly spec?: {
    readonly selector?: Readonly<Record<string, string>>;
    readonly clusterIP?: string;
    readonly ports?: readonly { readonly port?: number; readonly targetPort?: number | string }[];
  };
}

function targetPortNames(ports: WireServiceSpec['ports'] = []): readonly string[] {
  return ports.flatMap(({ targetPort }) => (typeof targetPort === 'string' ? [targetPort] : []));
}

type WireServiceSpec = NonNullable<WireService['spec']>;

function targetPorts(ports: WireServiceSpec['ports'] = []): readonly number[] {
  return ports.flatMap(({ port, targetPort }) => {
    const target = targetPort ?? port;
    return typeof target === 'number' ? [target] : [];
  });
}

/** What a Service says. */
export function serviceFact({ metadata, spec = {} }: WireService): ServiceFact {
  const { clusterIP = 'None' } = spec;
  return {
    ...identityOf(metadata),
    selector: spec.selector ?? {},
    clusterIp: clusterIP === '' || clusterIP === 'None' ? null : clusterIP,
    targetPorts: targetPorts(spec.ports),
    targetPortNames: targetPortNames(spec.ports),
  };
}

export interface WireNetworkPolicy {
  readonly metadata: WireMeta;
  readonly spec?: {
    readonly podSelector?: {
      readonly matchLabels?: Readonly<Record<string, string>>;
      readonly matchExpressions?: readonly unknown[];
    };
    readonly policyTypes?: readonly string[];
    readonly egress?: readonly unknown[] | null;
  };
}

type WirePolicySpec = NonNullable<WireNetworkPolicy['spec']>;

/** Without `policyTypes` it is Ingress, and Egress where there are rules for it, as the API defines it. */
function directionsOf({ policyTypes, egress }: WirePolicySpec): NetworkPolicyFact['directions'] {
  const types = policyTypes ?? ['Ingress', ...(egress === null || egress === undefined ? [] : ['Egress'])];
  return (['ingress', 'egress'] as const).filter((one) => types.some((type) => type.toLowerCase() === one));
}

/** Whom a NetworkPolicy shuts, and which way; its rules are read live when they matter. */
export function networkPolicyFact({ metadata, spec = {} }: WireNetworkPolicy): NetworkPolicyFact {
  const { matchLabels = {}, matchExpressions = [] } = spec.podSelector ?? {};
  return {
    ...identityOf(metadata),
    createdAt: toEpochMs(metadata.creationTimestamp) ?? 0,
    podSelector: matchExpressions.length > 0 ? null : matchLabels,
    directions: directionsOf(spec),
  };
}
