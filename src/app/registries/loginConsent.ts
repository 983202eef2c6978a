import * as vscode from "vscode";
import type { NewLogin } from "../../kube/index.ts";

const WRITE = "Write Credentials";

/** Asks before credentials of a registry leave this machine, once for each Secret that would hold them. */
export function loginConsent(management: string): (login: NewLogin) => Promise<boolean> {
  const answers = new Map<string, Promise<boolean>>();
  return (login) => {
    const key = `${login.namespace}/${login.secret}`;
    const answer = answers.get(key) ?? ask(management, login);
    answers.set(key, answer);
    return answer;
  };
}

async function ask(management: string, { registry, secret, namespace }: NewLogin): Promise<boolean> {
  const chosen = await vscode.window.showWarningMessage(
    `${management} needs the credentials of ${registry} to install its charts.`,
    {
      modal: true,
      detail: `They are written as Secret ${secret} in namespace ${namespace} there, and removed when no layer of a cluster comes from ${registry} any more.`,
    },
    WRITE,
  );
  return chosen === WRITE;
}
