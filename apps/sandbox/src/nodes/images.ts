import fs from 'node:fs';
import path from 'node:path';
import type { ImageProgram } from './image-program.ts';
import { postgresImage } from './postgres-image.ts';

/** An image, or why it cannot be had. */
export type ResolvedImage = { program: ImageProgram } | { pullError: string };

/** Finds the program of an image reference. */
export type ImageTable = (image: string) => ResolvedImage;

const RELEASE = /^v?\d+(\.\d+)*(-alpine)?$/;
/** Releases of the API that should not have been made, by tag: what each has that the good ones have not. */
const BAD_RELEASES: Record<string, string> = { '0.2.0': 'leak-memory.ts', '0.3.0': 'leak-connections.ts' };

/**
 * The images of the sandbox: `tocsin/multitenant-api`, `postgres`, `redis` and `node`, by release tags only, so that a
 * wrong tag cannot be pulled here either.
 */
export function imageTable(repositoryRoot: string, compileCacheDir: string): ImageTable {
  const apiEntry = path.join(repositoryRoot, 'apps/multitenant-api/src/main.ts');
  const releases = path.join(repositoryRoot, 'apps/sandbox/src/releases');
  const apiArgs = (tag: string): string[] => {
    const bad = BAD_RELEASES[tag];
    return bad === undefined ? [apiEntry] : ['--import', path.join(releases, bad), apiEntry];
  };
  const known: Record<string, (tag: string) => ResolvedImage> = {
    'tocsin/multitenant-api': (tag) => ({ program: nodeImage(apiArgs(tag), compileCacheDir) }),
    'tocsin/reporting': () => ({
      program: nodeImage([path.join(releases, 'reporting.ts')], compileCacheDir),
    }),
    node: () => ({ program: nodeImage([], compileCacheDir) }),
    postgres: () => ({ program: postgresImage }),
    redis: redisImage,
  };
  return (image) => {
    const [name = '', tag = 'latest'] = image.replace(/^docker\.io\/(library\/)?/, '').split(':');
    const found = RELEASE.test(tag) ? known[name]?.(tag) : undefined;
    const reference = `docker.io/${name.includes('/') ? name : `library/${name}`}:${tag}`;
    return found ?? { pullError: `failed to pull and unpack image "${reference}": ${reference}: not found` };
  };
}

function nodeImage(entry: readonly string[], compileCacheDir: string): ImageProgram {
  return {
    stopSignal: 'SIGTERM',
    prepare: ({ args, env, workDir }) =>
      Promise.resolve({
        argv: [process.execPath, ...entry, ...args],
        // Compiled code is shared between the pods: each starts sooner and is smaller.
        env: { PATH: path.dirname(process.execPath), NODE_COMPILE_CACHE: compileCacheDir, ...env },
        cwd: workDir,
      }),
  };
}

/** Full path of a program on PATH, undefined when there is none. */
export function findProgram(name: string): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  return folders.map((folder) => path.join(folder, name)).find((file) => fs.existsSync(file));
}

function redisImage(): ResolvedImage {
  const server = findProgram('redis-server');
  if (server === undefined) {
    return {
      pullError: 'no redis-server on this machine; install it (Debian: apt-get install redis-server)',
    };
  }
  return {
    program: {
      stopSignal: 'SIGTERM',
      prepare: ({ args, env, podIp, workDir }) =>
        Promise.resolve({
          argv: [server, '--bind', podIp, '--dir', workDir, '--protected-mode', 'no', ...args],
          env,
          cwd: workDir,
        }),
    },
  };
}
