/** What a starter runbook and configuration are made from. */
export interface Answers {
  /** Name of the deployment and of the service in front of it. */
  service: string;
  namespace: string;
  /** Address that is probed from outside. */
  url: string;
  /** Workloads as `statefulset/postgres`; absent: there is none. */
  database?: string;
  redis?: string;
}

/** One question: the option that answers it, and what an answer must be. */
export interface Question {
  key: keyof Answers;
  option: string;
  message: string;
  example: string;
  /** Taken when nobody answers; null: it must be answered; empty: there is none. */
  usual: string | null;
  /** The answer as it is used, or what was expected. */
  read: (text: string) => { value: string } | { expected: string };
}

const NAME = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const WORKLOAD = /^(?:statefulset|deployment|daemonset)\/(.+)$/;
/** Characters of addresses that need no care in a command line. */
const PLAIN_URL = /^https?:\/\/[\w.:/~%-]+$/;

function readName(text: string): { value: string } | { expected: string } {
  if (NAME.test(text)) return { value: text };
  return { expected: 'lower-case letters, digits and dashes, at most 63' };
}

function readUrl(text: string): { value: string } | { expected: string } {
  if (PLAIN_URL.test(text) && URL.canParse(text)) return { value: text };
  return { expected: 'an address such as https://api.example.com/health, without query or password' };
}

/** A workload, or the name of one of the usual kind. */
function workloadReader(kind: string): Question['read'] {
  return (text) => {
    const workload = text.includes('/') ? text : `${kind}/${text}`;
    if (NAME.test(WORKLOAD.exec(workload)?.[1] ?? '')) return { value: workload };
    return { expected: `a workload such as ${kind}/name, or nothing` };
  };
}

/** Every question, in the order in which they are asked. */
export const QUESTIONS: Question[] = [
  {
    key: 'service',
    option: '--service <name>',
    message: 'Which deployment is watched?',
    example: 'my-api',
    usual: null,
    read: readName,
  },
  {
    key: 'namespace',
    option: '--namespace <name>',
    message: 'In which namespace?',
    example: 'default',
    usual: 'default',
    read: readName,
  },
  {
    key: 'url',
    option: '--url <url>',
    message: 'Which address tells from outside that it is well?',
    example: 'https://api.example.com/health',
    usual: null,
    read: readUrl,
  },
  {
    key: 'database',
    option: '--database <workload>',
    message: 'Which database does it need? Empty: none',
    example: 'statefulset/postgres',
    usual: '',
    read: workloadReader('statefulset'),
  },
  {
    key: 'redis',
    option: '--redis <workload>',
    message: 'Which Redis does it need? Empty: none',
    example: 'deployment/redis',
    usual: '',
    read: workloadReader('deployment'),
  },
];

/** Answers from options. Throws with the option, its value and what was expected. */
export function readOptions(options: Partial<Record<keyof Answers, string>>): Partial<Answers> {
  const answers: Partial<Answers> = {};
  for (const { key, option, read } of QUESTIONS) {
    const text = options[key];
    if (text === undefined) continue;
    const result = read(text);
    if ('expected' in result)
      throw new Error(`${option.split(' ')[0]}: found "${text}", expected ${result.expected}`);
    answers[key] = result.value;
  }
  return answers;
}

/** Fills in what is usual. Throws with every option that is still missing. */
export function completed(answers: Partial<Answers>): Answers {
  const missing = QUESTIONS.filter(({ key, usual }) => usual === null && answers[key] === undefined);
  const { service, url, namespace = 'default', database, redis } = answers;
  if (service === undefined || url === undefined)
    throw new Error(
      `init: nobody is asked here, so these options are needed: ${missing.map(({ option }) => option).join(', ')}`,
    );
  return {
    service,
    namespace,
    url,
    ...(database === undefined ? {} : { database }),
    ...(redis === undefined ? {} : { redis }),
  };
}
