import { readFile } from 'node:fs/promises';
import {
  type Client,
  type DraftQuery,
  type PostUpdate,
  updateAudiences,
  type UpdateDraftView,
  updateStatuses,
} from '@tocsin/contract';
import { type Command, Option } from 'commander';
import { connect, type ConnectOptions, withConnection } from '../connect.ts';
import { incidentText } from './print-incident.ts';
import { draftText, previewText, updatesText } from './print-updates.ts';

/** `tocsin incident updates` and `update`: who has been told what, and telling them. */
export function registerUpdates(incident: Command): void {
  withConnection(
    incident.command('updates <id>').description('who has been told what, when, and who waits for an update'),
  ).action(async (id: string, options: ConnectOptions) => {
    const view = await connect(options).updates(id);
    print(options, view, updatesText(view, Date.now()));
  });
  withConnection(
    incident
      .command('update <id> [text]')
      .description('tell an audience how it stands; without --audience a note on the timeline')
      .addOption(new Option('--audience <audience>', 'who is told').choices([...updateAudiences]))
      .addOption(
        new Option(
          '--status <status>',
          'how a text of your own says that it stands; absent: as drafted',
        ).choices([...updateStatuses]),
      )
      .addOption(new Option('--language <language>', 'of the draft').choices(['en', 'de']))
      .option('--file <file>', 'the text, Markdown')
      .option('--insist <reason>', 'send it although it tells outside what is internal')
      .option(
        '--preview',
        'how a text of your own would arrive, and what of it stays inside; nothing is sent',
      )
      .option('--send', 'send the draft as it is; without it, and without a text, the draft is only shown'),
  ).action(update);
}

interface UpdateOptions extends ConnectOptions {
  readonly audience?: DraftQuery['audience'];
  readonly status?: PostUpdate['status'];
  readonly language?: DraftQuery['language'];
  readonly file?: string;
  readonly insist?: string;
  readonly send?: true;
  readonly preview?: true;
}

async function update(id: string, given: string | undefined, options: UpdateOptions): Promise<void> {
  const client = connect(options);
  const text = options.file === undefined ? given : await readFile(options.file, 'utf8');
  const { audience, language, send } = options;
  if (audience === undefined) return note(client, id, { text, options });
  const query = { audience, ...(language === undefined ? {} : { language }) };
  const draft = await client.updateDraft(id, query);
  if (text === undefined && send !== true) {
    print(options, draft, draftText(draft));
    return;
  }
  const ready = toSend(draft, text ?? draft.body, options);
  if (options.preview === true) {
    const { insist: _, ...asked } = ready;
    const preview = await client.previewUpdate(id, asked);
    print(options, preview, previewText(audience, preview));
    return;
  }
  await client.postUpdate(id, ready);
  const view = await client.updates(id);
  print(options, view, updatesText(view, Date.now()));
}

async function note(
  client: Client,
  id: string,
  { text, options }: { readonly text: string | undefined; readonly options: ConnectOptions },
): Promise<void> {
  if (text === undefined) throw new Error('expected a text, or --audience with one of its names');
  const view = await client.note(id, text);
  print(options, view, incidentText(view));
}

function toSend(draft: UpdateDraftView, body: string, { status, insist }: UpdateOptions): PostUpdate {
  if (body === '') throw new Error(`${draft.withheld ?? 'the draft is empty'}; expected a text`);
  const { audience, language } = draft;
  return {
    audience,
    status: status ?? draft.status,
    body,
    language,
    ...(insist === undefined ? {} : { insist }),
  };
}

function print(options: ConnectOptions, value: unknown, text: string): void {
  console.log(options.json ? JSON.stringify(value) : text);
}
