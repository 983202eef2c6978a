import { isDeepStrictEqual } from "node:util";
import * as vscode from "vscode";
import type { Cloud } from "../../../cluster/clouds/cloud.ts";
import type { AddOn, RequestEdit } from "../../../cluster/index.ts";
import type { ClusterRequest } from "../../../cluster/model.ts";
import type { Finding, ManagementCluster } from "../../../kube/index.ts";
import { describeError, PaletteError } from "../../../shared/errors.ts";
import type { FieldPath } from "../../../shared/form.ts";
import type { KubeObject } from "../../../shared/kubernetes.ts";
import { today } from "../../clock.ts";
import type { App } from "../../commands/command.ts";
import { placeOf } from "../../profiles/summary.ts";
import { ADD_ON } from "./addOns.ts";
import { Asked } from "./asked.ts";
import { Attempt, type Trial, type Validated } from "./attempt.ts";
import { withClasses } from "./classes.ts";
import {
  addItemEdits,
  addPoolEdits,
  type CloudFilling,
  clonePoolEdits,
  cloudEdits,
  editsFor,
  fillingOf,
  profileEdits,
  variableEdits,
} from "./edits.ts";
import { FoundProfiles } from "./foundProfiles.ts";
import type { ChosenProfile, FormModel, Room } from "./model.ts";
import { changedValues } from "./overrides.ts";
import type { FieldProblem } from "./problems.ts";
import { PROFILE } from "./profileSection.ts";
import { addOnChoices, profileChoices, referenceOf } from "./profiles.ts";
import type { RequestText } from "./requestText.ts";
import type { Rooms } from "./rooms.ts";
import { VARIABLE } from "./variables.ts";

/** What a form needs of the extension. */
export type FormApp = Pick<
  App,
  "context" | "log" | "connection" | "fleet" | "profiles" | "registries" | "documents"
>;

/**
 * One request on its way to a cluster: follows its text, profile and management cluster, and says what the form shows.
 * Nothing of it knows the page.
 */
export class CreateSession implements vscode.Disposable {
  readonly text: RequestText;
  readonly #app: FormApp;
  readonly #rooms: Rooms;
  readonly #onChange: () => void;
  readonly #subscriptions: vscode.Disposable[];
  readonly #asked: Asked;
  readonly #found: FoundProfiles;
  readonly #attempt: Attempt;
  readonly #secrets = new Map<string, string>();
  /** What was filled in for clouds that are not looked at now. */
  readonly #fillings = new Map<string, CloudFilling>();
  /** The last text that could be read. */
  #good: string;
  #request: ClusterRequest;
  #broken: FormModel["broken"];
  /** What the request is made with, besides its text: profiles, and where charts come from. */
  #basis: readonly unknown[] = [];
  #lastManagement: ManagementCluster | undefined;
  #fleetKey = "";
  #seq = 0;
  #showAll = false;
  #summaryId = 0;
  /** Changes come one after the other: each begins with what the one before has left. */
  #queue: Promise<unknown> = Promise.resolve();

