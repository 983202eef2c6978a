import {
  CodeActionKind,
  type Connection,
  DidChangeWatchedFilesNotification,
  ErrorCodes,
  type InitializeResult,
  ResponseError,
  SemanticTokensBuilder,
  type TextDocumentIdentifier,
  type TextDocumentPositionParams,
  TextDocumentSyncKind,
  TextDocuments,
} from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { type ChartRegistry, createUserPacks, NO_USER_PACKS } from "../catalog/index.ts";
import {
  codeActions,
  FIX_ALL,
  type LanguageFile,
  TOKEN_TYPES,
  toRange,
  toSpan,
  toTextEdit,
} from "../language/index.ts";
import type { Surroundings } from "../profile/check.ts";
import { REGISTRIES_NOTIFICATION } from "../shared/notifications.ts";
import { Files } from "./files.ts";
import { Problems } from "./problems.ts";
import { Rooms } from "./rooms.ts";
import { pathOf, WATCHERS, Workspace } from "./workspace.ts";

/** What a client may set when it starts the server. */
interface InitializationOptions {
  /** Address of the folder that holds a page per rule: the link behind a diagnostic's code. */
  readonly rulePages?: string;
}

/**
 * How long the text must rest before it is checked, in milliseconds: half of what the last check took, within these
 * bounds, so that a server that is busy with a large text checks it less often than every key.
 */
const DEBOUNCE = { least: 25, most: 250, factor: 0.5 };

/**
 * Serves profiles and cluster requests over a connection. Only an adapter: what is said comes from `language`.
 * @param today the day it is, yyyy-mm-dd: the day of this machine unless a test sets it
 */
