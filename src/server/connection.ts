import {
  CodeActionKind,
  type Connection,
  type InitializeResult,
  TextDocumentSyncKind,
  TextDocuments,
} from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { codeActions, FIX_ALL, toDiagnostic, toSpan } from "../language/index.ts";
import { Files } from "./files.ts";

/** What a client may set when it starts the server. */
interface InitializationOptions {
  /** Address of the folder that holds a page per rule: the link behind a diagnostic's code. */
  readonly rulePages?: string;
}

/** How long the text must rest before it is checked, in milliseconds. */
const DEBOUNCE = 200;

/** Serves profiles and cluster requests over a connection. Only an adapter: what is said comes from `language`. */
export function startServer(connection: Connection): void {
  const documents = new TextDocuments(TextDocument);
  const files = new Files();
  const timers = new Map<string, NodeJS.Timeout>();
  /** Documents that were checked since they were opened: the first check does not wait. */
  const checked = new Set<string>();
  let rulePages: string | undefined;

  connection.onInitialize(({ initializationOptions }): InitializeResult => {
    const options = (initializationOptions ?? {}) as InitializationOptions;
    rulePages = typeof options.rulePages === "string" ? options.rulePages.replace(/\/$/, "") : undefined;
    return {
      serverInfo: { name: "palette" },
      capabilities: {
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
        codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, FIX_ALL] },
        codeLensProvider: {},
        documentSymbolProvider: true,
        hoverProvider: true,
      },
    };
  });

  const cancel = (uri: string): void => {
    clearTimeout(timers.get(uri));
    timers.delete(uri);
  };

  const check = (uri: string): void => {
    timers.delete(uri);
    const document = documents.get(uri);
    const open = files.of(document);
    if (document === undefined || open === undefined) {
      return;
    }
    void connection.sendDiagnostics({
      uri,
      version: document.version,
      diagnostics: open.file.diagnostics.map((each) => toDiagnostic(open.file.lines, uri, each, rulePages)),
    });
  };

  documents.onDidChangeContent(({ document: { uri } }) => {
    if (!checked.has(uri)) {
      checked.add(uri);
      check(uri);
      return;
    }
    cancel(uri);
    timers.set(
      uri,
      setTimeout(() => check(uri), DEBOUNCE),
    );
  });
  documents.onDidClose(({ document: { uri } }) => {
    cancel(uri);
    checked.delete(uri);
    files.forget(uri);
    void connection.sendDiagnostics({ uri, diagnostics: [] });
  });
  connection.onShutdown(() => {
    for (const uri of [...timers.keys()]) {
      cancel(uri);
    }
  });

  connection.onCodeAction(({ textDocument, range, context }) => {
    const open = files.of(documents.get(textDocument.uri));
    if (open === undefined) {
      return [];
    }
    const span = toSpan(open.file.lines, range);
    return codeActions(open.language, open.file, {
      uri: textDocument.uri,
      span,
      only: context.only,
      rulePages,
    });
  });
  connection.onCodeLens(({ textDocument: { uri } }) => files.of(documents.get(uri))?.file.lenses(uri) ?? []);
  connection.onDocumentSymbol(
    ({ textDocument: { uri } }) => files.of(documents.get(uri))?.file.symbols() ?? [],
  );
  connection.onHover(({ textDocument, position }) => {
    const file = files.of(documents.get(textDocument.uri))?.file;
    return file?.hover(file.lines.offsetAt(position));
  });

  documents.listen(connection);
  connection.listen();
}
