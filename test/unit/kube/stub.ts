import type {
  CallOptions,
  KindRef,
  ListOptions,
  ManagementCluster,
  ObjectRef,
  ReadOptions,
  WriteOptions,
} from "../../../src/kube/management.ts";
import { PaletteError } from "../../../src/shared/errors.ts";
import type { KubeObject } from "../../../src/shared/kubernetes.ts";

/** A kind that the stub serves. */
export type Served = readonly [apiVersion: string, kind: string, resource: string, scope?: "cluster"];

/**
 * A management cluster of objects in memory, for what the code asks and in which words it answers. How API
 * servers really judge is tested in test/engine.
 */
export class StubManagement implements ManagementCluster {
  readonly name = "mgmt";
  readonly path = "/mgmt.yaml";
  readonly namespace = "default";
  isSandbox = false;
  readonly served: Served[] = [
    ["v1", "Namespace", "namespaces", "cluster"],
    ["v1", "ConfigMap", "configmaps"],
    ["v1", "Secret", "secrets"],
    ["authorization.k8s.io/v1", "SelfSubjectAccessReview", "selfsubjectaccessreviews", "cluster"],
    ["authentication.k8s.io/v1", "SelfSubjectReview", "selfsubjectreviews", "cluster"],
    ["apiextensions.k8s.io/v1", "CustomResourceDefinition", "customresourcedefinitions", "cluster"],
    ["admissionregistration.k8s.io/v1", "MutatingWebhookConfiguration", "m", "cluster"],
    ["admissionregistration.k8s.io/v1", "ValidatingWebhookConfiguration", "v", "cluster"],
    ["discovery.k8s.io/v1", "EndpointSlice", "endpointslices"],
  ];
  objects: KubeObject[] = [];
  /** What this user may not do, as `verb resource`. */
  readonly denied = new Set<string>();
  /** Answers for writes, asked first; throws to refuse. */
  onWrite: (object: KubeObject, options: WriteOptions) => void = () => {};
  readonly written: KubeObject[] = [];

  async get(ref: ObjectRef, options: ReadOptions = {}): Promise<KubeObject | undefined> {
    this.#judge("get", ref);
    const found = this.objects.find(
      ({ apiVersion, kind, metadata }) =>
        apiVersion === ref.apiVersion &&
        kind === ref.kind &&
        metadata.name === ref.name &&
        metadata.namespace === ref.namespace,
    );
    return found === undefined || options.metadataOnly !== true ? found : metadataOf(found);
  }

  async list(kind: KindRef, options: ListOptions = {}): Promise<KubeObject[]> {
    this.#judge("list", kind);
    const labels = (options.labelSelector ?? "").split(",").filter((part) => part !== "");
    return this.objects
      .filter(
        (object) =>
          object.apiVersion === kind.apiVersion &&
          object.kind === kind.kind &&
          (options.namespace === undefined || object.metadata.namespace === options.namespace) &&
          labels.every((part) => {
            const [key = "", value] = part.split("=");
            const found = object.metadata.labels?.[key];
            return value === undefined ? found !== undefined : found === value;
          }),
      )
      .map((object) => (options.metadataOnly === true ? metadataOf(object) : object));
  }

  async create(object: KubeObject, options: WriteOptions = {}): Promise<KubeObject> {
    if (object.kind === "SelfSubjectAccessReview") {
      const { verb, resource } = (object.spec as { resourceAttributes: { verb: string; resource: string } })
        .resourceAttributes;
      return { ...object, status: { allowed: !this.denied.has(`${verb} ${resource}`) } };
    }
    if (object.kind === "SelfSubjectReview") {
      return { ...object, status: { userInfo: { username: "ada" } } };
    }
    return this.#write("create", object, options);
  }

  async apply(object: KubeObject, options: WriteOptions = {}): Promise<KubeObject> {
    return this.#write("patch", object, options);
  }

  async patch(ref: ObjectRef): Promise<KubeObject> {
    throw new Error(`Nobody patches ${ref.name} here`);
  }

  async delete(ref: ObjectRef): Promise<boolean> {
    this.#judge("delete", ref);
    const found = await this.get(ref);
    this.objects = this.objects.filter((object) => object !== found);
    return found !== undefined;
  }

  watch(): never {
    throw new Error("Nobody watches here");
  }

  async requestToken(): Promise<never> {
    throw new Error("Nobody asks for tokens here");
  }

  async raw(path: string, _: CallOptions = {}): Promise<unknown> {
    if (path === "/apis") {
      const versions = [...new Set(this.served.map(([served]) => served))].filter((each) =>
        each.includes("/"),
      );
      const groups = Map.groupBy(versions, (each) => each.split("/")[0] ?? "");
      return {
        groups: [...groups].map(([name, all]) => ({
          name,
          preferredVersion: { groupVersion: all[0] },
          versions: all.map((groupVersion) => ({ groupVersion })),
        })),
      };
    }
    const apiVersion = path.replace(/^\/apis?\//, "");
    const resources = this.served
      .filter(([served]) => served === apiVersion)
      .map(([, kind, name, scope]) => ({
        kind,
        name,
        namespaced: scope === undefined,
        verbs: ["list"],
      }));
    if (resources.length === 0) {
      throw new PaletteError("NotFound", `${path} does not exist on mgmt`);
    }
    return { resources };
  }

  now(): Date {
    return new Date("2026-11-24T12:00:00Z");
  }

  close(): void {}

  #write(verb: string, object: KubeObject, options: WriteOptions): KubeObject {
    this.#judge(verb, object);
    this.onWrite(object, options);
    if (options.dryRun !== true) {
      this.written.push(object);
      this.objects.push(object);
    }
    return object;
  }

  #judge(verb: string, { apiVersion, kind }: KindRef): void {
    const served = this.served.find((each) => each[0] === apiVersion && each[1] === kind);
    if (served === undefined) {
      throw new PaletteError("Prerequisite", `mgmt has no kind ${kind} of ${apiVersion}`);
    }
    if (this.denied.has(`${verb} ${served[2]}`)) {
      throw new PaletteError("Forbidden", `User ada may not ${verb} ${served[2]} in all namespaces on mgmt`);
    }
  }
}

function metadataOf({ apiVersion, kind, metadata }: KubeObject): KubeObject {
  return { apiVersion, kind, metadata };
}
