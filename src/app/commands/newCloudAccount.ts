import * as vscode from "vscode";
import { accountFields, accountProblems } from "../../cluster/accounts.ts";
import type { Cloud, Identity, NewAccount } from "../../cluster/clouds/cloud.ts";
import type { ManagementCluster } from "../../kube/index.ts";
import { isLabelName } from "../../shared/names.ts";
import { askAccountField } from "../accounts/askAccountField.ts";
import { loadKube } from "../chunks.ts";
import { cloudOfTarget, namespaceOfTarget, pickCloud } from "../create/clouds.ts";
import { objectsText } from "../objectsText.ts";
import { withTask } from "../progress.ts";
import { ask, BACK, type Back, type Choice, pick, runFlow, type Step, type StepPlace } from "../quickFlow.ts";
import type { App, CommandHandler } from "./command.ts";

const TITLE = "New Cloud Account";
/** Fields that one kind of account can have. */
const MOST_FIELDS = 20;

/** The answers as they come in. Secrets live here until the flow ends, and nowhere else in the extension. */
interface Answers {
  cloud: Cloud | undefined;
  identity: Identity | undefined;
  name: string;
  namespace: string;
  values: Record<string, string>;
}

/** *New Cloud Account*: asks for an account of a cloud, secrets masked, and writes it to the management cluster. */
export const newCloudAccount: CommandHandler = async (app, target) => {
  const management = await app.connection.get();
  const given = namespaceOfTarget(target);
  const cloud = await cloudOfTarget(target);
  const answers: Answers = {
    cloud,
    identity: cloud?.identities.length === 1 ? cloud.identities[0] : undefined,
    name: "",
    namespace: given ?? "default",
    values: {},
  };
  await runFlow(TITLE, [
    cloudStep(answers, cloud !== undefined),
    identityStep(answers),
    textStep(
      "Name of the account",
      () => answers.name,
      (text) => {
        answers.name = text;
      },
    ),
    {
      ...textStep(
        `Namespace on ${management.name} whose clusters may use it`,
        () => answers.namespace,
        (text) => {
          answers.namespace = text;
        },
      ),
      skip: () => given !== undefined,
    },
    ...Array.from({ length: MOST_FIELDS }, (_, index) => fieldStep(answers, index)),
    { ask: (place) => review(app, management, answers, place) },
  ]);
};

function cloudStep(answers: Answers, isGiven: boolean): Step {
  return {
    skip: () => isGiven,
    async ask(place) {
      const cloud = await pickCloud(place, {
        placeholder: "Cloud that the account is for",
        suits: ({ identities }) => identities.length > 0,
      });
      if (cloud === BACK) {
        return BACK;
      }
      if (cloud !== answers.cloud) {
        answers.values = {};
        answers.identity = cloud.identities.length === 1 ? cloud.identities[0] : undefined;
      }
      answers.cloud = cloud;
      return undefined;
    },
  };
}

function identityStep(answers: Answers): Step {
  return {
    skip: () => (answers.cloud?.identities.length ?? 0) === 1,
    async ask(place) {
      const identity = await pick<Identity>(place, {
        placeholder: "How the provider signs in",
        choices: (answers.cloud?.identities ?? []).map(
          (each): Choice<Identity> => ({ label: each.title, description: each.kind, value: each }),
        ),
        active: (each) => each === answers.identity,
      });
      if (identity === BACK) {
        return BACK;
      }
      if (identity !== answers.identity) {
        answers.values = {};
      }
      answers.identity = identity;
      return undefined;
    },
  };
}

function textStep(prompt: string, get: () => string, set: (text: string) => void): Step {
  return {
    async ask(place) {
      const answer = await ask(place, {
        prompt,
        value: get(),
        validate: (value) =>
          isLabelName(value) ? undefined : "Use lower case letters, digits and hyphens, 63 at most.",
      });
      if (answer === BACK) {
        return BACK;
      }
      set(answer);
      return undefined;
    },
  };
}

