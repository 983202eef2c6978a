import { parseDocument } from "yaml";

/** A kubeconfig with another token in it; what else it says stays. Throws where it is none. */
export function withToken(text: string, token: string): string {
  const document = parseDocument(text);
  if (!document.hasIn(["users", 0, "user"])) {
    throw new TypeError("The kubeconfig names no user");
  }
  document.setIn(["users", 0, "user"], { token });
  return document.toString();
}
