import { PassThrough } from "node:stream";
import {
  createConnection,
  createProtocolConnection,
  type Diagnostic,
  DidChangeTextDocumentNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  InitializedNotification,
  InitializeRequest,
  type InitializeResult,
  type ProtocolConnection,
  PublishDiagnosticsNotification,
  type PublishDiagnosticsParams,
  type Range,
  type RegistrationParams,
  RegistrationRequest,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver/node";
import { startServer } from "../../src/server/connection.ts";

/** A client and a server that speak the real protocol over two streams of one process. */
export class TestClient {
  readonly connection: ProtocolConnection;
  readonly capabilities: InitializeResult;
  /** What the server asked to be told of. */
  readonly registered: readonly RegistrationParams[];
  /** Every message with diagnostics, in the order of arrival. */
  readonly published: PublishDiagnosticsParams[] = [];
  readonly #waiting = new Set<() => void>();

  private constructor(
    connection: ProtocolConnection,
    capabilities: InitializeResult,
    registered: readonly RegistrationParams[],
  ) {
    this.connection = connection;
    this.registered = registered;
    this.capabilities = capabilities;
    connection.onNotification(PublishDiagnosticsNotification.type, (params) => {
      this.published.push(params);
      for (const check of this.#waiting) {
        check();
      }
    });
  }

  /** @param folders uris of the folders that the client has open */
  static async start(
    initializationOptions: object = {},
    folders: readonly string[] = [],
  ): Promise<TestClient> {
    const toServer = new PassThrough();
    const toClient = new PassThrough();
    startServer(
      createConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toClient)),
      () => "2026-11-24",
    );
    const connection = createProtocolConnection(
      new StreamMessageReader(toClient),
      new StreamMessageWriter(toServer),
    );
    connection.listen();
    const registered: RegistrationParams[] = [];
    connection.onRequest(RegistrationRequest.type, (params) => {
      registered.push(params);
    });
    const capabilities = await connection.sendRequest(InitializeRequest.type, {
      processId: null,
      rootUri: null,
      workspaceFolders: folders.map((uri) => ({ uri, name: uri })),
      capabilities: {
        workspace: { workspaceFolders: true, didChangeWatchedFiles: { dynamicRegistration: true } },
      },
      initializationOptions,
    });
    const client = new TestClient(connection, capabilities, registered);
    await connection.sendNotification(InitializedNotification.type, {});
    return client;
  }

  async open(uri: string, text: string, languageId = "palette-profile"): Promise<void> {
    await this.connection.sendNotification(DidOpenTextDocumentNotification.type, {
      textDocument: { uri, languageId, version: 1, text },
    });
  }

  async change(uri: string, version: number, text: string, range?: Range): Promise<void> {
    await this.connection.sendNotification(DidChangeTextDocumentNotification.type, {
      textDocument: { uri, version },
      contentChanges: [range === undefined ? { text } : { range, text }],
    });
  }

  async close(uri: string): Promise<void> {
    await this.connection.sendNotification(DidCloseTextDocumentNotification.type, { textDocument: { uri } });
  }

  /**
   * The diagnostics of a version of a document, as soon as they are there; no version for a file on disk.
   * @param since how many messages do not count, since they came before
   */
  diagnostics(uri: string, version: number | undefined, since = 0): Promise<Diagnostic[]> {
    return this.#publishedOf(uri, since, (each) => each.version === version);
  }

  /** Waits for the message that takes the diagnostics of a file away. */
  async cleared(uri: string, since = 0): Promise<void> {
    await this.#publishedOf(uri, since, ({ diagnostics }) => diagnostics.length === 0);
  }

  #publishedOf(
    uri: string,
    since: number,
    fits: (params: PublishDiagnosticsParams) => boolean,
  ): Promise<Diagnostic[]> {
    return new Promise((resolve) => {
      const check = (): void => {
        const found = this.published.slice(since).findLast((each) => each.uri === uri && fits(each));
        if (found !== undefined) {
          this.#waiting.delete(check);
          resolve(found.diagnostics);
        }
      };
      this.#waiting.add(check);
      check();
    });
  }

  /** Ends the session; the server's own `exit` handler, which ends the process, is not reached. */
  async stop(): Promise<void> {
    await this.connection.sendRequest(ShutdownRequest.type);
    this.connection.dispose();
  }
}
