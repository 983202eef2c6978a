import { randomUUID } from "node:crypto";
import * as vscode from "vscode";
import {
  CREATE_TO_HOST,
  type CreateAction,
  type CreateToHost,
  type CreateToView,
  type KeptForm,
} from "../../../shared/createCluster.ts";
import { PaletteError } from "../../../shared/errors.ts";
import { dispatch, readMessage } from "../../../shared/messages.ts";
import { installProvider } from "../../environment/installProvider.ts";
import { showError } from "../../errors.ts";
import { openAt } from "../../profiles/places.ts";
import { loadPage } from "../webviewPage.ts";
import { layerEdits } from "./edits.ts";
import { formOf } from "./form.ts";
import type { LayerValues } from "./layerValues.ts";
import { showObjects } from "./objects.ts";
import { overrideIn, overridePlace, overrideText } from "./overrides.ts";
import type { RequestText } from "./requestText.ts";
import type { Rooms } from "./rooms.ts";
import { saveRequest } from "./save.ts";
import { CreateSession, type FormApp } from "./session.ts";

/** The panel of *Create Cluster*: carries what the session knows to the page, and what the user does to the session. */
export class CreateClusterPanel implements vscode.Disposable {
  readonly #app: FormApp;
  readonly #panel: vscode.WebviewPanel;
  readonly #rooms: Rooms;
  readonly #session: CreateSession;
  readonly #layerValues: LayerValues;
  /** Forms without names have documents of their own too. */
  readonly #id = randomUUID();
  readonly #subscriptions: vscode.Disposable[];
  #hold: vscode.Disposable | undefined;
  #shown: NodeJS.Immediate | undefined;
  #isReady = false;
  #isDisposed = false;

  constructor(
    app: FormApp,
    panel: vscode.WebviewPanel,
    rooms: Rooms,
    text: RequestText,
    layerValues: LayerValues,
  ) {
    this.#app = app;
    this.#panel = panel;
    this.#rooms = rooms;
    this.#layerValues = layerValues;
    this.#session = new CreateSession(app, rooms, text, () => this.#show());
    this.#subscriptions = [
      this.#session,
      text,
      panel.webview.onDidReceiveMessage((value: unknown) => this.#receive(value)),
      panel.onDidChangeViewState(() => this.#follow()),
    ];
    this.#follow();
    loadPage(panel.webview, app.context.extensionUri, "createCluster", "Create Cluster");
  }

  /** The document that it shows, if there is one. */
  get uri(): vscode.Uri | undefined {
    return this.#session.text.uri;
  }

  reveal(): void {
    this.#panel.reveal();
  }

  /** Begins with a profile: a file, a published version, or one that ships. */
  choose(choice: string): Promise<void> {
    return this.#session.choose(choice);
  }

  dispose(): void {
    this.#isDisposed = true;
    clearImmediate(this.#shown);
    this.#hold?.dispose();
    this.#layerValues.drop(this.#id);
    for (const subscription of this.#subscriptions) {
      subscription.dispose();
    }
  }

  /** Clusters are watched while the form can be seen. */
  #follow(): void {
    if (this.#panel.visible) {
      this.#hold ??= this.#app.fleet.hold();
    } else {
      this.#hold?.dispose();
      this.#hold = undefined;
    }
  }

  #receive(value: unknown): void {
    const message = readMessage<CreateToHost>(CREATE_TO_HOST, value);
    if (message === undefined) {
      this.#app.log.warn("The create form sent a message that is not understood.");
      return;
    }
    const session = this.#session;
    const run = (work: Promise<unknown>) =>
      void work.catch((error: unknown) => showError(error, this.#app.log));
    dispatch(message, {
      ready: () => {
        this.#isReady = true;
        this.#show();
      },
      edit: ({ seq, path, value: held }) => run(session.edit(seq, path, held)),
      add: ({ path }) => run(session.add(path)),
      clone: ({ path }) => run(session.clonePool(path)),
      remove: ({ path }) => run(session.remove(path)),
      act: ({ action, argument }) => run(this.#act(action, argument)),
    });
  }

  /** Draws once for all that changes at the same time. */
  #show(): void {
    // The session may still have been asking something when the panel was closed.
    if (this.#isDisposed) {
      return;
    }
    this.#shown ??= setImmediate(() => {
      this.#shown = undefined;
      const { request, text } = this.#session;
      this.#panel.title = request.name === "" ? "Create Cluster" : `Create Cluster: ${request.name}`;
      if (this.#isReady) {
        const keep: KeptForm = { uri: text.uri?.toString() ?? null, text: text.text };
        this.#send({ type: "show", form: formOf(this.#session.model()), keep });
      }
    });
  }

