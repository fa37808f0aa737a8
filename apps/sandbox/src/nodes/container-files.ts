import fs from 'node:fs/promises';
import path from 'node:path';
import type { Container, Pod } from '#store';
import type { ContainerRun } from './image-program.ts';

/** The directory of a pod's own: working directory of its containers and its emptyDir volumes. */
export function podDirectory(stateDir: string, pod: Pod): string {
  return path.join(stateDir, 'pods', pod.metadata.uid ?? pod.metadata.name);
}

/** Makes the directories of a container and says where its paths live on this machine. */
export async function containerFiles(
  stateDir: string,
  pod: Pod,
  container: Container,
): Promise<Pick<ContainerRun, 'workDir' | 'hostPath'>> {
  const own = podDirectory(stateDir, pod);
  const workDir = path.join(own, container.name);
  await fs.mkdir(workDir, { recursive: true, mode: 0o755 });
  const mounts = (container.volumeMounts ?? []).map(({ name, mountPath }) => ({
    mountPath,
    directory: volumeDirectory(stateDir, pod, name),
  }));
  for (const { directory } of mounts) await fs.mkdir(directory, { recursive: true, mode: 0o755 });
  const byLength = mounts.toSorted((a, b) => b.mountPath.length - a.mountPath.length);
  return {
    workDir,
    hostPath(containerPath) {
      const mount = byLength.find(
        ({ mountPath }) => containerPath === mountPath || containerPath.startsWith(`${mountPath}/`),
      );
      if (mount === undefined) return path.join(workDir, containerPath);
      return path.join(mount.directory, containerPath.slice(mount.mountPath.length));
    },
  };
}

function volumeDirectory(stateDir: string, pod: Pod, name: string): string {
  const claim = pod.spec.volumes?.find((volume) => volume.name === name)?.persistentVolumeClaim?.claimName;
  if (claim === undefined) return path.join(podDirectory(stateDir, pod), 'volumes', name);
  return path.join(stateDir, 'volumes', pod.metadata.namespace ?? 'default', claim);
}
