import * as vscode from "vscode";
import type * as ProfileRoom from "../../profile/index.ts";
import type { ProfileDocument } from "../../profile/index.ts";
import type { KubernetesSchemas } from "../../profile/kubernetes/schemas.ts";
import type { Diagnostic, Span } from "../../shared/diagnostic.ts";
import { dispatch, readMessage } from "../../shared/messages.ts";
import {
  type ProfileStack,
  STACK_TO_HOST,
  type StackToHost,
  type StackToView,
} from "../../shared/profileStack.ts";
import { loadKubernetesSchemas, loadProfileRoom } from "../chunks.ts";
import { today } from "../clock.ts";
import { type CommandId, VIEWS } from "../ids.ts";
import type { Log } from "../log.ts";
import { rangeOf } from "../profiles/places.ts";
import { ActiveProfile } from "./activeProfile.ts";
import { loadPage } from "./webviewPage.ts";

/** *Profile Stack*: the layers of the profile in the active editor. Nothing of it runs until it is looked at. */
export class ProfileStackView implements vscode.WebviewViewProvider, vscode.Disposable {
  readonly #extension: vscode.Uri;
  readonly #log: Log;
  readonly #registration: vscode.Disposable;
  #shown: ShownStack | undefined;

  constructor(extension: vscode.Uri, log: Log) {
    this.#extension = extension;
    this.#log = log;
    this.#registration = vscode.window.registerWebviewViewProvider(VIEWS.profileStack, this);
  }

  async resolveWebviewView(view: vscode.WebviewView): Promise<void> {
    const [room, { schemas }] = await Promise.all([loadProfileRoom(), loadKubernetesSchemas()]);
    this.#shown?.dispose();
    const shown = new ShownStack(view, room, schemas, this.#log);
    this.#shown = shown;
    view.onDidDispose(() => shown.dispose());
    loadPage(view.webview, this.#extension, "profileStack", "Profile Stack");
  }

  dispose(): void {
    this.#shown?.dispose();
    this.#registration.dispose();
  }
}

/** What the view knew of the text when it last looked. */
interface Look {
  readonly document: vscode.TextDocument;
  readonly version: number;
  readonly parsed: ProfileDocument;
  readonly diagnostics: readonly Diagnostic[];
}

/** The view while it exists. It follows the profile only while it is visible. */
class ShownStack implements vscode.Disposable {
  readonly #view: vscode.WebviewView;
  readonly #room: typeof ProfileRoom;
  readonly #kubernetes: KubernetesSchemas;
  readonly #log: Log;
  readonly #subscriptions: vscode.Disposable[];
  #active: ActiveProfile | undefined;
  #look: Look | undefined;
  #stack: ProfileStack | undefined;
  #current: number | null | undefined;

  constructor(view: vscode.WebviewView, room: typeof ProfileRoom, kubernetes: KubernetesSchemas, log: Log) {
    this.#view = view;
    this.#room = room;
    this.#kubernetes = kubernetes;
    this.#log = log;
    this.#subscriptions = [
      view.webview.onDidReceiveMessage((value: unknown) => this.#receive(value)),
      view.onDidChangeVisibility(() => this.#follow(view.visible)),
    ];
    this.#follow(view.visible);
  }

  dispose(): void {
    this.#active?.dispose();
    for (const subscription of this.#subscriptions) {
      subscription.dispose();
    }
  }

  #follow(visible: boolean): void {
    this.#active?.dispose();
    // A hidden view has forgotten everything, and says that it is ready when it is loaded again.
    this.#active = visible
      ? new ActiveProfile(
          () => this.#show(),
          () => this.#showCurrent(),
        )
      : undefined;
  }

  #receive(value: unknown): void {
    const message = readMessage<StackToHost>(STACK_TO_HOST, value);
    if (message === undefined) {
      this.#log.warn("The profile stack sent a message that is not understood.");
      return;
    }
    dispatch(message, {
      ready: () => this.#show(),
      openLayer: ({ index }) => this.#open(this.#lookNow()?.parsed.view?.packs[index]?.span),
      openLine: ({ line }) => this.#openLine(line),
      nextProblem: () => this.#openNextProblem(),
      fix: (wanted) => this.#fix(wanted),
      addLayer: () => this.#run("palette.addLayer", true),
      createCluster: () => this.#run("palette.createCluster", true),
      newProfile: () => this.#run("palette.newProfile", false),
    });
  }

  #send(message: StackToView): void {
    void this.#view.webview.postMessage(message);
  }