  #send(message: CreateToView): void {
    void this.#panel.webview.postMessage(message);
  }

  async #act(action: CreateAction, argument: string | null): Promise<void> {
    const session = this.#session;
    const { profile } = session;
    const profileUri =
      "choice" in profile && profile.isFile
        ? vscode.Uri.parse(profile.choice.slice("file:".length), true)
        : undefined;
    switch (action) {
      case "validate":
        if (!(await this.#saysWhatIsWrong())) {
          await session.validate();
        }
        return;
      case "create":
        // Where the form is closed meanwhile, the session says what becomes of it.
        if (!(await this.#saysWhatIsWrong()) && (await session.create()) && !this.#isDisposed) {
          await this.#showProgress();
        }
        return;
      case "firstProblem":
        await this.#saysWhatIsWrong();
        return;
      case "stop":
        session.stop(argument === "keep");
        return;
      case "showProgress":
        await this.#showProgress();
        return;
      case "saveFile":
        await saveRequest(session);
        return;
      case "editYaml":
        await session.text.showBeside();
        return;
      case "editLayer":
        await this.#editLayer(argument ?? "");
        return;
      case "addLayer":
        await vscode.commands.executeCommand("palette.addLayer", profileUri);
        return;
      case "openProfile":
      case "fixProfile":
        if (profileUri !== undefined) {
          const wrong = (await this.#app.profiles.files()).find(
            ({ uri }) => uri.toString() === profileUri.toString(),
          );
          await openAt(profileUri, wrong?.summary.errors[0]?.place);
        } else if (profile.kind === "usable") {
          const { name, version } = profile.profile;
          await this.#app.documents.show(`${name}-${version}.profile.yaml`, profile.text, { beside: true });
        }
        return;
      case "newProfile":
        await vscode.commands.executeCommand("palette.newProfile");
        return;
      case "newCloudAccount":
        await vscode.commands.executeCommand("palette.newCloudAccount", {
          cloudType: session.request.cloudType,
          namespace: session.request.namespace,
        });
        session.checkEnvironmentAgain();
        return;
      case "checkEnvironment":
        session.checkEnvironmentAgain();
        return;
      case "installProvider":
        for (const finding of session.findings.filter(({ install }) => install !== undefined)) {
          await installProvider(this.#app, await this.#app.connection.get(), finding);
        }
        return;
      case "copyText":
        await vscode.env.clipboard.writeText(
          session.findings.flatMap(({ command }) => command ?? []).join("\n"),
        );
        return;
      case "changeManagementCluster":
        await vscode.commands.executeCommand("palette.connectManagementCluster");
        return;
      case "openObject":
      case "openObjects":
        await showObjects(this.#app, session, {
          preserveFocus: false,
          ...(action === "openObject" ? { only: Number(argument) } : {}),
        });
        return;
      case "showLog":
        this.#app.log.show();
        return;
    }
  }

  /** Whether there are errors; then the page says all of them, and the focus goes there. */
  async #saysWhatIsWrong(): Promise<boolean> {
    // What was typed last is still on its way into the request.
    await this.#session.settled();
    const model = this.#session.model();
    const { summary, canCreate, phase } = formOf({ ...model, showAll: true, validation: undefined });
    if (phase !== "editing") {
      return true;
    }
    const hasErrors = summary !== null;
    this.#session.showProblems(hasErrors);
    return hasErrors || (!canCreate && model.broken !== undefined);
  }

  async #editLayer(layer: string): Promise<void> {
    const { profile: profiles, cluster } = this.#rooms;
    const session = this.#session;
    const current = () => {
      if (session.profile.kind !== "usable") {
        throw new PaletteError("InvalidDocument", "The profile of the request cannot be read any more", {
          next: "Correct the profile, or choose another one.",
        });
      }
      return session.profile;
    };
    if (!current().profile.layers.some(({ name }) => name === layer)) {
      return;
    }
    await this.#layerValues.open(
      this.#id,
      `${session.request.namespace}/${session.request.name === "" ? "cluster" : session.request.name}/${layer}.profile.yaml`,
      {
        read: async () => overrideText(cluster, current().text, session.request, layer, profiles),
        write: async (text) => {
          const values = overrideIn(profiles, text, current().text, layer);
          await session.change((request) => layerEdits(layer, values, request));
        },
      },
      (text) => overridePlace(profiles, text, layer),
    );
  }

  async #showProgress(): Promise<void> {
    const { namespace, name } = this.#session.request;
    await vscode.commands.executeCommand("palette.openClusterProgress", { namespace, name });
  }
}
