import type { Credentials } from "./credentials.ts";

/** A kubeconfig with one context, as JSON, which is YAML. */
export function kubeconfigText(context: string, server: string, { ca, token }: Credentials): string {
  const config = {
    apiVersion: "v1",
    kind: "Config",
    "current-context": context,
    clusters: [
      {
        name: context,
        cluster: { server, "certificate-authority-data": Buffer.from(ca).toString("base64") },
      },
    ],
    users: [{ name: context, user: { token } }],
    contexts: [{ name: context, context: { cluster: context, user: context } }],
  };
  return `${JSON.stringify(config, undefined, 2)}\n`;
}
