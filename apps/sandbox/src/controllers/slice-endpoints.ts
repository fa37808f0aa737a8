import { isReady, type Endpoint, type EndpointSlice, type Pod, type Service, type ServicePort } from '#store';
import { isFinished, isTerminating } from './pod-facts.ts';

type SlicePorts = NonNullable<EndpointSlice['ports']>;

/** The backends of a Service: a pod on its way out is not ready from the first moment, though it may still serve. */
export function sliceEndpoints(
  pods: readonly Pod[],
  zoneOf: (nodeName: string) => string | undefined,
): Endpoint[] {
  const placed = pods.filter((pod) => pod.status?.podIP !== undefined && !isFinished(pod));
  return placed.map((pod) => {
    const { name, namespace, uid } = pod.metadata;
    const { nodeName } = pod.spec;
    const zone = nodeName === undefined ? undefined : zoneOf(nodeName);
    const serving = isReady(pod);
    const terminating = isTerminating(pod);
    return {
      addresses: [pod.status?.podIP ?? ''],
      conditions: { ready: serving && !terminating, serving, terminating },
      nodeName,
      targetRef: { kind: 'Pod', name, namespace, uid },
      zone,
    };
  });
}

/** The ports of the slice: target ports by number, names looked up in the pods' containers. */
export function slicePorts(service: Service, pods: readonly Pod[]): SlicePorts {
  return (service.spec.ports ?? []).flatMap((port) => {
    const number = targetPort(port, pods);
    return number === undefined ? [] : [{ name: port.name, port: number, protocol: port.protocol ?? 'TCP' }];
  });
}

function targetPort(
  { port, targetPort: target = port }: ServicePort,
  pods: readonly Pod[],
): number | undefined {
  if (typeof target === 'number') return target;
  const ports = pods.flatMap((pod) => pod.spec.containers.flatMap((container) => container.ports ?? []));
  return ports.find(({ name }) => name === target)?.containerPort;
}
