import * as vscode from "vscode";
import type { CloudAccount } from "../../kube/index.ts";
import { PaletteError } from "../../shared/errors.ts";
import { loadKube } from "../chunks.ts";
import { cloudOfTarget, isBack, namespaceOfTarget, pickCloud } from "../create/clouds.ts";
import { cancelled } from "../errors.ts";
import { withTask } from "../progress.ts";
import { type Choice, pick } from "../quickFlow.ts";
import type { CommandHandler } from "./command.ts";

const PLACE = { title: "Delete Cloud Account", step: 1, totalSteps: 1, canGoBack: false };

/** *Delete Cloud Account*: deletes an account that no cluster uses, with the secret that was made for it. */
export const deleteCloudAccount: CommandHandler = async (app, target) => {
  const management = await app.connection.get();
  const cloud =
    (await cloudOfTarget(target)) ??
    (await pickCloud(PLACE, {
      placeholder: "Cloud of the account",
      suits: ({ identities }) => identities.length > 0,
    }));
  if (isBack(cloud)) {
    return;
  }
  const kube = await loadKube();
  const { accounts, unknown } = await kube.listAccounts(
    management,
    cloud,
    namespaceOfTarget(target) ?? "default",
  );
  if (accounts.length === 0) {
    throw new PaletteError(
      "NotFound",
      unknown[0]?.replace(/\.$/, "") ?? `There is no account of ${cloud.title} on ${management.name}`,
    );
  }
  const account = await pick<CloudAccount>(PLACE, {
    placeholder: "Account to delete",
    choices: accounts.map(
      (each): Choice<CloudAccount> => ({
        label: each.name,
        description: [each.title, each.namespace].filter((part) => part !== undefined).join(" · "),
        ...(each.problem === undefined ? {} : { detail: each.problem }),
        value: each,
      }),
    ),
  });
  if (isBack(account)) {
    return;
  }
  const answer = await vscode.window.showWarningMessage(
    `Delete cloud account ${account.name}?`,
    {
      modal: true,
      detail: `It is removed from ${management.name} with its secret. The cloud itself keeps the user or role.`,
    },
    "Delete Cloud Account",
  );
  if (answer === undefined) {
    throw cancelled();
  }
  await withTask(`Deleting cloud account ${account.name}`, (task) =>
    kube.deleteAccount(management, cloud, account, { signal: task.signal }),
  );
};
