import { isPaletteError } from "../shared/errors.ts";
import type { KubeObject } from "../shared/kubernetes.ts";
import { httpStatus } from "./apiErrors.ts";
import { Discovery, type Resource } from "./discovery.ts";
import type { ContextSettings } from "./kubeconfig.ts";
import type {
  CallOptions,
  DeleteOptions,
  Disposable,
  KindRef,
  ListOptions,
  ManagementCluster,
  ObjectRef,
  PatchOptions,
  ReadOptions,
  WatchHandlers,
  WatchOptions,
  WriteOptions,
} from "./management.ts";
import { cancelled, type Transport } from "./transport.ts";
import { unlessAborted } from "./unlessAborted.ts";
import { follow, withoutManagers } from "./watch.ts";

/** Who writes, in the managed fields of objects (design.md). */
const FIELD_MANAGER = "palette-vscode";
/** Objects per page of a list. */
const PAGE = 500;

/** One page of a list. */
export interface Page {
  readonly items: KubeObject[];
  readonly resourceVersion: string;
}

/** The calls of `ManagementCluster` over one transport. */
export class ApiClient implements ManagementCluster {
  readonly name: string;
  readonly path: string;
  readonly namespace: string;
  readonly isSandbox: boolean;
  readonly #transport: Transport;
  readonly #settings: ContextSettings;
  readonly #discovery: Discovery;

  constructor(transport: Transport, settings: ContextSettings, isSandbox = false) {
    this.name = settings.context;
    this.path = settings.path;
    this.namespace = settings.namespace;
    this.isSandbox = isSandbox;
    this.#transport = transport;
    this.#settings = settings;
    this.#discovery = new Discovery(transport, settings.context);
  }