  constructor(app: FormApp, rooms: Rooms, text: RequestText, onChange: () => void) {
    this.#app = app;
    this.#rooms = rooms;
    this.text = text;
    this.#onChange = onChange;
    this.#good = text.text;
    this.#request = this.#read(text.text) ?? emptyRequest(rooms.cluster);
    this.#lastManagement = this.#management;
    this.#asked = new Asked(onChange);
    this.#attempt = new Attempt(app, rooms.cluster, onChange);
    this.#found = new FoundProfiles(
      app,
      rooms,
      text,
      () => this.#request,
      () => this.#followProfiles(),
    );
    this.#subscriptions = [
      text.onDidChange(() => this.#follow()),
      app.connection.onDidChange(() => this.#followManagement()),
      app.fleet.onDidChange(() => this.#followFleet()),
      app.profiles.onDidChange(() => this.#found.lookAgain()),
      app.registries.onDidChange(() => this.#found.lookAgain()),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        const { profile } = this;
        if ("choice" in profile && profile.choice === `file:${document.uri}`) {
          this.#found.lookAgain();
        }
      }),
      this.#asked,
    ];
    this.#follow();
  }

  get request(): ClusterRequest {
    return this.#request;
  }

  get profile(): ChosenProfile {
    return this.#found.profile;
  }

  get cloud(): Cloud | undefined {
    const { cluster: room } = this.#rooms;
    return withClasses(room.cloudOf(this.#request.cloudType), this.#request, this.#asked.classes, room);
  }

  get findings(): readonly Finding[] {
    const { environment } = this.#asked;
    return environment.kind === "known" ? environment.value : [];
  }

  /**
   * Ends once all changes are in the text and the profiles that it names were looked for, for those who cannot wait for
   * news.
   */
  async settled(): Promise<void> {
    await this.#queue;
    await this.#found.settled();
  }

  /** Everything that the form is drawn from, as it is now. */
  model(): FormModel {
    const { cluster: room, profile: profiles } = this.#rooms;
    const management = this.#management;
    const request = this.#request;
    return {
      room,
      text: this.#good,
      broken: this.#broken,
      file: this.#fileName(),
      request,
      cloud: this.cloud,
      profile: this.profile,
      profileChoices: profileChoices(this.#found.sources, management?.name),
      addOns: this.#found.addOns,
      addOnChoices: addOnChoices(this.#found.addOnSources),
      management,
      unconnected: this.#unconnected(),
      connecting: this.#isConnecting,
      namespaces: this.#asked.namespaces,
      taken: (this.#app.fleet.fleet?.clusters ?? []).filter(({ unfinished }) => !unfinished),
      accounts: this.#asked.accounts,
      environment: this.#asked.environment,
      secrets: new Set(this.#secrets.keys()),
      changedValues:
        this.profile.kind === "usable"
          ? changedValues(room, profiles, this.profile.text, request)
          : new Map(),
      ...this.#planned(),
      problems: this.#addOnProblems(),
      validation: this.#attempt.validation,
      failure: this.#attempt.failure,
      phase: this.#attempt.phase,
      seq: this.#seq,
      showAll: this.#showAll,
      summaryId: this.#summaryId,
    };
  }

  /** The objects that the request becomes, as they are written; none while it has errors. Secrets have their values. */
  objects(): readonly KubeObject[] {
    return this.#planned().objects;
  }

  #planned(): Pick<FormModel, "objects" | "shared"> {
    const { cluster: room } = this.#rooms;
    if (this.profile.kind !== "usable") {
      return { objects: [], shared: 0 };
    }
    const { profile, text } = this.profile;
    const request = room.requestOf(room.parseRequest(this.#good));
    const addOns = this.#usableAddOns(request);
    if (
      request === undefined ||
      addOns === undefined ||
      room.checkAgainstProfile(request, profile).length > 0 ||
      this.#addOnProblems().length > 0
    ) {
      return { objects: [], shared: 0 };
    }
    const { published, layers, objects } = this.#rooms.layers.creationObjects(
      {
        request,
        profile,
        profileText: text,
        addOns,
        secrets: Object.fromEntries(this.#secrets),
        today: today(),
      },
      this.#found.charts && { catalog: this.#rooms.catalog.catalog, ...this.#found.charts },
    );
    const shared = [...published, ...layers];
    return { objects: [...shared, ...objects], shared: shared.length };
  }

  /** The add-on profiles of a request; nothing while one of them is not found, or has errors. */
  #usableAddOns(request: ClusterRequest | undefined): AddOn[] | undefined {
    const usable = this.#found.addOns.flatMap((each) =>
      each.kind === "usable" ? [{ profile: each.profile, profileText: each.text }] : [],
    );
    return usable.length + 1 === request?.profiles.length ? usable : undefined;
  }

  #addOnProblems(): FieldProblem[] {
    const { checkAddOns } = this.#rooms.cluster;
    const usable = this.#usableAddOns(this.#request) ?? [];
    return [
      ...checkAddOns(
        this.#request,
        usable.map(({ profile }) => profile),
      ),
    ].map(({ path, message, next }) => ({
      path,
      severity: "error",
      text: `${message}. ${next}`,
      quote: null,
    }));
  }

  /** A field of the form was changed. */
  edit(seq: number, path: FieldPath, value: string | boolean): Promise<void> {
    return this.#inTurn(async () => {
      this.#seq = Math.max(this.#seq, seq);
      this.#attempt.touch(path);
      if (path[0] === PROFILE) {
        await this.#choose(String(value));
      } else if (path[0] === VARIABLE) {
        await this.#setVariable(String(path[1]), value);
      } else if (path[0] === ADD_ON) {
        await this.#setAddOn(String(path[1]), value === true);
      } else if (path[0] === "spec" && path[1] === "cloudType") {
        await this.#changeCloud(String(value));
      } else {
        const edits = editsFor(path, value, this.#request, this.cloud, this.#rooms.cluster);
        const old = this.#request.name;
        await this.#apply(edits);
        if (old !== this.#request.name) {
          this.#attempt.forgetValidation();
        }
      }
    });
  }

  /** One more of a list. */
  add(path: FieldPath): Promise<void> {
    return this.#inTurn(() =>
      this.#apply(
        isPools(path)
          ? addPoolEdits(this.#request, this.#rooms.cluster, this.cloud)
          : addItemEdits(path, this.#request),
      ),
    );
  }

  clonePool(path: FieldPath): Promise<void> {
    return this.#inTurn(() => this.#apply(clonePoolEdits(this.#request, Number(path[2]))));
  }

  remove(path: FieldPath): Promise<void> {
    return this.#inTurn(async () => {
      // The control plane pool stays, whatever a page says.
      if (
        !isPools(path.slice(0, 2)) ||
        path.length > 3 ||
        this.#request.machinePools[Number(path[2])]?.isControlPlane === false
      ) {
        await this.#apply([{ path, value: undefined }]);
      }
    });
  }

  /** Changes the request from elsewhere than its fields. Throws where it cannot be changed. */
  change(edits: (request: ClusterRequest) => readonly RequestEdit[]): Promise<void> {
    return this.#next(() => {
      this.#assertChangeable();
      return this.#apply(edits(this.#request));
    });
  }

