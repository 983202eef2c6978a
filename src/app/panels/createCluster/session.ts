import * as vscode from "vscode";
import type { Cloud } from "../../../cluster/clouds/cloud.ts";
import type { AddOn, RequestEdit } from "../../../cluster/index.ts";
import type { ClusterRequest } from "../../../cluster/model.ts";
import type { CloudAccounts, Finding, ManagementCluster, PublishedProfile } from "../../../kube/index.ts";
import type { ChartSources } from "../../../layers/index.ts";
import { describeError } from "../../../shared/errors.ts";
import type { FieldPath } from "../../../shared/form.ts";
import type { KubeObject } from "../../../shared/kubernetes.ts";
import { loadKube } from "../../chunks.ts";
import { today } from "../../clock.ts";
import type { App } from "../../commands/command.ts";
import { isCancelled } from "../../errors.ts";
import { placeOf } from "../../profiles/summary.ts";
import { ADD_ON } from "./addOns.ts";
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
import type { ChosenProfile, Failure, FormModel, Phase, Room, Validation } from "./model.ts";
import { changedValues } from "./overrides.ts";
import { type FieldProblem, isBelow } from "./problems.ts";
import { PROFILE } from "./profileSection.ts";
import {
  addOnChoices,
  addOnsOutOfTheBox,
  findProfile,
  isAddOn,
  outOfTheBox,
  type ProfileSources,
  profileChoices,
  referenceOf,
} from "./profiles.ts";
import { Question } from "./question.ts";
import type { RequestText } from "./requestText.ts";
import type { Rooms } from "./rooms.ts";
import { VARIABLE } from "./variables.ts";
import { validate, type WritingInput, write } from "./writing.ts";

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
  readonly #environment: Question<readonly Finding[]>;
  readonly #accounts: Question<CloudAccounts>;
  readonly #namespaces: Question<readonly string[]>;
  readonly #classes: Question<readonly KubeObject[]>;
  readonly #secrets = new Map<string, string>();
  /** What was filled in for clouds that are not looked at now. */
  readonly #fillings = new Map<string, CloudFilling>();
  /** The last text that could be read. */
  #good: string;
  #request: ClusterRequest;
  #broken: FormModel["broken"];
  #profile: ChosenProfile = { kind: "loading" };
  #profileKey = "";
  #addOns: readonly ChosenProfile[] = [];
  #addOnSources: ProfileSources = { files: [], published: [], outOfTheBox: [] };
  #fleetKey = "";
  #sources: ProfileSources = { files: [], published: [], outOfTheBox: [] };
  /** Registries and mirrors of the user; nothing while their settings cannot be used, which validating says. */
  #charts: ChartSources | undefined;
  #validation: Validation | undefined;
  #failure: Failure | undefined;
  #phase: Phase = { kind: "editing" };
  #stop: { readonly abort: AbortController; keep: boolean } | undefined;
  #seq = 0;
  #showAll = false;
  #summaryId = 0;
  /** Ends once the profile was looked for. */
  #reading: Promise<unknown> = Promise.resolve();
  /** Changes come one after the other: each begins with what the one before has left. */
  #queue: Promise<unknown> = Promise.resolve();

  constructor(app: FormApp, rooms: Rooms, text: RequestText, onChange: () => void) {
    this.#app = app;
    this.#rooms = rooms;
    this.text = text;
    this.#onChange = onChange;
    this.#good = text.text;
    this.#request = this.#read(text.text) ?? emptyRequest(rooms.cluster);
    this.#environment = new Question(onChange);
    this.#accounts = new Question(onChange);
    this.#namespaces = new Question(onChange);
    this.#classes = new Question(onChange);
    this.#subscriptions = [
      text.onDidChange(() => this.#follow()),
      app.connection.onDidChange(() => this.#follow()),
      app.fleet.onDidChange(() => this.#followFleet()),
      app.profiles.onDidChange(() => this.#refreshProfile()),
      app.registries.onDidChange(() => this.#refreshProfile()),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (
          this.#profile.kind !== "loading" &&
          "choice" in this.#profile &&
          this.#profile.choice === `file:${document.uri}`
        ) {
          this.#refreshProfile();
        }
      }),
      this.#environment,
      this.#accounts,
      this.#namespaces,
      this.#classes,
    ];
    this.#follow();
    this.#readProfile();
  }

  get request(): ClusterRequest {
    return this.#request;
  }

  get profile(): ChosenProfile {
    return this.#profile;
  }

  get cloud(): Cloud | undefined {
    const { cluster: room } = this.#rooms;
    const { answer } = this.#classes;
    const classes = answer.kind === "known" ? answer.value : [];
    return withClasses(room.cloudOf(this.#request.cloudType), this.#request, classes, room);
  }

  get isBusy(): boolean {
    return this.#phase.kind === "creating" || this.#phase.kind === "validating";
  }

  get findings(): readonly Finding[] {
    const { answer } = this.#environment;
    return answer.kind === "known" ? answer.value : [];
  }

  /** Ends once the profile that the request names was looked for, for those who cannot wait for news. */
  async settled(): Promise<void> {
    for (let last: unknown; last !== this.#reading; ) {
      last = this.#reading;
      await last;
    }
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
      profile: this.#profile,
      profileChoices: profileChoices(this.#sources),
      addOns: this.#addOns,
      addOnChoices: addOnChoices(this.#addOnSources),
      management,
      unconnected: this.#unconnected(),
      connecting: this.#isConnecting,
      namespaces: this.#namespaces.answer.kind === "known" ? this.#namespaces.answer.value : [],
      taken: (this.#app.fleet.fleet?.clusters ?? []).filter(({ unfinished }) => !unfinished),
      accounts: this.#accounts.answer,
      environment: this.#environment.answer,
      secrets: new Set(this.#secrets.keys()),
      changedValues:
        this.#profile.kind === "usable"
          ? changedValues(room, profiles, this.#profile.text, request)
          : new Map(),
      ...this.#planned(),
      problems: this.#addOnProblems(),
      validation: this.#validation,
      failure: this.#failure,
      phase: this.#phase,
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
    if (this.#profile.kind !== "usable") {
      return { objects: [], shared: 0 };
    }
    const { profile, text } = this.#profile;
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
      this.#charts && { catalog: this.#rooms.catalog.catalog, ...this.#charts },
    );
    const shared = [...published, ...layers];
    return { objects: [...shared, ...objects], shared: shared.length };
  }

  /** The add-on profiles of a request; nothing while one of them is not found, or has errors. */
  #usableAddOns(request: ClusterRequest | undefined): AddOn[] | undefined {
    const usable = this.#addOns.flatMap((each) =>
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
      this.#failure = undefined;
      this.#forgetRefusals(path);
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
          this.#validation = undefined;
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

  /** Changes the request from elsewhere than its fields. */
  change(edits: (request: ClusterRequest) => readonly RequestEdit[]): Promise<void> {
    return this.#inTurn(() => this.#apply(edits(this.#request)));
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
    this.#environment.forget();
    this.#accounts.forget();
    this.#classes.forget();
    this.#ask();
    this.#onChange();
  }

  /** Asks the management cluster about every object. Gives whether all would be taken. */
  async validate(): Promise<boolean> {
    return (await this.#validate()) !== undefined;
  }

  /** Validates, then writes. Gives whether the cluster is written. */
  async create(): Promise<boolean> {
    const validated = await this.#validate();
    if (validated === undefined) {
      return false;
    }
    const { management, plan } = validated;
    const { name } = plan.cluster;
    const stop = { abort: new AbortController(), keep: false };
    this.#stop = stop;
    // Only where it came so far that something was there to leave.
    let isLeft = false;
    const total = plan.shared.length + plan.objects.length + 1;
    const say = (step: string, done: number) => {
      this.#phase = { kind: "creating", step, done, total, stopping: stopOf(stop) };
      this.#onChange();
    };
    say("Beginning", 0);
    try {
      await write(management, plan, {
        signal: stop.abort.signal,
        onProgress: ({ step, done }) => say(step, done),
        shouldUndo: () => {
          isLeft = stop.keep;
          return !isLeft;
        },
      });
      this.#secrets.clear();
      this.#phase = { kind: "done" };
      return true;
    } catch (error) {
      this.#phase = { kind: "editing" };
      this.#failure = isCancelled(error)
        ? {
            title: isLeft
              ? `Cluster ${name} is left unfinished`
              : `Cluster ${name} was not created, everything is undone`,
            text: isLeft
              ? "What was written runs nothing. Create it again to complete it, or delete it in the Clusters view."
              : "Nothing that was only for it is left. The published profile stays.",
            tone: "info",
          }
        : { title: `Cluster ${name} was not created`, text: describeError(error), tone: "error" };
      return false;
    } finally {
      this.#stop = undefined;
      this.#onChange();
    }
  }

  /** Ends writing: undoes what was written, or leaves it to be gone on with. */
  stop(keep: boolean): void {
    const stop = this.#stop;
    // What was said first counts: it is being done already.
    if (stop !== undefined && !stop.abort.signal.aborted && this.#phase.kind === "creating") {
      stop.keep = keep;
      stop.abort.abort();
      this.#phase = { ...this.#phase, stopping: stopOf(stop) };
      this.#onChange();
    }
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) {
      subscription.dispose();
    }
    this.#secrets.clear();
  }

  async #validate(): Promise<
    | { readonly management: ManagementCluster; readonly plan: Awaited<ReturnType<typeof validate>>["plan"] }
    | undefined
  > {
    const input = this.#input();
    const cloud = this.cloud;
    if (input === undefined || cloud === undefined || this.isBusy) {
      return undefined;
    }
    this.#failure = undefined;
    try {
      const management = await this.#app.connection.get();
      this.#phase = { kind: "validating", step: `Asking ${management.name} about every object.` };
      this.#onChange();
      const { plan, validation } = await validate(
        management,
        { ...input, sources: await this.#app.registries.sources() },
        cloud,
        this.#rooms.cluster,
        AbortSignal.timeout(60_000),
      );
      this.#validation = validation;
      this.#showAll = true;
      if (validation.refused.length > 0) {
        this.#summaryId += 1;
        return undefined;
      }
      return { management, plan };
    } catch (error) {
      if (!isCancelled(error)) {
        this.#failure = {
          title: `Cluster ${input.request.name} was not validated`,
          text: describeError(error),
          tone: "error",
        };
      }
      return undefined;
    } finally {
      this.#phase = { kind: "editing" };
      this.#onChange();
    }
  }

  #input(): Omit<WritingInput, "sources"> | undefined {
    const { cluster: room } = this.#rooms;
    const request = room.requestOf(room.parseRequest(this.text.text));
    const addOns = this.#usableAddOns(request);
    return request === undefined || addOns === undefined || this.#profile.kind !== "usable"
      ? undefined
      : {
          request,
          profileText: this.#profile.text,
          addOnTexts: addOns.map((each) => each.profileText),
          secrets: Object.fromEntries(this.#secrets),
        };
  }

  #inTurn(change: () => Promise<void>): Promise<void> {
    const turn = this.#queue.then(change).catch((error: unknown) => {
      this.#failure = { title: "The request was not changed", text: describeError(error), tone: "error" };
    });
    this.#queue = turn;
    return turn.then(() => this.#onChange());
  }

  async #apply(edits: readonly RequestEdit[]): Promise<void> {
    if (
      edits.length === 0 ||
      this.#broken !== undefined ||
      this.#phase.kind === "creating" ||
      this.#phase.kind === "done"
    ) {
      return;
    }
    await this.text.replace(this.#rooms.cluster.editRequest(this.text.text, edits));
  }

  async #choose(choice: string): Promise<void> {
    const reference = referenceOf(choice, this.text.folder);
    if (reference === undefined) {
      return;
    }
    await this.#loadSources();
    const room = this.#rooms.cluster;
    const found = await findProfile(reference, this.text.folder, this.#sources);
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
    const before = this.#profile;
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
    const index = this.#addOns.findIndex((each) => "choice" in each && each.choice === choice);
    if (index >= 0 && !isWanted) {
      await this.#apply([{ path: ["spec", "profiles", index + 1], value: undefined }]);
    } else if (index < 0 && isWanted) {
      const value = referenceOf(choice, this.text.folder);
      await this.#apply(
        value === undefined ? [] : [{ path: ["spec", "profiles", this.#request.profiles.length], value }],
      );
    }
    // The next change looks for it among those that were found.
    await this.settled();
  }

  async #setVariable(name: string, value: string | boolean): Promise<void> {
    if (this.#profile.kind !== "usable") {
      return;
    }
    const { profile } = this.#profile;
    if (profile.variables.some((each) => each.name === name && each.isSensitive)) {
      if (value === "") {
        this.#secrets.delete(name);
      } else {
        this.#secrets.set(name, String(value));
      }
    }
    await this.#apply(variableEdits(name, value, this.#request, profile, this.#rooms.cluster));
  }

  /** Refusals of a field that is changed are solved until the next validation says otherwise. */
  #forgetRefusals(path: FieldPath): void {
    if (this.#validation !== undefined) {
      const refused = this.#validation.refused.flatMap((object) => {
        const reasons = object.reasons.filter(
          (reason) =>
            reason.path === undefined || !(isBelow(reason.path, path) || isBelow(path, reason.path)),
        );
        return reasons.length === 0 ? [] : [{ ...object, reasons }];
      });
      this.#validation = { ...this.#validation, refused, outdated: true };
    }
  }

  /** Reads the text anew, and whatever depends on it. */
  #follow(): void {
    const text = this.text.text;
    const request = this.#read(text);
    if (request !== undefined) {
      if (text !== this.#good && this.#validation !== undefined) {
        this.#validation = { ...this.#validation, outdated: true };
      }
      this.#good = text;
      this.#request = request;
    }
    this.#ask();
    this.#readProfile();
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
    const management = this.#management;
    const cloud = this.cloud;
    const { namespace } = this.#request;
    const settings =
      this.#profile.kind === "usable"
        ? this.#rooms.cluster.kubernetesSettings(this.#profile.profile)
        : undefined;
    if (management === undefined) {
      for (const question of [this.#environment, this.#accounts, this.#namespaces, this.#classes]) {
        question.clear();
      }
      return;
    }
    this.#classes.ask(
      cloud?.id === "cluster-class" ? [management.path, management.name, namespace].join("\n") : undefined,
      async (signal) => (await loadKube()).listClusterClasses(management, namespace, { signal }),
    );
    this.#namespaces.ask(management.path + management.name, async (signal) =>
      (await management.list({ apiVersion: "v1", kind: "Namespace" }, { signal, metadataOnly: true })).map(
        ({ metadata }) => metadata.name,
      ),
    );
    const key =
      cloud === undefined ? undefined : [management.path, management.name, cloud.id, namespace].join("\n");
    const ask =
      <T>(
        to: (kube: Awaited<ReturnType<typeof loadKube>>, found: Cloud, signal: AbortSignal) => Promise<T>,
      ) =>
      async (signal: AbortSignal) => {
        if (cloud === undefined) {
          throw new TypeError("No cloud");
        }
        return to(await loadKube(), cloud, signal);
      };
    const distribution = cloud?.onlyOnSandbox === true ? undefined : settings?.distribution;
    this.#environment.ask(
      key === undefined || this.#profile.kind !== "usable" ? undefined : `${key}\n${distribution}`,
      ask((kube, found, signal) =>
        kube.checkEnvironment(management, found, namespace, {
          signal,
          ...(distribution === undefined ? {} : { distribution }),
        }),
      ),
    );
    this.#accounts.ask(
      key === undefined || cloud?.identities.length === 0 ? undefined : key,
      ask((kube, found, signal) => kube.listAccounts(management, found, namespace, { signal })),
    );
  }

  #refreshProfile(): void {
    this.#profileKey = "";
    this.#readProfile();
  }

  #readProfile(): void {
    this.#reading = Promise.allSettled([this.#reading, this.#loadSources()]);
  }

  /** Finds the profile of the request, where it, or what there is to find, is another. */
  async #loadSources(): Promise<void> {
    const [files, ready, readyAddOns, charts] = await Promise.all([
      this.#app.profiles.files(),
      outOfTheBox(this.#app.context.extensionUri),
      addOnsOutOfTheBox(this.#app.context.extensionUri),
      this.#app.registries.sources().catch(() => undefined),
    ]);
    const published = this.#app.fleet.fleet?.published ?? [];
    const isWanted = (each: PublishedProfile): boolean => isAddOn(this.#rooms.profile, each);
    this.#sources = { files, published: published.filter((each) => !isWanted(each)), outOfTheBox: ready };
    this.#addOnSources = { files, published: published.filter(isWanted), outOfTheBox: readyAddOns };
    this.#charts = charts;
    const places = this.#request.profiles.map(({ variables: _, packValues: __, ...place }) => place);
    const key = JSON.stringify([
      places,
      this.text.uri?.toString(),
      published.map(({ name, version }) => [name, version]),
    ]);
    if (key === this.#profileKey) {
      return;
    }
    this.#profileKey = key;
    const [first, ...others] = places;
    const { folder } = this.text;
    const [found, ...addOns] = await Promise.all([
      findProfile(first, folder, this.#sources),
      ...others.map((each) => findProfile(each, folder, this.#addOnSources)),
    ]);
    if (key === this.#profileKey) {
      this.#profile = found;
      this.#addOns = addOns;
      this.#ask();
      this.#onChange();
    }
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

function stopOf({
  abort,
  keep,
}: {
  readonly abort: AbortController;
  readonly keep: boolean;
}): "undo" | "leave" | undefined {
  return abort.signal.aborted ? (keep ? "leave" : "undo") : undefined;
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