  /** The same connection, with what was found out about its other end. */
  as({ isSandbox }: { readonly isSandbox: boolean }): ManagementCluster {
    return new ApiClient(this.#transport, this.#settings, isSandbox);
  }

  now(): Date {
    return this.#transport.now();
  }

  close(): void {
    this.#transport.close();
  }

  async get(ref: ObjectRef, { signal, metadataOnly }: ReadOptions = {}): Promise<KubeObject | undefined> {
    try {
      const path = await this.#objectPath(ref, signal);
      const object = (await this.#transport.json({
        method: "GET",
        path,
        accept: metadataOnly === true ? metadataAs("PartialObjectMetadata") : undefined,
        signal,
        words: { verb: "read", object: nameOf(ref) },
      })) as KubeObject;
      return { ...object, apiVersion: ref.apiVersion, kind: ref.kind };
    } catch (error) {
      if (isPaletteError(error, "NotFound")) {
        return undefined;
      }
      throw error;
    }
  }

  async list(kind: KindRef, options: ListOptions = {}): Promise<KubeObject[]> {
    return (await this.page(kind, options)).items;
  }

  /** All objects of a kind, and the version of the list to watch from. A list that expires is begun anew. */
  async page(kind: KindRef, options: ListOptions): Promise<Page> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#pages(kind, options);
      } catch (error) {
        if (httpStatus(error) !== 410 || attempt === 3) {
          throw error;
        }
      }
    }
  }

  async #pages(kind: KindRef, options: ListOptions): Promise<Page> {
    const path = await this.#kindPath(kind, options.namespace, options.signal);
    const items: KubeObject[] = [];
    let next: string | undefined;
    for (;;) {
      const list = (await this.#transport.json({
        method: "GET",
        path,
        query: {
          labelSelector: options.labelSelector,
          fieldSelector: options.fieldSelector,
          limit: String(PAGE),
          continue: next,
        },
        accept: options.metadataOnly === true ? metadataAs("PartialObjectMetadataList") : undefined,
        signal: options.signal,
        words: { verb: "list", object: `objects of kind ${kind.kind}` },
      })) as { items?: KubeObject[]; metadata?: { continue?: string; resourceVersion?: string } };
      for (const item of list.items ?? []) {
        // Items of a list do not say what they are.
        items.push(withoutManagers({ ...item, apiVersion: kind.apiVersion, kind: kind.kind }));
      }
      next = list.metadata?.continue;
      if (next === undefined || next === "") {
        return { items, resourceVersion: list.metadata?.resourceVersion ?? "" };
      }
    }
  }

  async create(object: KubeObject, options: WriteOptions = {}): Promise<KubeObject> {
    return (await this.#transport.json({
      method: "POST",
      path: await this.#kindPath(object, object.metadata.namespace, options.signal),
      query: writeQuery(options),
      body: object,
      signal: options.signal,
      words: { verb: "create", object: nameOf(object) },
    })) as KubeObject;
  }

  async apply(object: KubeObject, options: WriteOptions = {}): Promise<KubeObject> {
    const { namespace, name } = object.metadata;
    return (await this.#transport.json({
      method: "PATCH",
      path: `${await this.#kindPath(object, namespace, options.signal)}/${encodeURIComponent(name)}`,
      query: { ...writeQuery(options), force: "true" },
      body: object,
      contentType: "application/apply-patch+yaml",
      signal: options.signal,
      words: { verb: "apply", object: nameOf(object) },
    })) as KubeObject;
  }

  async patch(ref: ObjectRef, patch: object, options: PatchOptions = {}): Promise<KubeObject> {
    const path = await this.#objectPath(ref, options.signal);
    return (await this.#transport.json({
      method: "PATCH",
      path: options.subresource === undefined ? path : `${path}/${options.subresource}`,
      query: writeQuery(options),
      body: patch,
      contentType: "application/merge-patch+json",
      signal: options.signal,
      words: { verb: "change", object: nameOf(ref) },
    })) as KubeObject;
  }

  async delete(ref: ObjectRef, { uid, signal }: DeleteOptions = {}): Promise<boolean> {
    try {
      await this.#transport.json({
        method: "DELETE",
        path: await this.#objectPath(ref, signal),
        body: {
          apiVersion: "v1",
          kind: "DeleteOptions",
          propagationPolicy: "Background",
          ...(uid === undefined ? {} : { preconditions: { uid } }),
        },
        signal,
        words: { verb: "delete", object: nameOf(ref) },
      });
      return true;
    } catch (error) {
      if (isPaletteError(error, "NotFound")) {
        return false;
      }
      throw error;
    }
  }

  watch(kind: KindRef, options: WatchOptions, handlers: WatchHandlers): Disposable {
    return follow(
      {
        list: (signal) => this.page(kind, { ...options, signal }),
        events: async (resourceVersion, signal, idleMs, seconds, onOpen) =>
          this.#transport.lines(
            {
              method: "GET",
              path: await this.#kindPath(kind, options.namespace, signal),
              query: {
                watch: "true",
                allowWatchBookmarks: "true",
                resourceVersion,
                timeoutSeconds: String(seconds),
                labelSelector: options.labelSelector,
                fieldSelector: options.fieldSelector,
              },
              signal,
              words: { verb: "watch", object: `objects of kind ${kind.kind}` },
            },
            idleMs,
            onOpen,
          ),
      },
      handlers,
      options.optional,
    );
  }

  async requestToken(
    { namespace, name }: { readonly namespace: string; readonly name: string },
    seconds: number,
    { signal }: CallOptions = {},
  ): Promise<{ readonly token: string; readonly until: string }> {
    const answer = (await this.#transport.json({
      method: "POST",
      path: `/api/v1/namespaces/${encodeURIComponent(namespace)}/serviceaccounts/${encodeURIComponent(name)}/token`,
      body: {
        apiVersion: "authentication.k8s.io/v1",
        kind: "TokenRequest",
        spec: { expirationSeconds: seconds },
      },
      signal,
      words: { verb: "create", object: `a token of ServiceAccount ${name} in ${namespace}` },
    })) as { status: { token: string; expirationTimestamp: string } };
    return { token: answer.status.token, until: answer.status.expirationTimestamp };
  }

  raw(path: string, { signal }: CallOptions = {}): Promise<unknown> {
    return this.#transport.json({
      method: "GET",
      path,
      signal,
      words: { verb: "read", object: path },
    });
  }

  async #objectPath(ref: ObjectRef, signal: AbortSignal | undefined): Promise<string> {
    return `${await this.#kindPath(ref, ref.namespace, signal)}/${encodeURIComponent(ref.name)}`;
  }

  async #kindPath(
    kind: KindRef,
    namespace: string | undefined,
    signal: AbortSignal | undefined,
  ): Promise<string> {
    const find = (): Promise<Resource> => this.#discovery.resource(kind);
    const { name, namespaced } = await (signal === undefined
      ? find()
      : unlessAborted(signal, find, cancelled));
    const group = kind.apiVersion === "v1" ? "/api/v1" : `/apis/${kind.apiVersion}`;
    return namespaced && namespace !== undefined
      ? `${group}/namespaces/${encodeURIComponent(namespace)}/${name}`
      : `${group}/${name}`;
  }
}

/** Without a second choice: a server that does not know this answers with an error, not with the whole. */
function metadataAs(kind: string): string {
  return `application/json;as=${kind};g=meta.k8s.io;v=v1`;
}

function writeQuery({ dryRun }: WriteOptions): Record<string, string | undefined> {
  return { fieldManager: FIELD_MANAGER, dryRun: dryRun === true ? "All" : undefined };
}

/** An object as messages name it. */
function nameOf(object: KubeObject | ObjectRef): string {
  const { name, namespace } = "metadata" in object ? (object as KubeObject).metadata : (object as ObjectRef);
  return namespace === undefined ? `${object.kind} ${name}` : `${object.kind} ${name} in ${namespace}`;
}
