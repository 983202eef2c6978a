import * as vscode from "vscode";
import type { ChartRegistry } from "../../catalog/index.ts";
import type { RegistryLogin } from "../../kube/index.ts";
import type { ChartSources } from "../../layers/index.ts";
import type {
  Credentials,
  RegistryProblem,
  RegistrySettings,
  RegistryStore,
} from "../../registries/index.ts";
import { describeError } from "../../shared/errors.ts";
import { loadRegistries } from "../chunks.ts";
import { RemediableError } from "../errors.ts";
import { LANGUAGES } from "../ids.ts";
import type { Log } from "../log.ts";

/** How often registries are looked at; each is asked only when its last answer is old, or it gave none. */
const LOOK_MS = 15 * 60 * 1000;
/** How long a question to the user waits for a registry of which nothing is known yet. */
const WAIT_MS = 5000;

/**
 * The user's own registries (setting `palette.registries`): read from disk with the first profile, and from the network
 * in the background. Credentials stay in VS Code's secret storage and in this process.
 */
export class Registries implements vscode.Disposable {
  readonly #context: vscode.ExtensionContext;
  readonly #log: Log;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  readonly #subscriptions: vscode.Disposable[] = [this.#changed];
  #started: Promise<void> | undefined;
  #store: RegistryStore | undefined;
  #unusable: readonly string[] = [];
  #known: readonly ChartRegistry[] = [];
  #refresh: Promise<void> = Promise.resolve();
  #status: vscode.LanguageStatusItem | undefined;

  constructor(context: vscode.ExtensionContext, log: Log) {
    this.#context = context;
    this.#log = log;
  }

  /** What is known now, in the order of the setting. */
  get known(): readonly ChartRegistry[] {
    return this.#known;
  }

  /** Reads the setting, and again whenever it changes. Never throws: what goes wrong here stops nothing else. */
  start(): Promise<void> {
    this.#started ??= this.#begin();
    return this.#started;
  }

