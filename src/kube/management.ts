import type { KubeObject } from "../shared/kubernetes.ts";

/** The program that a user of a kubeconfig names to sign in. */
export interface ExecCommand {
  readonly command: string;
  readonly args: readonly string[];
}

/** One context of a kubeconfig file. */
export interface ContextInfo {
  readonly context: string;
  readonly server: string;
  readonly user: string;
  /** Whether the file names it as its current one. */
  readonly current: boolean;
  /** Connecting runs this program; it needs consent. */
  readonly exec?: ExecCommand;
}

export interface ConnectOptions {
  /** Asked before a program of the kubeconfig runs; `false` and a throw both mean that it does not. */
  allowExec(exec: ExecCommand): Promise<boolean>;
}

/** Names a kind of objects, as their `apiVersion` and `kind` do. */
export interface KindRef {
  readonly apiVersion: string;
  readonly kind: string;
}

/** Names one object; without `namespace` for objects of the whole cluster. */
export interface ObjectRef extends KindRef {
  readonly name: string;
  readonly namespace?: string;
}

export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
}

export interface ReadOptions extends CallOptions {
  /** Names, labels and annotations only: what the objects hold never leaves the server. */
  readonly metadataOnly?: boolean | undefined;
}

export interface WriteOptions extends CallOptions {
  /** Judge the write with all admission, and store nothing. */
  readonly dryRun?: boolean | undefined;
}

export interface PatchOptions extends WriteOptions {
  readonly subresource?: "status" | undefined;
}

export interface ListOptions extends ReadOptions {
  /** All namespaces if absent. */
  readonly namespace?: string | undefined;
  readonly labelSelector?: string | undefined;
  readonly fieldSelector?: string | undefined;
}

export interface WatchOptions extends Omit<ListOptions, "signal" | "metadataOnly"> {
  /** Where the server has no such kind there are no objects of it, until it has; else the watch is lost. */
  readonly optional?: boolean | undefined;
}

export interface DeleteOptions extends CallOptions {
  /** Deletes only the object with this uid. */
  readonly uid?: string | undefined;
}

/** A watched set of objects as it is now, and how the connection is. */
export interface WatchHandlers {
  /** The whole set, after the first list and after changes; those that come together are told together. */
  onObjects(objects: readonly KubeObject[]): void;
  /** The watch does not follow any more; it tries again in `retryMs`, unless the connection was closed. */
  onLost(error: unknown, retryMs: number): void;
  /** The server answers again after `onLost`. */
  onLive(): void;
}

export interface Disposable {
  dispose(): void;
}

/**
 * A connection to one management cluster. All calls share its pooled connections, have a time limit, and
 * throw `PaletteError` only: `Forbidden`, `NotFound`, `AlreadyExists`, `Refused`, `Unreachable`, `Prerequisite`
 * (the kind is not installed), `Cancelled`.
 */
export interface ManagementCluster {
  /** Name of the context. */
  readonly name: string;
  /** Path of the kubeconfig file. */
  readonly path: string;
  /** Namespace of the context, for who may not see all. */
  readonly namespace: string;
  /** Whether it is the local management cluster of this product. */
  readonly isSandbox: boolean;
  /** Gives the object, or `undefined` where there is none. */
  get(ref: ObjectRef, options?: ReadOptions): Promise<KubeObject | undefined>;
  /** Gives all objects of a kind, asked for page by page, without who manages which of their fields. */
  list(kind: KindRef, options?: ListOptions): Promise<KubeObject[]>;
  /** Writes a new object; throws `AlreadyExists` where there is one of that name. */
  create(object: KubeObject, options?: WriteOptions): Promise<KubeObject>;
  /** Server-side apply, fields of other managers taken over. */
  apply(object: KubeObject, options?: WriteOptions): Promise<KubeObject>;
  /** JSON merge patch, of the object or of its status. */
  patch(ref: ObjectRef, patch: object, options?: PatchOptions): Promise<KubeObject>;
  /** Gives whether there was something to delete. Dependents go in the background. */
  delete(ref: ObjectRef, options?: DeleteOptions): Promise<boolean>;
  /** Follows all objects of a kind until disposed, through lost connections and expired versions. */
  watch(kind: KindRef, options: WatchOptions, handlers: WatchHandlers): Disposable;
  /**
   * A bound token of a service account (TokenRequest). The server may give a shorter life than asked for; `until` is
   * its end, ISO 8601.
   */
  requestToken(
    account: { readonly namespace: string; readonly name: string },
    seconds: number,
    options?: CallOptions,
  ): Promise<{ readonly token: string; readonly until: string }>;
  /** JSON of a path that is no object, such as `/version`. */
  raw(path: string, options?: CallOptions): Promise<unknown>;
  /** Time of the server as last heard; the local clock before that. */
  now(): Date;
  /**
   * Gives the connection up: what is under way and what comes later throws `Unreachable`, watches end. One that is only
   * not needed any more may be let go without: it keeps nothing open for longer than some seconds.
   */
  close(): void;
}

/** Names a workload cluster. */
export interface ClusterRef {
  readonly namespace: string;
  readonly name: string;
}

/** How far a task of several steps is. */
export interface TaskProgress {
  /** What is being done, one phrase. */
  readonly step: string;
  readonly done: number;
  readonly total: number;
}

export interface TaskOptions extends CallOptions {
  readonly onProgress?: ((progress: TaskProgress) => void) | undefined;
}

/** The reference to an object that it takes to get, patch or delete it. */
export function refOf(object: KubeObject): ObjectRef {
  const { apiVersion, kind, metadata } = object;
  return metadata.namespace === undefined
    ? { apiVersion, kind, name: metadata.name }
    : { apiVersion, kind, name: metadata.name, namespace: metadata.namespace };
}