/** The field with an index among those that apply; which they are depends on the answers before. */
function fieldStep(answers: Answers, index: number): Step {
  const field = () =>
    answers.identity === undefined
      ? undefined
      : accountFields(answers.identity.fields, answers.values).filter(
          ({ schema }) => schema["x-advanced"] !== true,
        )[index];
  return {
    skip: () => field() === undefined,
    async ask(place) {
      const asked = field();
      if (asked === undefined) {
        return undefined;
      }
      const answer = await askAccountField(place, asked, answers.values[asked.name] ?? "");
      if (answer === BACK) {
        return BACK;
      }
      setValue(answers, asked.name, answer);
      return undefined;
    },
  };
}

function setValue(answers: Answers, name: string, value: string): void {
  if (value === "") {
    delete answers.values[name];
  } else {
    answers.values[name] = value;
  }
}

type Action = "create" | "preview" | { readonly field: string };

async function review(
  app: App,
  management: ManagementCluster,
  answers: Answers,
  place: StepPlace,
): Promise<Back | undefined> {
  const { identity, name, namespace } = answers;
  if (identity === undefined) {
    return BACK;
  }
  const kube = await loadKube();
  for (;;) {
    const fields = accountFields(identity.fields, answers.values);
    const account: NewAccount = { name, namespace, values: applying(answers.values, fields) };
    const problems = accountProblems(identity.fields, account.values);
    const objects = kube.accountObjects(identity, account);
    const action = await pick<Action>(place, {
      placeholder: problems[0] ?? `Account ${name} for clusters of ${namespace}`,
      choices: [
        ...(problems.length > 0
          ? []
          : [
              {
                label: "$(key) Create Cloud Account",
                detail: `Writes ${objects.map(({ kind }) => kind).join(" and ")} to ${management.name}; secrets are kept there only`,
                value: "create",
              } as const,
              {
                label: "$(open-preview) Preview Objects",
                detail: "Opens their YAML, secrets masked; nothing is written",
                value: "preview",
              } as const,
            ]),
        { label: "Fields", kind: vscode.QuickPickItemKind.Separator },
        ...fields.map(
          (field): Choice<Action> => ({
            label: field.schema.title ?? field.name,
            description: shown(account.values[field.name], field.schema["x-secret"] === true),
            value: { field: field.name },
          }),
        ),
      ],
    });
    if (action === BACK) {
      return BACK;
    }
    if (action === "create") {
      await withTask(`Creating cloud account ${name}`, (task) =>
        kube.createAccount(management, objects, { signal: task.signal }),
      );
      void vscode.window.showInformationMessage(`Cloud account ${name} is on ${management.name}.`);
      return undefined;
    }
    if (action === "preview") {
      await app.documents.show(
        `${name}.preview.yaml`,
        await objectsText(kube.maskSecrets(objects), [
          `What New Cloud Account writes to ${management.name}. Nothing is written yet.`,
          "Secrets are masked here.",
        ]),
        { beside: true, preserveFocus: true },
      );
    } else {
      const field = fields.find((each) => each.name === action.field);
      const answer =
        field &&
        (await askAccountField({ ...place, canGoBack: true }, field, answers.values[field.name] ?? ""));
      if (field !== undefined && typeof answer === "string") {
        setValue(answers, field.name, answer);
      }
    }
  }
}

/** Values of the fields that apply: another way to sign in may have been chosen since. */
function applying(
  values: Readonly<Record<string, string>>,
  fields: ReturnType<typeof accountFields>,
): Record<string, string> {
  return Object.fromEntries(
    fields.flatMap(({ name }) => (values[name] === undefined ? [] : [[name, values[name]]])),
  );
}

function shown(value: string | undefined, isSecret: boolean): string {
  if (value === undefined) {
    return "";
  }
  return isSecret ? "••••••••" : value;
}