export function startServer(
  connection: Connection,
  today: () => string = () => new Date().toISOString().slice(0, 10),
): void {
  const documents = new TextDocuments(TextDocument);
  let user = NO_USER_PACKS;
  const rooms = new Rooms();
  const around = (): Surroundings => ({ today: today(), user, kubernetes: rooms.kubernetes });
  const files = new Files(around, (languageId, uri) => rooms.languageOf(languageId, uri));
  const timers = new Map<string, NodeJS.Timeout>();
  /** How long each open document waits for its next check. */
  const delays = new Map<string, number>();
  let folders: string[] = [];
  let watches = false;
  let changesFolders = false;
  const problems = new Problems((params) => void connection.sendDiagnostics(params));
  const workspace = new Workspace({
    isOpen: (path) => documents.all().some(({ uri }) => pathOf(uri) === path),
    report(uri, text) {
      const again = (): void => workspace.changed(uri);
      if (rooms.hasLanguage("", uri, again)) {
        const file = rooms.languageOf("", uri)?.open(text, undefined, around());
        if (file !== undefined && rooms.hasSchemas(file, again)) {
          problems.tell(uri, file, true);
        }
      }
    },
    forget: (uri) => problems.forget(uri),
  });

  connection.onInitialize((params): InitializeResult => {
    const { initializationOptions, workspaceFolders, rootUri, capabilities } = params;
    folders = workspaceFolders?.map(({ uri }) => uri) ?? (rootUri === null ? [] : [rootUri]);
    changesFolders = capabilities.workspace?.workspaceFolders === true;
    watches = capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration === true;
    const options = (initializationOptions ?? {}) as InitializationOptions;
    problems.rulePages =
      typeof options.rulePages === "string" ? options.rulePages.replace(/\/$/, "") : undefined;
    return {
      serverInfo: { name: "palette" },
      capabilities: {
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
        codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, FIX_ALL] },
        codeLensProvider: {},
        documentSymbolProvider: true,
        hoverProvider: true,
        completionProvider: { triggerCharacters: [".", "{", " ", "-"] },
        definitionProvider: true,
        referencesProvider: true,
        renameProvider: { prepareProvider: true },
        foldingRangeProvider: true,
        selectionRangeProvider: true,
        documentLinkProvider: {},
        documentFormattingProvider: true,
        inlayHintProvider: true,
        semanticTokensProvider: {
          legend: { tokenTypes: [...TOKEN_TYPES], tokenModifiers: [] },
          full: true,
        },
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
      },
    };
  });

  connection.onInitialized(() => {
    if (watches) {
      void connection.client.register(DidChangeWatchedFilesNotification.type, { watchers: WATCHERS });
    }
    for (const folder of folders) {
      void workspace.add(folder);
    }
    if (changesFolders) {
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        for (const { uri } of removed) {
          workspace.remove(uri);
        }
        for (const { uri } of added) {
          void workspace.add(uri);
        }
      });
    }
  });
  connection.onDidChangeWatchedFiles(({ changes }) => {
    for (const { uri } of changes) {
      workspace.changed(uri);
    }
  });

  const cancel = (uri: string): void => {
    clearTimeout(timers.get(uri));
    timers.delete(uri);
  };

  const check = (uri: string): void => {
    timers.delete(uri);
    const started = performance.now();
    const document = documents.get(uri);
    const again = (): void => {
      files.renew();
      check(uri);
    };
    if (document === undefined || !rooms.hasLanguage(document.languageId, uri, again)) {
      return;
    }
    const open = files.of(document);
    if (open === undefined || !rooms.hasSchemas(open.file, again)) {
      return;
    }
    problems.tell(uri, open.file, workspace.has(uri), document.version);
    const cost = (performance.now() - started) * DEBOUNCE.factor;
    delays.set(uri, Math.min(Math.max(cost, DEBOUNCE.least), DEBOUNCE.most));
  };

  documents.onDidChangeContent(({ document: { uri } }) => {
    if (!delays.has(uri)) {
      // The first check does not wait.
      delays.set(uri, DEBOUNCE.least);
      check(uri);
      return;
    }
    cancel(uri);
    timers.set(
      uri,
      setTimeout(() => check(uri), delays.get(uri)),
    );
  });
  documents.onDidClose(({ document: { uri } }) => {
    cancel(uri);
    delays.delete(uri);
    files.forget(uri);
    problems.forget(uri);
    workspace.changed(uri);
  });
  connection.onShutdown(() => {
    workspace.stop();
    for (const uri of [...timers.keys()]) {
      cancel(uri);
    }
  });

  // The client reads the registries, so that credentials never come here.
  connection.onNotification(REGISTRIES_NOTIFICATION, ({ registries }: { registries: ChartRegistry[] }) => {
    user = createUserPacks(registries);
    // What a train of theirs means is said in diagnostics.
    files.renew();
    for (const uri of documents.keys()) {
      cancel(uri);
      check(uri);
    }
    workspace.renew();
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
      rulePages: problems.rulePages,
    });
  });
  const fileOf = ({ uri }: TextDocumentIdentifier): LanguageFile | undefined =>
    files.of(documents.get(uri))?.file;
  /** Answers at a position; nothing where the language does not have the feature. */
  const at = <T>(
    { textDocument, position }: TextDocumentPositionParams,
    answer: (file: LanguageFile, offset: number) => T,
  ): T | undefined => {
    const file = fileOf(textDocument);
    return file === undefined ? undefined : answer(file, file.lines.offsetAt(position));
  };

  connection.onCodeLens(({ textDocument }) => fileOf(textDocument)?.lenses?.(textDocument.uri) ?? []);
  connection.onDocumentSymbol(({ textDocument }) => fileOf(textDocument)?.symbols?.() ?? []);
  connection.onFoldingRanges(({ textDocument }) => fileOf(textDocument)?.folding?.() ?? []);
  connection.onDocumentLinks(({ textDocument }) => fileOf(textDocument)?.links?.(textDocument.uri) ?? []);
  connection.languages.inlayHint.on(({ textDocument, range }) => {
    const file = fileOf(textDocument);
    return file?.hints?.(toSpan(file.lines, range), user) ?? [];
  });
  connection.languages.semanticTokens.on(({ textDocument }) => {
    const builder = new SemanticTokensBuilder();
    for (const { line, character, length, type } of fileOf(textDocument)?.tokens?.() ?? []) {
      builder.push(line, character, length, TOKEN_TYPES.indexOf(type), 0);
    }
    return builder.build();
  });
  connection.onDocumentFormatting(({ textDocument }) => {
    const file = fileOf(textDocument);
    return file?.format?.().map((edit) => toTextEdit(file.lines, edit)) ?? [];
  });
  connection.onHover((params) => at(params, (file, offset) => file.hover?.(offset, user)));
  connection.onCompletion((params) => at(params, (file, offset) => file.completion?.(offset, user) ?? []));
  connection.onSelectionRanges(({ textDocument, positions }) => {
    const file = fileOf(textDocument);
    const { selection } = file ?? {};
    return file === undefined || selection === undefined
      ? null
      : positions.map((position) => selection(file.lines.offsetAt(position)));
  });
  connection.onDefinition((params) =>
    at(params, (file, offset) => {
      const definition = file.named?.(offset)?.definition;
      return definition === undefined
        ? undefined
        : { uri: params.textDocument.uri, range: toRange(file.lines, definition) };
    }),
  );
  connection.onReferences((params) =>
    at(params, (file, offset) => {
      const named = file.named?.(offset);
      const { includeDeclaration } = params.context;
      const own = includeDeclaration && named?.definition !== undefined ? [named.definition] : [];
      return [...own, ...(named?.uses ?? [])].map((span) => ({
        uri: params.textDocument.uri,
        range: toRange(file.lines, span),
      }));
    }),
  );
  connection.onPrepareRename((params) =>
    at(params, (file, offset) => {
      const named = file.named?.(offset);
      return named === undefined
        ? undefined
        : { range: toRange(file.lines, named.span), placeholder: named.name };
    }),
  );
  connection.onRenameRequest((params) =>
    at(params, (file, offset) => {
      const edits = file.rename?.(offset, params.newName);
      if (edits === undefined) {
        return new ResponseError(
          ErrorCodes.InvalidParams,
          `${params.newName} cannot be a name here. Use letters, digits, dashes and underscores.`,
        );
      }
      return { changes: { [params.textDocument.uri]: edits.map((edit) => toTextEdit(file.lines, edit)) } };
    }),
  );

  documents.listen(connection);
  connection.listen();
}
