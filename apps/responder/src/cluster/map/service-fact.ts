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

/** What a NetworkPolicy says; its rules are read live when they matter. */
export function networkPolicyFact({ metadata }: { readonly metadata: WireMeta }): NetworkPolicyFact {
  return { ...identityOf(metadata), createdAt: toEpochMs(metadata.creationTimestamp) ?? 0 };
}
