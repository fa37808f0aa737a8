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

/** The environment, or why the container cannot be created, in the kubelet's words. */
export type EnvironmentResult = { env: Record<string, string> } | { error: string };

/**
 * The environment of a container: the variables of the namespace's Services first, then `envFrom`, then `env`, where
 * `$(NAME)` refers to what was defined before it and stays as it is when nothing was.
 */
export function buildEnvironment(container: Container, sources: EnvironmentSources): EnvironmentResult {
  const serviceEnv = sources.pod.spec.enableServiceLinks === false ? {} : serviceVariables(sources.services);
  const problems: string[] = [];
  const env = importedValues(container, sources, problems);
  for (const variable of container.env ?? []) {
    const value = valueOf(variable, sources, { ...serviceEnv, ...env });
    if (value.error !== undefined) problems.push(value.error);
    else if (value.text !== undefined) env[variable.name] = value.text;
  }
  const [problem] = problems;
  return problem === undefined ? { env: { ...serviceEnv, ...env } } : { error: problem };
}

function importedValues(
  container: Container,
  sources: EnvironmentSources,
  problems: string[],
): Record<string, string> {
  const env: Record<string, string> = {};
  for (const from of container.envFrom ?? []) {
    const values = allValues(from, sources);
    if (typeof values === 'string') problems.push(values);
    else for (const [key, value] of Object.entries(values)) env[(from.prefix ?? '') + key] = value;
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

type Value = { text?: string; error?: string };

function valueOf(variable: EnvVar, sources: EnvironmentSources, known: Record<string, string>): Value {
  const from = variable.valueFrom;
  if (from === undefined) return { text: expand(variable.value ?? '', known) };
  if (from.fieldRef !== undefined) return fieldValue(from.fieldRef.fieldPath, sources);
  if (from.secretKeyRef !== undefined) return keyValue('secret', from.secretKeyRef, sources);
  if (from.configMapKeyRef !== undefined) return keyValue('configmap', from.configMapKeyRef, sources);
  return { error: `env ${variable.name}: this kind of valueFrom is not implemented by the sandbox` };
}

function fieldValue(path: string, { pod, podIp, nodeIp }: EnvironmentSources): Value {
  const label = /^metadata\.(labels|annotations)\['(.+)'\]$/.exec(path);
  if (label !== null)
    return { text: pod.metadata[label[1] as 'labels' | 'annotations']?.[label[2] ?? ''] ?? '' };
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
  return text === undefined ? { error: `fieldPath ${path} is not implemented by the sandbox` } : { text };
}

type Source = 'secret' | 'configmap';

function keyValue(
  source: Source,
  { name = '', key, optional }: { name?: string; key: string; optional?: boolean },
  sources: EnvironmentSources,
): Value {
  const data = dataOf(source, name, sources);
  if (data === undefined) return optional === true ? {} : { error: `${source} "${name}" not found` };
  const text = data[key];
  if (text !== undefined) return { text };
  const holder = `${sources.pod.metadata.namespace ?? 'default'}/${name}`;
  const shown = source === 'secret' ? 'Secret' : 'ConfigMap';
  return optional === true ? {} : { error: `couldn't find key ${key} in ${shown} ${holder}` };
}

function allValues(
  from: NonNullable<Container['envFrom']>[number],
  sources: EnvironmentSources,
): Record<string, string> | string {
  const source: Source = from.secretRef === undefined ? 'configmap' : 'secret';
  const ref = from.secretRef ?? from.configMapRef;
  if (ref?.name === undefined) return {};
  const data = dataOf(source, ref.name, sources);
  if (data !== undefined) return data;
  return ref.optional === true ? {} : `${source} "${ref.name}" not found`;
}

function dataOf(
  source: Source,
  name: string,
  sources: EnvironmentSources,
): Record<string, string> | undefined {
  if (source === 'configmap') {
    const found = sources.configMap(name);
    return found === undefined ? undefined : (found.data ?? {});
  }
  const secret = sources.secret(name);
  if (secret === undefined) return undefined;
  const decoded = Object.entries(secret.data ?? {}).map(([key, value]) => [
    key,
    Buffer.from(value, 'base64').toString('utf8'),
  ]);
  return { ...(Object.fromEntries(decoded) as Record<string, string>), ...secret.stringData };
}
