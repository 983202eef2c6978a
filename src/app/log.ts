import * as vscode from "vscode";
import { redact } from "../shared/redact.ts";

/** The extension's log. The channel is made with the first line, not at activation. */
export class Log implements vscode.Disposable {
  #channel: vscode.LogOutputChannel | undefined;

  get channel(): vscode.LogOutputChannel {
    this.#channel ??= vscode.window.createOutputChannel("Palette", { log: true });
    return this.#channel;
  }

  info(line: string): void {
    this.channel.info(redact(line));
  }

  warn(line: string): void {
    this.channel.warn(redact(line));
  }

  error(line: string): void {
    this.channel.error(redact(line));
  }

  show(): void {
    this.channel.show(true);
  }

  dispose(): void {
    this.#channel?.dispose();
  }
}