  async #begin(): Promise<void> {
    const timer = setInterval(() => this.#look(), LOOK_MS);
    this.#subscriptions.push(
      { dispose: () => clearInterval(timer) },
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration("palette.registries")) {
          void this.#configure();
        }
        if (event.affectsConfiguration("palette.chartMirrors")) {
          this.#changed.fire();
        }
      }),
    );
    await this.#configure();
  }

  /** The registries that can be used, after `start`. */
  async settings(): Promise<readonly RegistrySettings[]> {
    await this.start();
    const { readSettings } = await loadRegistries();
    return readSettings(vscode.workspace.getConfiguration("palette").get("registries")).registries;
  }

  /** What layers are looked for in besides the catalog. Throws `Prerequisite` where a mirror cannot be used. */
  async sources(): Promise<ChartSources> {
    const { readMirrors } = await loadRegistries();
    const { mirrors, problems } = readMirrors(
      vscode.workspace.getConfiguration("palette").get("chartMirrors"),
    );
    const [problem] = problems;
    if (problem !== undefined) {
      throw new RemediableError(
        "Prerequisite",
        problem.replace(/\.$/, ""),
        { next: "Correct it in the setting palette.chartMirrors." },
        [
          {
            title: "Open Settings",
            run: () =>
              vscode.commands.executeCommand("workbench.action.openSettings", "palette.chartMirrors"),
          },
        ],
      );
    }
    return { registries: await this.settings(), mirrors };
  }

  /** What private registries are signed in to with, for the management cluster: ask before it is written there. */
  async logins(): Promise<readonly RegistryLogin[]> {
    const all = await Promise.all(
      (await this.settings()).map(async (settings): Promise<RegistryLogin[]> => {
        const credentials = await this.#credentials(settings);
        if (credentials === undefined) {
          return [];
        }
        const { name: registry, url } = settings;
        if (credentials.kind === "token") {
          return [{ registry, url }];
        }
        const { username, password } = credentials;
        return [{ registry, url, basic: { username, password } }];
      }),
    );
    return all.flat();
  }

  /** What is known, after a short wait for registries that were never read. */
  async read(): Promise<readonly ChartRegistry[]> {
    await this.start();
    if (this.#known.some(({ charts }) => charts.length === 0)) {
      await Promise.race([this.#refresh, new Promise((resolve) => setTimeout(resolve, WAIT_MS))]);
    }
    return this.#known;
  }

  /** Reads every registry now, and says again what is wrong with one. Gives whether all could be read. */
  async refresh(): Promise<boolean> {
    await this.start();
    const reading = this.#store?.refreshNow() ?? Promise.resolve();
    this.#refresh = reading.catch(() => undefined);
    await reading;
    const problems = this.#store?.problems() ?? [];
    for (const problem of problems) {
      void this.#say({ ...problem, isKnown: false });
    }
    return problems.length === 0;
  }

  /** Keeps what to sign in to a registry with, or nothing any more, and asks the registry anew. */
  async setCredentials(settings: RegistrySettings, credentials: Credentials | undefined): Promise<void> {
    const key = secretKey(settings);
    const kept =
      credentials === undefined
        ? this.#context.secrets.delete(key)
        : this.#context.secrets.store(key, JSON.stringify(credentials));
    const done = Promise.resolve(kept).then(() => this.#store?.forget(settings.url));
    // Who asks for charts in the meantime waits for these; what goes wrong is said here.
    this.#refresh = done.catch(() => undefined);
    await done;
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) {
      subscription.dispose();
    }
    this.#status?.dispose();
    this.#store?.dispose();
  }

  async #configure(): Promise<void> {
    try {
      await this.#readSetting();
      this.#look();
    } catch (error) {
      this.#log.error(`The registries cannot be read: ${describeError(error)}`);
    }
  }

  async #readSetting(): Promise<void> {
    const value: unknown = vscode.workspace.getConfiguration("palette").get("registries");
    if (this.#store === undefined && Array.isArray(value) && value.length === 0) {
      return;
    }
    const room = await loadRegistries();
    const { registries, problems } = room.readSettings(value);
    for (const problem of problems.filter((each) => !this.#unusable.includes(each))) {
      this.#log.warn(problem);
    }
    this.#unusable = problems;
    this.#store ??= new room.RegistryStore({
      folder: vscode.Uri.joinPath(this.#context.globalStorageUri, "registries").fsPath,
      credentials: (settings) => this.#credentials(settings),
      now: Date.now,
      onChange: () => this.#show(),
      onProblem: (problem) => void this.#say(problem),
    });
    await this.#store.configure(registries);
  }

  #look(): void {
    this.#refresh = (this.#store?.refresh() ?? Promise.resolve()).catch((error: unknown) =>
      this.#log.error(describeError(error)),
    );
  }

  async #credentials(settings: RegistrySettings): Promise<Credentials | undefined> {
    try {
      const kept = await this.#context.secrets.get(secretKey(settings));
      return kept === undefined ? undefined : (JSON.parse(kept) as Credentials);
    } catch {
      // Without a keychain, or with one that somebody else wrote into.
      this.#log.warn(`The credentials of registry ${settings.name} cannot be read.`);
      return undefined;
    }
  }

  /** In the log always; to the user only where nothing can be offered. The status item says the rest. */
  async #say({ registry, code, message, isKnown }: RegistryProblem): Promise<void> {
    this.#log.warn(message);
    if (isKnown) {
      return;
    }
    const remedies = {
      "Set Credentials": () => vscode.commands.executeCommand("palette.setRegistryCredentials", registry),
      "Show Log": () => this.#log.show(),
    };
    const titles = Object.keys(remedies) as (keyof typeof remedies)[];
    const chosen = await vscode.window.showWarningMessage(
      message,
      ...titles.filter((title) => title === "Show Log" || code === "Forbidden"),
    );
    await (chosen === undefined ? undefined : remedies[chosen]());
  }

  #show(): void {
    const store = this.#store;
    if (store === undefined) {
      return;
    }
    this.#known = store.known();
    this.#changed.fire();
    const problems = [...this.#unusable, ...store.problems().map(({ message }) => message)];
    if (this.#known.length === 0 && problems.length === 0) {
      this.#status?.dispose();
      this.#status = undefined;
      return;
    }
    this.#status ??= vscode.languages.createLanguageStatusItem("palette.registries", {
      language: LANGUAGES.profile,
    });
    const item = this.#status;
    const charts = this.#known.reduce((sum, registry) => sum + registry.charts.length, 0);
    item.name = "Palette Registries";
    item.severity =
      problems.length === 0
        ? vscode.LanguageStatusSeverity.Information
        : vscode.LanguageStatusSeverity.Warning;
    item.text = problems[0] ?? `Registries: ${charts} charts`;
    item.detail = problems.length > 1 ? `and ${problems.length - 1} more` : "";
    item.command = { command: "palette.showLog", title: "Show Log" };
  }
}

/** By address, not by name: a name that a workspace gives to another address gets no credentials. */
function secretKey({ kind, url }: RegistrySettings): string {
  return `palette.registry:${kind}:${url}`;
}
