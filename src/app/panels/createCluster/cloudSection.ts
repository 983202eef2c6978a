import type { CreateButton } from "../../../shared/createCluster.ts";
import type { FieldMessage, FormField, FormItem, FormSection, Option } from "../../../shared/form.ts";
import { arrange, leavesOf, textField } from "./fields.ts";
import type { FormModel } from "./model.ts";
import type { Problems } from "./problems.ts";
import { pairsText } from "./values.ts";

/** Name, namespace and labels. */
export function clusterSection(
  { request, management, namespaces, taken }: FormModel,
  problems: Problems,
): FormSection {
  const path = ["metadata", "name"];
  const owner = taken.find(({ name }) => name === request.name);
  const name = textField(path, "Name", request.name, problems, { required: true });
  const clash: FieldMessage[] =
    owner === undefined
      ? []
      : [
          {
            severity: "error",
            text: `Cluster ${owner.name} exists in ${owner.namespace}. Choose another name.`,
            quote: null,
          },
        ];
  const isFree = management !== undefined && request.name !== "" && clash.length + name.messages.length === 0;
  return {
    id: "cluster",
    title: "Cluster",
    note: "",
    items: [
      { ...name, messages: [...name.messages, ...clash], help: isFree ? `Free on ${management.name}.` : "" },
      textField(["metadata", "namespace"], "Namespace", request.namespace, problems, {
        required: true,
        suggestions: namespaces.map((value) => ({ value, label: "" })),
      }),
      textField(["metadata", "labels"], "Labels", pairsText(request.labels), problems, {
        help: "Pairs like key=value, with commas between.",
      }),
    ],
  };
}

/** The cloud, the account on it, and its fields; nothing before a profile says which clouds there are. */
export function cloudSection(model: FormModel, problems: Problems): FormSection[] {
  const { cloud, request, room, profile, management } = model;
  if (profile.kind !== "usable" || cloud === undefined) {
    return [];
  }
  const choices = room.cloudsFor(profile.profile, { sandbox: management?.isSandbox === true });
  const isOffered = choices.some(({ id }) => id === cloud.id);
  const leaves = leavesOf(cloud.fields.cluster, {
    problems,
    values: request.cloudConfig,
    path: ["spec", "cloudConfig"],
  });
  const items: FormItem[] = [
    {
      ...textField(["spec", "cloudType"], "Cloud", cloud.id, problems, { required: true }),
      wide: cloud.identities.length === 0,
      control: {
        type: "select",
        value: cloud.id,
        groups: [
          {
            label: "",
            options: [...(isOffered ? [] : [{ id: cloud.id, title: cloud.title }]), ...choices].map(
              ({ id, title }) => ({
                value: id,
                label: id === profile.profile.cloudType ? `${title}, as the profile says` : title,
              }),
            ),
          },
        ],
      },
    },
    ...(cloud.identities.length === 0 ? [] : [accountField(model, problems)]),
    ...arrange(leaves, "cloud-more"),
    ...cloud.notes.map((text): FormItem => ({ kind: "note", severity: "info", text, buttons: [] })),
  ];
  return [{ id: "cloud", title: cloud.title, note: "", items }];
}

function accountField({ request, cloud, accounts, management }: FormModel, problems: Problems): FormField {
  const path = ["spec", "cloudAccount"];
  const value = request.cloudAccount ?? "";
  const known = accounts.kind === "known" ? accounts.value.accounts : [];
  const chosen = known.find(({ reference }) => reference === value);
  const options: Option[] = [
    { value: "", label: "None" },
    ...known.map(({ reference, name, title, problem }) => ({
      value: reference,
      label: `${name}, ${title}${problem === undefined ? "" : ", not usable"}`,
    })),
    ...(value !== "" && chosen === undefined ? [{ value, label: value }] : []),
  ];
  const problem: FieldMessage[] =
    chosen?.problem === undefined
      ? []
      : [
          {
            severity: "error",
            text: `Cloud account ${chosen.name} cannot be used from ${request.namespace}. ${chosen.problem}`,
            quote: null,
          },
        ];
  const unknown: FieldMessage[] =
    value !== "" && chosen === undefined && accounts.kind === "known"
      ? [
          {
            severity: "warning",
            text: `Cloud account ${value} is not among those that ${management?.name ?? "the management cluster"} has.`,
            quote: null,
          },
        ]
      : [];
  const button: CreateButton = { label: "New Cloud Account", action: "newCloudAccount", argument: null };
  return {
    ...textField(path, "Cloud account", value, problems, {}),
    optional: false,
    wide: false,
    help: accountHelp(
      accounts,
      chosen !== undefined && chosen.problem === undefined,
      request.namespace,
      management?.name,
      cloud?.title ?? "",
    ),
    control: { type: "select", value, groups: [{ label: "", options }] },
    messages: [...problem, ...unknown, ...problems.take(path)],
    buttons: [button],
  };
}

const OWN_SIGN_IN = "Without one the provider's own sign-in is used, where it has one.";

function accountHelp(
  accounts: FormModel["accounts"],
  isUsable: boolean,
  namespace: string,
  management: string | undefined,
  cloud: string,
): string {
  switch (accounts.kind) {
    case "none":
      return "Accounts are listed once a management cluster is connected.";
    case "asking":
      return "Reading the accounts.";
    case "failed":
      return `The accounts could not be read: ${accounts.message}`;
    case "known":
      if (isUsable) {
        return `May be used from ${namespace}. Its secret stays on ${management ?? "the management cluster"}.`;
      }
      return accounts.value.unknown.length > 0
        ? accounts.value.unknown.join(" ")
        : accounts.value.accounts.length === 0
          ? `${management ?? "The management cluster"} has no account for ${cloud} yet. ${OWN_SIGN_IN}`
          : OWN_SIGN_IN;
  }
}
