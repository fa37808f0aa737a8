import { compileRunbook, type Plan } from '@tocsin/runbook';
import {
  CodeActionKind,
  type Connection,
  type InitializeResult,
  TextDocuments,
  TextDocumentSyncKind,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { analyse, sidecarTextOf, type Compile } from './analyse.ts';
import { codeActionsOf } from './code-actions.ts';
import { diagnosticOf } from './diagnostics.ts';
import { hoverAt } from './hover.ts';
import { Latest } from './latest.ts';
import { openLintPages } from './lint-page.ts';
import { symbolsOf } from './symbols.ts';

/** Pause in typing before a document is checked, milliseconds. */
const PAUSE_MS = 150;

/** What the server can do, as it tells the client. */
const capabilities: InitializeResult = {
  capabilities: {
    positionEncoding: 'utf-16',
    textDocumentSync: TextDocumentSyncKind.Incremental,
    codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, CodeActionKind.SourceFixAll] },
    hoverProvider: true,
    documentSymbolProvider: true,
  },
  serverInfo: { name: 'tocsin' },
};

/** Answers one client until the connection ends. */
export function serve(connection: Connection, compile: Compile = compileRunbook): void {
  const documents = new TextDocuments(TextDocument);
  const planOf = rememberPlans(compile);
  const pageOf = openLintPages();
  const hrefOf = (code: string): string | null => pageOf(code)?.href ?? null;
  let takesVersions = false;

  connection.onInitialize((params) => {
    takesVersions = params.capabilities.workspace?.workspaceEdit?.documentChanges === true;
    return capabilities;
  });

  publishProblems(connection, documents, (document) =>
    (planOf(document)?.problems ?? []).map((problem) => diagnosticOf(problem, hrefOf)),
  );

  connection.onCodeAction(({ textDocument, range, context }) => {
    const document = documents.get(textDocument.uri);
    const plan = document === undefined ? null : planOf(document);
    if (document === undefined || plan === null) return [];
    return codeActionsOf(plan.problems, {
      uri: document.uri,
      range,
      pageOf: hrefOf,
      ...(takesVersions ? { version: document.version } : {}),
      ...(context.only === undefined ? {} : { only: context.only }),
    });
  });

  connection.onHover(({ textDocument, position }) => {
    const document = documents.get(textDocument.uri);
    const plan = document === undefined ? null : planOf(document);
    if (document === undefined || plan === null) return null;
    const start = { line: position.line, character: 0 };
    const line = document.getText({ start, end: { line: position.line + 1, character: 0 } });
    return hoverAt(position, { plan, line, pageOf });
  });

  connection.onDocumentSymbol(({ textDocument }) => {
    const document = documents.get(textDocument.uri);
    const plan = document === undefined ? null : planOf(document);
    return plan === null ? [] : symbolsOf(plan);
  });

  documents.listen(connection);
  connection.listen();
}

type DiagnosticsOf = (document: TextDocument) => ReturnType<typeof diagnosticOf>[];

/** Publishes the problems of a document when it is opened and when typing pauses; only the last version is looked at. */
function publishProblems(
  connection: Connection,
  documents: TextDocuments<TextDocument>,
  diagnosticsOf: DiagnosticsOf,
): void {
  const latest = new Latest();
  const seen = new WeakSet<TextDocument>();
  const publish = ({ uri, version }: TextDocument, diagnostics: ReturnType<DiagnosticsOf>): void =>
    void connection.sendDiagnostics({ uri, version, diagnostics });

  documents.onDidChangeContent(({ document }) => {
    const pauseMs = seen.has(document) ? PAUSE_MS : 0;
    seen.add(document);
    latest.ask(document.uri, pauseMs, () => publish(document, diagnosticsOf(document)));
  });
  documents.onDidClose(({ document }) => {
    latest.drop(document.uri);
    publish(document, []);
  });
}

interface Remembered {
  readonly version: number;
  readonly sidecar: string | undefined;
  readonly plan: Plan | null;
}

/** Compiles each version of a document and its sidecar once, whoever asks first. */
function rememberPlans(compile: Compile): (document: TextDocument) => Plan | null {
  const known = new WeakMap<TextDocument, Remembered>();
  return (document) => {
    const found = known.get(document);
    const sidecar = sidecarTextOf(document);
    if (found?.version === document.version && found.sidecar === sidecar) return found.plan;
    const plan = analyse(document, sidecar, compile);
    known.set(document, { version: document.version, sidecar, plan });
    return plan;
  };
}