  /** Takes a profile as the request's: a file, a published version, or one that ships. */
  choose(choice: string): Promise<void> {
    return this.#inTurn(() => this.#choose(choice));
  }

  /** Shows every problem, also of fields that nobody touched; gives whether there is none. */
  showProblems(hasErrors: boolean): void {
    this.#showAll = true;
    if (hasErrors) {
      this.#summaryId += 1;
    }
    this.#onChange();
  }

  checkEnvironmentAgain(): void {
    this.#asked.forget();
    this.#ask();
    this.#onChange();
  }

  /** Asks the management cluster about every object. Gives whether all would be taken. */
  validate(): Promise<boolean> {
    return this.#attempt.run(async () => (await this.#validate()) !== undefined);
  }

  /** Validates, then writes what was validated. Gives whether the cluster is written. */
  create(): Promise<boolean> {
    return this.#attempt.run(async () => {
      const validated = await this.#validate();
      if (validated === undefined || !(await this.#attempt.write(validated))) {
        return false;
      }
      this.#secrets.clear();
      return true;
    });
  }

  /** Ends validating, and writing: undoes what was written, or leaves it to be gone on with. */
  stop(keep: boolean): void {
    this.#attempt.stop(keep);
  }

  /** Ends validating too; a cluster that is being written is written to its end. */
  dispose(): void {
    this.#attempt.dispose();
    for (const subscription of this.#subscriptions) {
      subscription.dispose();
    }
    this.#secrets.clear();
  }

  async #validate(): Promise<Validated | undefined> {
    const outcome = await this.#attempt.validate({
      name: this.#request.name,
      settled: () => this.settled(),
      input: () => this.#input(),
    });
    if (outcome === "failed") {
      return undefined;
    }
    this.showProblems(outcome === "wrong");
    return outcome === "wrong" ? undefined : outcome;
  }

  #input(): ReturnType<Trial["input"]> {
    const { cluster: room } = this.#rooms;
    const { cloud, profile } = this;
    const request = room.requestOf(room.parseRequest(this.text.text));
    const addOns = this.#usableAddOns(request);
    return request === undefined || addOns === undefined || cloud === undefined || profile.kind !== "usable"
      ? undefined
      : {
          requested: {
            request,
            profileText: profile.text,
            addOnTexts: addOns.map((each) => each.profileText),
            secrets: Object.fromEntries(this.#secrets),
          },
          cloud,
        };
  }

  /** A change from the form, which says where it fails. */
  async #inTurn(change: () => Promise<void>): Promise<void> {
    await this.#next(change).catch((error: unknown) => {
      this.#attempt.fail("The request was not changed", error);
    });
    this.#onChange();
  }

  #next(change: () => Promise<void>): Promise<void> {
    const turn = this.#queue.then(change);
    this.#queue = turn.catch(() => undefined);
    return turn;
  }

  #assertChangeable(): void {
    const name = this.#request.name === "" ? "of this request" : this.#request.name;
    if (!this.#attempt.isOpen) {
      const isWritten = this.#attempt.phase.kind === "done";
      throw new PaletteError(
        "AlreadyExists",
        `Cluster ${name} is ${isWritten ? "" : "being "}written, its request takes no changes any more`,
        { next: isWritten ? "Change the cluster itself." : "Stop it first, or wait until it is written." },
      );
    }
    if (this.#broken !== undefined) {
      throw new PaletteError(
        "InvalidDocument",
        `Line ${this.#broken.line} of the request cannot be read, so nothing was taken into it`,
        { next: "Correct it, then save again." },
      );
    }
  }

  async #apply(edits: readonly RequestEdit[]): Promise<void> {
    if (edits.length === 0 || this.#broken !== undefined || !this.#attempt.isOpen) {
      return;
    }
    await this.text.replace(this.#rooms.cluster.editRequest(this.text.text, edits));
  }

  async #choose(choice: string): Promise<void> {
    const reference = referenceOf(choice, this.text.folder);
    if (reference === undefined) {
      return;
    }
    const room = this.#rooms.cluster;
    const found = await this.#found.find(reference);
    if (found.kind !== "usable") {
      await this.#apply([{ path: ["spec", "profiles", 0], value: reference }]);
      return;
    }
    const { profile } = found;
    const wanted = this.#cloudFor(profile.cloudType);
    if (this.#request.cloudType === "") {
      // The first profile: the request begins here, with the name and namespace that are there already.
      const { name, namespace } = this.#request;
      const fresh = room.newRequest({ name, namespace, cloudType: wanted, profile: reference });
      await this.text.replace(room.formatRequest(fresh));
      return;
    }
    const before = this.profile;
    const followed = before.kind === "usable" && before.profile.cloudType === this.#request.cloudType;
    await this.#apply(profileEdits(reference, profile, this.#request));
    const fits = room.cloudsFor(profile, { sandbox: this.#management?.isSandbox === true });
    // A cloud that was chosen against the profile stays, where the new one can be made on it too.
    if (followed || !fits.some(({ id }) => id === this.#request.cloudType)) {
      await this.#changeCloud(wanted);
    }
  }

  /** The cloud to begin with: the profile's, except where only trying in memory is possible. */
  #cloudFor(cloudType: string): string {
    const cloud = this.#rooms.cluster.cloudOf(cloudType);
    return this.#management?.isSandbox === true && cloud?.onlyOnSandbox !== true ? "in-memory" : cloudType;
  }

  async #changeCloud(id: string): Promise<void> {
    const cloud = this.#rooms.cluster.cloudOf(id);
    if (cloud !== undefined && id !== this.#request.cloudType) {
      this.#fillings.set(this.#request.cloudType, fillingOf(this.#request));
      await this.#apply(cloudEdits(cloud, this.#request, this.#rooms.cluster, this.#fillings.get(id)));
    }
  }

  async #setAddOn(choice: string, isWanted: boolean): Promise<void> {
    const index = this.#found.addOns.findIndex((each) => "choice" in each && each.choice === choice);
    if (index >= 0 && !isWanted) {
      await this.#apply([{ path: ["spec", "profiles", index + 1], value: undefined }]);
    } else if (index < 0 && isWanted) {
      const value = referenceOf(choice, this.text.folder);
      await this.#apply(
        value === undefined ? [] : [{ path: ["spec", "profiles", this.#request.profiles.length], value }],
      );
    }
    // The next change looks for it among those that were found.
    await this.#found.settled();
  }

  async #setVariable(name: string, value: string | boolean): Promise<void> {
    if (this.profile.kind !== "usable") {
      return;
    }
    const { profile } = this.profile;
    if (profile.variables.some((each) => each.name === name && each.isSensitive)) {
      if (value === "") {
        this.#secrets.delete(name);
      } else {
        this.#secrets.set(name, String(value));
      }
    }
    await this.#apply(variableEdits(name, value, this.#request, profile, this.#rooms.cluster));
  }

  /** Reads the text anew, and whatever depends on it. */
  #follow(): void {
    const text = this.text.text;
    const request = this.#read(text);
    if (text !== this.#good) {
      this.#attempt.outdate();
    }
    if (request !== undefined) {
      this.#good = text;
      this.#request = request;
    }
    this.#ask();
    this.#found.look();
    this.#onChange();
  }

  /** What one management cluster takes says nothing of another. */
  #followManagement(): void {
    if (this.#management !== this.#lastManagement) {
      this.#lastManagement = this.#management;
      this.#attempt.forgetValidation();
    }
    this.#follow();
  }

  /** Profiles were looked for: of others, other objects are made. */
  #followProfiles(): void {
    const { profile, addOns, charts } = this.#found;
    const texts = [profile, ...addOns].map((each) => (each.kind === "usable" ? each.text : undefined));
    const basis = [...texts, charts];
    if (!isDeepStrictEqual(basis, this.#basis)) {
      this.#basis = basis;
      this.#attempt.outdate();
    }
    this.#ask();
    this.#onChange();
  }

  /** Of the clusters only their names matter here: most changes of a busy fleet are none. */
  #followFleet(): void {
    const { clusters = [], published = [] } = this.#app.fleet.fleet ?? {};
    const key = JSON.stringify([
      clusters.map(({ namespace, name, unfinished }) => [namespace, name, unfinished]),
      published.map(({ name, version }) => [name, version]),
    ]);
    if (key !== this.#fleetKey) {
      this.#fleetKey = key;
      this.#follow();
    }
  }

  #read(text: string): ClusterRequest | undefined {
    const room = this.#rooms.cluster;
    const document = room.parseRequest(text);
    const problem = document.syntax.find(({ severity }) => severity === "error");
    this.#broken =
      problem === undefined
        ? undefined
        : { line: placeOf(text, problem.span.start).line + 1, message: problem.message };
    return document.view === undefined || problem !== undefined ? undefined : room.readRequest(document.view);
  }

  #ask(): void {
    const { cloud, profile } = this;
    const settings =
      profile.kind === "usable" ? this.#rooms.cluster.kubernetesSettings(profile.profile) : undefined;
    this.#asked.ask(this.#management, {
      cloud,
      namespace: this.#request.namespace,
      hasProfile: settings !== undefined,
      distribution: cloud?.onlyOnSandbox === true ? undefined : settings?.distribution,
    });
  }

  get #management(): ManagementCluster | undefined {
    const { state } = this.#app.connection;
    return state.kind === "connected" ? state.cluster : undefined;
  }

  get #isConnecting(): boolean {
    const { kind } = this.#app.connection.state;
    return kind === "connecting" || kind === "idle";
  }

  #unconnected(): string {
    const { state } = this.#app.connection;
    return state.kind === "unreachable" ? describeError(state.error) : "Connect one, or start the local one.";
  }

  #fileName(): string {
    const { uri } = this.text;
    return uri === undefined || uri.scheme === "untitled"
      ? `${this.#request.name === "" ? "untitled" : this.#request.name}.cluster.yaml`
      : (uri.path.split("/").at(-1) ?? "");
  }
}

function isPools(path: FieldPath): boolean {
  return path.length === 2 && path[0] === "spec" && path[1] === "machinePools";
}

/** What the form shows of a text that was never readable. */
function emptyRequest(room: Room): ClusterRequest {
  return {
    ...room.newRequest({ name: "", namespace: "default", cloudType: "", profile: { file: "" } }),
    machinePools: [],
    profiles: [],
  };
}