  #show(): void {
    const look = this.#lookNow();
    const same = look !== undefined && this.#stack !== undefined && look.document === this.#look?.document;
    const stack =
      look === undefined
        ? undefined
        : this.#room.stackOf(look.parsed, look.diagnostics, {
            today: today(),
            last: same && this.#stack?.sections.length !== 0 ? this.#stack : undefined,
          });
    this.#look = look;
    this.#stack = stack;
    // Undefined takes the description away; the type of VS Code does not say so.
    (this.#view as { description?: string | undefined }).description = stack?.name;
    this.#current = undefined;
    this.#send({ type: "show", stack: stack ?? null });
    this.#showCurrent();
  }

  #showCurrent(): void {
    const cursor = this.#active?.cursor;
    const packs = this.#look?.parsed.view?.packs ?? [];
    const found =
      cursor === undefined ? -1 : packs.findIndex(({ span }) => span.start <= cursor && cursor <= span.end);
    const index = found < 0 ? null : found;
    if (index !== this.#current) {
      this.#current = index;
      this.#send({ type: "current", index });
    }
  }

  /** The text as it is at this moment: what the view shows may be a moment old. */
  #lookNow(): Look | undefined {
    const document = this.#active?.document;
    if (document === undefined) {
      return undefined;
    }
    const last = this.#look?.document === document ? this.#look : undefined;
    if (last?.version === document.version) {
      return last;
    }
    const parsed = this.#room.parseProfile(document.getText(), last?.parsed);
    return {
      document,
      version: document.version,
      parsed,
      diagnostics: this.#room.checkProfile(parsed, { today: today(), kubernetes: this.#kubernetes }),
    };
  }

  #open(span: Span | undefined): void {
    const document = this.#active?.document;
    if (span !== undefined && document !== undefined) {
      void this.#active?.reveal(rangeOf(document, span));
    }
  }

  #openLine(line: number): void {
    const document = this.#active?.document;
    if (document !== undefined && line >= 1 && line <= document.lineCount) {
      void this.#active?.reveal(document.lineAt(line - 1).range);
    }
  }

  /** The first problem behind the cursor, or the first of all: errors before anything else. */
  #openNextProblem(): void {
    const cursor = this.#active?.cursor ?? -1;
    const all = this.#lookNow()?.diagnostics ?? [];
    const errors = all.filter(({ severity }) => severity === "error");
    const wanted = errors.length > 0 ? errors : all.filter(({ severity }) => severity === "warning");
    const next = wanted.find(({ span }) => span.start > cursor) ?? wanted[0];
    this.#open(next?.span);
  }

  #fix({ index, code, fix }: StackToHost & { readonly type: "fix" }): void {
    const look = this.#lookNow();
    const holder = index === null ? undefined : look?.parsed.view?.packs[index]?.span;
    const edits = look?.diagnostics
      .filter(
        (each) => each.code === code && (index === null || (holder !== undefined && isIn(each, holder))),
      )
      .flatMap(({ fixes = [] }) => fixes)
      .find(({ title }) => title === fix)?.edits;
    if (look === undefined || edits === undefined) {
      // Somebody was faster: show how it is now.
      this.#show();
      return;
    }
    const edit = new vscode.WorkspaceEdit();
    for (const { span, text } of edits) {
      edit.replace(look.document.uri, rangeOf(look.document, span), text);
    }
    void vscode.workspace.applyEdit(edit);
  }

  #run(command: CommandId, onProfile: boolean): void {
    const uri = this.#active?.document?.uri;
    void vscode.commands.executeCommand(command, ...(onProfile && uri !== undefined ? [uri] : []));
  }
}

function isIn({ span }: Diagnostic, holder: Span): boolean {
  return holder.start <= span.start && span.start <= holder.end;
}
