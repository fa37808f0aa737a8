import path from 'node:path';
import { findProgram } from './find-program.ts';
import { commandBeside, type ImageProgram } from './image-program.ts';

/** An image, or why it cannot be had. */
export type ResolvedImage = { program: ImageProgram } | { pullError: string };

/** Finds the program of an image reference. */
export type ImageTable = (image: string) => ResolvedImage;

const RELEASE = /^v?\d+(\.\d+)*(-alpine)?$/;
/** Releases of the API that should not have been made, by tag: what each has that the good ones have not. */
const BAD_RELEASES: Record<string, string> = { '0.2.0': 'leak-memory.ts', '0.3.0': 'leak-connections.ts' };

/** What debug pods are made of: `sh` and whatever else this machine has. */
const shells = ['alpine', 'busybox', 'nicolaka/netshoot'];

/** Where the programs behind the images come from. */
export interface ImageSources {
  repositoryRoot: string;
  /** Directory of compiled JavaScript, shared between containers. */
  compiled: string;
  postgres: ImageProgram;
}

/**
 * The images of the sandbox: `tocsin/multitenant-api`, `postgres`, `redis`, `node` and those of debug pods, by release
 * tags only, so that a wrong tag cannot be pulled here either.
 */
export function imageTable({ repositoryRoot, compiled, postgres }: ImageSources): ImageTable {
  const apiEntry = path.join(repositoryRoot, 'apps/multitenant-api/src/main.ts');
  const releases = path.join(repositoryRoot, 'apps/sandbox/src/releases');
  const apiArgs = (tag: string): string[] => {
    const bad = BAD_RELEASES[tag];
    return bad === undefined ? [apiEntry] : ['--import', path.join(releases, bad), apiEntry];
  };
  const known: Record<string, (tag: string) => ResolvedImage> = {
    'tocsin/multitenant-api': (tag) => ({ program: nodeImage(apiArgs(tag), compiled) }),
    'tocsin/reporting': () => ({
      program: nodeImage([path.join(releases, 'reporting.ts')], compiled),
    }),
    node: () => ({ program: nodeImage([], compiled) }),
    postgres: () => ({ program: postgres }),
    redis: redisImage,
    ...Object.fromEntries(shells.map((name) => [name, () => ({ program: shellImage })])),
  };
  return (image) => {
    const [name = '', tag = 'latest'] = image.replace(/^docker\.io\/(library\/)?/, '').split(':');
    const released = RELEASE.test(tag) || (tag === 'latest' && shells.includes(name));
    const found = released ? known[name]?.(tag) : undefined;
    const reference = `docker.io/${name.includes('/') ? name : `library/${name}`}:${tag}`;
    return found ?? { pullError: `failed to pull and unpack image "${reference}": ${reference}: not found` };
  };
}

function nodeImage(entry: readonly string[], compiled: string): ImageProgram {
  return {
    stopSignal: 'SIGTERM',
    prepare: async ({ args, env, workDir }) => ({
      argv: [process.execPath, ...entry, ...args],
      // Compiled code is shared between the pods: each starts sooner and is smaller.
      env: { PATH: path.dirname(process.execPath), NODE_COMPILE_CACHE: compiled, ...env },
      cwd: workDir,
    }),
  };
}

const shellImage: ImageProgram = {
  stopSignal: 'SIGTERM',
  commandOf: (args) => (args.length === 0 ? ['sh'] : args),
  prepare: () => Promise.reject(new Error('an image of debug pods has no program of its own')),
};

function redisImage(): ResolvedImage {
  const server = findProgram('redis-server');
  if (server === undefined)
    return {
      pullError: 'no redis-server on this machine; install it (Debian: apt-get install redis-server)',
    };
  return {
    program: {
      stopSignal: 'SIGTERM',
      commandOf: commandBeside('redis-server'),
      prepare: async ({ args, env, podIp, workDir }) => ({
        argv: [server, '--bind', podIp, '--dir', workDir, '--protected-mode', 'no', ...args],
        env,
        cwd: workDir,
      }),
    },
  };
}
