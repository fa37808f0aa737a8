import { Liquid } from 'liquidjs';
import { isOutside, type UpdateAudience, type UpdateStatus } from '#incidents';
import type { DraftFacts, InsideFacts } from './draft-facts.ts';
import { english } from './templates/english.ts';
import { german } from './templates/german.ts';
import { updateSubject } from './update-subject.ts';
import { type Language, languages, type Templates, type Wording } from './templates/wording.ts';

/** A text that is ready to be read, and sent. */
export interface DraftText {
  readonly subject: string;
  /** Markdown. */
  readonly body: string;
  /** What it is in: the language that was asked for, or English where there is no other. */
  readonly language: Language;
}

/** Where in the configuration a template is, and what is wrong with it. */
export interface TemplateFault {
  readonly path: readonly string[];
  readonly message: string;
}

/** Templates of the configuration: audience -> status -> language -> Liquid. */
export type OwnTemplates = Readonly<
  Partial<
    Record<
      UpdateAudience,
      Readonly<Partial<Record<UpdateStatus, Readonly<Partial<Record<Language, string>>>>>>
    >
  >
>;

/** Writes drafts: facts in, text out. */
export interface Drafts {
  write(
    facts: DraftFacts | InsideFacts,
    what: { readonly audience: UpdateAudience; readonly status: UpdateStatus; readonly language: Language },
  ): DraftText;
  /** Languages that an audience has texts in. */
  languagesFor(audience: UpdateAudience): readonly Language[];
}

const wordings: Readonly<Record<Language, Wording>> = { en: english, de: german };
const statuses: readonly UpdateStatus[] = ['investigating', 'identified', 'monitoring', 'resolved'];
const audiences: readonly UpdateAudience[] = ['internal', 'status-page', 'customers', 'executives'];

/** Nothing is read from outside, nothing unknown is passed over, and none runs away. */
const limits = { parseLimit: 20_000, memoryLimit: 1_000_000 };

function engineOf({ parts }: Wording): Liquid {
  const strict = { strictVariables: true, strictFilters: true, ownPropertyOnly: true };
  return new Liquid({ ...strict, ...limits, templates: { ...parts } });
}

type Compiled = ReadonlyMap<string, (facts: DraftFacts | InsideFacts) => string>;

/** The drafts of a configuration. Throws an Error for a template that cannot be read: `templateFaults` says which. */
export function createDrafts(own: OwnTemplates = {}): Drafts {
  const theirs = compile(own);
  const ours = compile({});
  const write: Drafts['write'] = (facts, { audience, status, language }) => {
    const inEnglish = `${audience} ${status} en`;
    const asked = `${audience} ${status} ${language}`;
    const [key, said] = theirs.has(asked) ? [asked, language] : [inEnglish, 'en' as const];
    const { service, number, drill, severity } = facts;
    const about = { audience, status, service, number, drill, severity: severity.id, language: said };
    return {
      subject: updateSubject(about),
      body: bodyOf(facts, [theirs.get(key), ours.get(key), ours.get(inEnglish)]),
      language: said,
    };
  };
  return {
    write,
    languagesFor: (audience) =>
      languages.filter((language) =>
        statuses.every((status) => theirs.has(`${audience} ${status} ${language}`)),
      ),
  };
}

/** A template that fails on facts that nobody thought of gives way to ours: a text is needed now. */
function bodyOf(
  facts: DraftFacts | InsideFacts,
  ways: readonly (((facts: DraftFacts | InsideFacts) => string) | undefined)[],
): string {
  for (const way of ways)
    try {
      if (way !== undefined) return way(facts);
    } catch (error) {
      if (way === ways.at(-1)) throw error;
    }
  throw new Error('no template; expected one in English for every audience and status');
}

function compile(own: OwnTemplates): Compiled {
  const compiled = new Map<string, (facts: DraftFacts | InsideFacts) => string>();
  for (const language of languages) {
    const engine = engineOf(wordings[language]);
    for (const [audience, status, text] of entriesOf(textsOf(own, language))) {
      const template = engine.parse(text);
      compiled.set(`${audience} ${status} ${language}`, (facts) =>
        String(engine.renderSync(template, { ...facts })).trim(),
      );
    }
  }
  return compiled;
}

function textsOf(own: OwnTemplates, language: Language): Templates {
  const given = wordings[language].templates;
  return Object.fromEntries(
    audiences.map((audience) => [
      audience,
      Object.fromEntries(
        statuses.flatMap((status) => {
          const text = own[audience]?.[status]?.[language] ?? given[audience]?.[status];
          return text === undefined ? [] : [[status, text]];
        }),
      ),
    ]),
  );
}

function entriesOf(templates: Templates): readonly (readonly [UpdateAudience, UpdateStatus, string])[] {
  return audiences.flatMap((audience) =>
    statuses.flatMap((status) => {
      const text = templates[audience]?.[status];
      return text === undefined ? [] : [[audience, status, text] as const];
    }),
  );
}

/** Every template that cannot be read, or speaks of what its audience is not told, with its place. */
export function templateFaults(own: OwnTemplates): readonly TemplateFault[] {
  return audiences.flatMap((audience) =>
    statuses.flatMap((status) =>
      languages.flatMap((language) => {
        const text = own[audience]?.[status]?.[language];
        const message = text === undefined ? null : faultOf(text, audience, language);
        return message === null ? [] : [{ path: [audience, status, language], message }];
      }),
    ),
  );
}

/** Read once with everything there is, and once with nothing. */
function faultOf(text: string, audience: UpdateAudience, language: Language): string | null {
  const engine = engineOf(wordings[language]);
  try {
    const template = engine.parse(text);
    for (const facts of samplesFor(audience)) engine.renderSync(template, { ...facts });
    return null;
  } catch (error) {
    const [first = ''] = (error as Error).message.split('\n');
    const names = Object.keys(samplesFor(audience)[0] ?? {}).join(', ');
    return `${first}; expected a Liquid template over ${names}`;
  }
}

function samplesFor(audience: UpdateAudience): readonly (DraftFacts | InsideFacts)[] {
  const full: DraftFacts = {
    drill: true,
    service: 'The service',
    number: 12,
    severity: { id: 'P0', name: 'Critical Outage' },
    affected: { count: 2, of: 5, all: false },
    symptoms: { failing: true, slow: true, percent: '31-36 %' },
    day: '2026-01-31',
    since: '03:00 UTC',
    ended: '03:20 UTC',
    minutes: 20,
    changes: 1,
    nextUpdate: '03:30 UTC',
  };
  const none: DraftFacts = {
    ...full,
    drill: false,
    affected: { count: 0, of: 0, all: false },
    symptoms: { failing: false, slow: false, percent: null },
    ended: null,
    changes: 0,
    nextUpdate: null,
  };
  if (isOutside(audience)) return [full, none];
  const inside = {
    title: 'outage',
    reason: 'all fail',
    cause: 'node-failure',
    tenants: ['t1'],
    steps: ['cordon'],
  };
  return [
    { ...full, ...inside, commander: 'somebody' },
    { ...none, ...inside, cause: null, tenants: [], steps: [], commander: null },
  ];
}
