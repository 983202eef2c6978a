import type { Message } from "../shared/messages.ts";

declare function acquireVsCodeApi(): { postMessage(message: unknown): void; setState(state: unknown): void };

/** The other side of this page. */
export interface Host<ToHost extends Message> {
  send(message: ToHost): void;
  /** Has VS Code keep `state` for the next time that this panel is loaded, also after a restart. */
  keep(state: unknown): void;
}

/**
 * Connects the page with its host; once per page. `receive` gets what the host says: it is ours, and comes through
 * VS Code, so it is taken as it is.
 */
export function connectHost<ToHost extends Message, ToView extends Message>(
  receive: (message: ToView) => void,
): Host<ToHost> {
  const api = acquireVsCodeApi();
  window.addEventListener("message", (event: MessageEvent<ToView>) => receive(event.data));
  return { send: (message) => api.postMessage(message), keep: (state) => api.setState(state) };
}
