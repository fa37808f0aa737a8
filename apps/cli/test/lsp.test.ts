import { readFileSync } from 'node:fs';
import { lintRunbook, type Problem } from '@tocsin/runbook';
import type { CodeAction, Diagnostic, DocumentSymbol, Hover } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LspClient, startLspClient } from './lsp-client.ts';

const runbook = readFileSync(
  new URL('../../../packages/runbook/test/fixtures/plain-outage-runbook.md', import.meta.url),
  'utf8',
);
let documents = 0;

/** An address that no test used before. */
function nextUri(): string {
  documents += 1;
  return `file:///runbooks/outage-${documents}.md`;
}

/** A problem and a diagnostic in the same words. */
const ofProblem = ({ code, line, column, endLine, endColumn }: Problem) =>
  `${code} ${line}:${column}-${endLine}:${endColumn}`;
const ofDiagnostic = ({ code, range: { start, end } }: Diagnostic) =>
  `${code} ${start.line + 1}:${start.character + 1}-${end.line + 1}:${end.character + 1}`;

function placeOf(text: string): { line: number; character: number } {
  const before = runbook.slice(0, runbook.indexOf(text));
  return { line: before.split('\n').length - 1, character: before.length - before.lastIndexOf('\n') - 1 };
}

describe('tocsin lsp', { timeout: 120_000 }, () => {
  let client: LspClient;
  beforeAll(async () => {
    client = startLspClient();
    await client.initialize({ workspace: { workspaceEdit: { documentChanges: true } } });
  });
  afterAll(() => {
    client.rpc.dispose();
    client.server.kill('SIGKILL');
  });

  it('publishes what lint finds, and follows the edits', async () => {
    const uri = nextUri();
    client.open(uri, runbook);
    const first = await client.published(uri, 1);
    expect(first.map(ofDiagnostic)).toEqual(lintRunbook(runbook).map(ofProblem));
    const [href] = first.flatMap((diagnostic) => diagnostic.codeDescription?.href ?? []);
    expect(readFileSync(new URL(href ?? ''), 'utf8')).toContain(`# ${first[0]?.code}`);

    const line = placeOf('kubectl logs -n platform -l app=multitenant-api').line;
    const edited = runbook.replace('kubectl logs -n platform -l', 'kubectl logs --tail=200 -n platform -l');
    const start = { line, character: runbook.split('\n')[line]?.indexOf('-n platform') ?? -1 };
    client.change(uri, 2, [{ range: { start, end: start }, text: '--tail=200 ' }]);
    const second = await client.published(uri, 2);
    expect(second.map(ofDiagnostic)).toEqual(lintRunbook(edited).map(ofProblem));
    const hitsOfLine = (list: Diagnostic[]) =>
      list.filter(({ code, range }) => code === 'RB050' && range.start.line === line).length;
    expect([hitsOfLine(first), hitsOfLine(second)]).toEqual([1, 0]);
  });

  it('takes whole texts, counts columns in UTF-16 units, and leaves other documents alone', async () => {
    const uri = nextUri();
    const emoji = '## Phase 1: 🔥🔥 (5-0 minutes)\n';
    client.open(uri, runbook);
    client.change(uri, 2, [{ text: emoji }]);
    const [window] = (await client.published(uri, 2)).filter(({ code }) => code === 'RB004');
    expect(window?.range.start).toEqual({ line: 0, character: emoji.indexOf('5-0') });

    client.open('file:///README.md', '# Project\n\n## Team\n- Ann\n\n```bash\nrm -rf build && make\n```\n');
    expect(await client.published('file:///README.md', 1)).toEqual([]);
    client.open('file:///notes.py', runbook, 'python');
    expect(await client.published('file:///notes.py', 1)).toEqual([]);
  });

  it('checks only what was typed last, and takes problems away with the document', async () => {
    const uri = nextUri();
    client.open(uri, runbook);
    for (let version = 2; version < 42; version += 1)
      client.change(uri, version, [{ text: `${runbook}${version}` }]);
    client.change(uri, 42, [{ text: '# Empty\n' }]);
    await client.rpc.sendRequest('textDocument/documentSymbol', { textDocument: { uri } });
    void client.rpc.sendNotification('textDocument/didClose', { textDocument: { uri } });
    await client.rpc.sendRequest('textDocument/documentSymbol', { textDocument: { uri } });
    const versions = client.versionsOf(uri);
    expect(versions.at(-1)).toBe(42);
    expect(await client.published(uri, 42)).toEqual([]);
    expect(versions).toEqual(versions.toSorted((a = 0, b = 0) => a - b));
  });

  it('offers every fix of lint, and applying the safe ones leaves none of them', async () => {
    const uri = nextUri();
    client.open(uri, runbook);
    const problems = lintRunbook(runbook);
    const whole = { start: { line: 0, character: 0 }, end: { line: 9999, character: 0 } };
    const ask = (only: string) =>
      client.rpc.sendRequest<CodeAction[]>('textDocument/codeAction', {
        textDocument: { uri },
        range: whole,
        context: { diagnostics: [], only: [only] },
      });
    const fixable = problems.filter((problem) => problem.fix !== undefined);
    expect((await ask('quickfix')).map((action) => action.diagnostics?.[0]?.code)).toEqual(
      fixable.map((problem) => problem.code),
    );
    let text = TextDocument.create(uri, 'markdown', 1, runbook);
    for (let version = 2; version < 10; version += 1) {
      const [fixAll] = await ask('source.fixAll');
      const [change] = fixAll?.edit?.documentChanges ?? [];
      if (change === undefined || !('edits' in change)) break;
      expect(change.textDocument).toEqual({ uri, version: version - 1 });
      const edits = change.edits.flatMap((edit) => ('newText' in edit ? [edit] : []));
      text = TextDocument.create(uri, 'markdown', version, TextDocument.applyEdits(text, edits));
      client.change(uri, version, [{ text: text.getText() }]);
    }
    expect(lintRunbook(text.getText()).filter((problem) => problem.fix?.safe === true)).toEqual([]);
  });

  it('answers hover and outline', async () => {
    const uri = nextUri();
    client.open(uri, runbook);
    const hover = await client.rpc.sendRequest<Hover>('textDocument/hover', {
      textDocument: { uri },
      position: placeOf('kubectl drain <node-name>'),
    });
    expect(hover.contents).toMatchObject({ kind: 'markdown', value: expect.stringContaining('**destroy**') });
    const nothing = await client.rpc.sendRequest('textDocument/hover', {
      textDocument: { uri },
      position: { line: 9999, character: 0 },
    });
    expect(nothing).toBeNull();
    const symbols = await client.rpc.sendRequest<DocumentSymbol[]>('textDocument/documentSymbol', {
      textDocument: { uri },
    });
    expect(symbols.map(({ name }) => name).slice(0, 2)).toEqual([
      'Phase 1: Acknowledgment',
      'Phase 2: Assessment',
    ]);
  });

  it.each([
    ['a body that is no JSON', 'Content-Length: 5\r\n\r\n{"a":'],
    ['a body that is no message', 'Content-Length: 4\r\n\r\n"ab"'],
    ['a header without a length', 'Length: 5\r\n\r\n'],
    ['a length that is no number', 'Content-Length: many\r\n\r\n'],
    ['a line that is no header', 'hello\r\n\r\n'],
  ])('goes on after %s', async (_, garbage) => {
    const uri = nextUri();
    client.server.stdin?.write(garbage);
    client.open(uri, runbook);
    expect((await client.published(uri, 1)).length).toBeGreaterThan(0);
  });

  it('refuses what it does not know, and what it cannot read', async () => {
    await expect(client.rpc.sendRequest('tocsin/unknown', {})).rejects.toMatchObject({ code: -32601 });
    await expect(client.rpc.sendRequest('textDocument/hover', {})).rejects.toMatchObject({ code: -32603 });
    void client.rpc.sendNotification('textDocument/didChange', { nothing: true });
    client.change('file:///never-opened.md', 2, [{ text: 'x' }]);
    const position = { line: 0, character: 0 };
    const of = { textDocument: { uri: 'file:///never-opened.md' }, position };
    expect(await client.rpc.sendRequest('textDocument/hover', of)).toBeNull();
  });

  it('checks a document of a megabyte', async () => {
    const uri = nextUri();
    const huge = runbook.repeat(Math.ceil(1_000_000 / runbook.length));
    client.open(uri, huge);
    expect((await client.published(uri, 1)).length).toBe(lintRunbook(huge).length);
  });

  it('ends with 0 after shutdown and exit, with 1 without shutdown', async () => {
    const polite = startLspClient();
    await polite.initialize();
    await polite.rpc.sendRequest('shutdown');
    await polite.rpc.sendNotification('exit');
    expect(await polite.ended()).toBe(0);
    const rude = startLspClient();
    await rude.initialize();
    await rude.rpc.sendNotification('exit');
    expect(await rude.ended()).toBe(1);
  });
});
