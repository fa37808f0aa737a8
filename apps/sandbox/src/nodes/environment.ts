import type { ConfigMap, Container, EnvVar, Pod, Secret, Service } from '#store';

/** Everything a container's environment may refer to. */
export interface EnvironmentSources {
  pod: Pod;
  podIp: string;
  nodeIp: string;
  services: readonly Service[];
  secret(name: string): Secret | undefined;
  configMap(name: string): ConfigMap | undefined;
}

/**
 * The environment of a container: the variables of the namespace's Services first, then `envFrom`, then `env`, where
 * `$(NAME)` refers to what was defined before it and stays as it is when nothing was. Throws, in the kubelet's words, why
 * the container cannot be created.
 */
export function buildEnvironment(container: Container, sources: EnvironmentSources): Record<string, string> {
  const env = sources.pod.spec.enableServiceLinks === false ? {} : serviceVariables(sources.services);
  for (const from of container.envFrom ?? []) {
    for (const [key, value] of Object.entries(allValues(from, sources)))
      env[(from.prefix ?? '') + key] = value;
  }
  for (const variable of container.env ?? []) {
    const value = valueOf(variable, sources, env);
    if (value !== undefined) env[variable.name] = value;
  }
  return env;
}

/** `NAME_SERVICE_HOST`, `NAME_SERVICE_PORT` and the link variables that Kubernetes sets for each Service. */
export function serviceVariables(services: readonly Service[]): Record<string, string> {
  const env: Record<string, string> = {};
  for (const { metadata, spec } of services) {
    const [first] = spec.ports ?? [];
    const ip = spec.clusterIP ?? '';
    if (first === undefined || ip === '' || ip === 'None') continue;
    const prefix = variableName(metadata.name);
    env[`${prefix}_SERVICE_HOST`] = ip;
    env[`${prefix}_SERVICE_PORT`] = String(first.port);
    env[`${prefix}_PORT`] = `tcp://${ip}:${first.port}`;
    for (const port of spec.ports ?? []) {
      if (port.name !== undefined)
        env[`${prefix}_SERVICE_PORT_${variableName(port.name)}`] = String(port.port);
      env[`${prefix}_PORT_${port.port}_TCP`] = `tcp://${ip}:${port.port}`;
      env[`${prefix}_PORT_${port.port}_TCP_ADDR`] = ip;
    }
  }
  return env;
}

function variableName(name: string): string {
  return name.toUpperCase().replaceAll('-', '_');
}

/** Replaces `$(NAME)` by a known variable; `$$(NAME)` stands for the text itself. */
export function expand(text: string, env: Readonly<Record<string, string>>): string {
  return text.replace(/\$\$|\$\(([^()\s]+)\)/g, (match, name: string | undefined) => {
    if (name === undefined) return '$';
    return env[name] ?? match;
  });
}

/** Undefined for what is optional and missing. */
function valueOf(
  { name, value = '', valueFrom: from }: EnvVar,
  sources: EnvironmentSources,
  known: Record<string, string>,
): string | undefined {
  if (from === undefined) return expand(value, known);
  if (from.fieldRef !== undefined) return fieldValue(from.fieldRef.fieldPath, sources);
  if (from.secretKeyRef !== undefined) return keyValue('Secret', from.secretKeyRef, sources);
  if (from.configMapKeyRef !== undefined) return keyValue('ConfigMap', from.configMapKeyRef, sources);
  throw new Error(`env ${name}: this kind of valueFrom is not implemented by the sandbox`);
}

function fieldValue(path: string, { pod, podIp, nodeIp }: EnvironmentSources): string {
  const label = /^metadata\.(labels|annotations)\['(.+)'\]$/.exec(path);
  if (label !== null) return pod.metadata[label[1] as 'labels' | 'annotations']?.[label[2] ?? ''] ?? '';
  const fields: Record<string, string | undefined> = {
    'metadata.name': pod.metadata.name,
    'metadata.namespace': pod.metadata.namespace,
    'metadata.uid': pod.metadata.uid,
    'spec.nodeName': pod.spec.nodeName,
    'spec.serviceAccountName': pod.spec.serviceAccountName ?? 'default',
    'status.podIP': podIp,
    'status.podIPs': podIp,
    'status.hostIP': nodeIp,
  };
  const text = fields[path];
  if (text === undefined) throw new Error(`fieldPath ${path} is not implemented by the sandbox`);
  return text;
}

type Source = 'Secret' | 'ConfigMap';

interface Reference {
  name?: string;
  optional?: boolean;
}

function keyValue(
  source: Source,
  ref: Reference & { key: string },
  sources: EnvironmentSources,
): string | undefined {
  const data = dataOf(source, ref, sources);
  const text = data?.[ref.key];
  if (text !== undefined || ref.optional === true) return text;
  const holder = `${sources.pod.metadata.namespace ?? 'default'}/${ref.name ?? ''}`;
  throw new Error(`couldn't find key ${ref.key} in ${source} ${holder}`);
}

function allValues(
  { secretRef, configMapRef }: NonNullable<Container['envFrom']>[number],
  sources: EnvironmentSources,
): Record<string, string> {
  const found =
    secretRef === undefined
      ? dataOf('ConfigMap', configMapRef ?? { optional: true }, sources)
      : dataOf('Secret', secretRef, sources);
  return found ?? {};
}

/** Undefined when it is optional and not there. */
function dataOf(
  source: Source,
  { name = '', optional }: Reference,
  sources: EnvironmentSources,
): Record<string, string> | undefined {
  const data = source === 'Secret' ? secretData(sources.secret(name)) : configData(sources.configMap(name));
  if (data === undefined && optional !== true) throw new Error(`${source.toLowerCase()} "${name}" not found`);
  return data;
}

function configData(found: ConfigMap | undefined): Record<string, string> | undefined {
  return found && { ...found.data };
}

function secretData(found: Secret | undefined): Record<string, string> | undefined {
  if (found === undefined) return undefined;
  const decoded = Object.entries(found.data ?? {}).map(([key, value]): [string, string] => [
    key,
    Buffer.from(value, 'base64').toString('utf8'),
  ]);
  return Object.fromEntries(decoded);
}
