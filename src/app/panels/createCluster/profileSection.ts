import type { ImageLookup } from "../../../cluster/clouds/cloud.ts";
import type { Profile } from "../../../profile/model.ts";
import type { CreateButton, CreateLayer } from "../../../shared/createCluster.ts";
import type { FormFacts, FormItem, FormSection, FormStack } from "../../../shared/form.ts";
import type { ProfileStack, StackLayer } from "../../../shared/profileStack.ts";
import { addOnGroup } from "./addOns.ts";
import type { FormModel } from "./model.ts";
import type { Problems } from "./problems.ts";

export const PROFILE = "@profile";

/** Which profile, what is in it, and what its layers decide. */
export function profileSection(model: FormModel, problems: Problems): FormSection {
  const { profile, profileChoices } = model;
  const choice = profile.kind === "usable" || profile.kind === "unusable" ? profile.choice : "";
  const known = profileChoices.some(({ options }) => options.some(({ value }) => value === choice));
  const isNone = profile.kind === "none" || profile.kind === "loading";
  const groups = [
    ...(isNone
      ? [
          {
            label: "",
            options: [
              { value: "", label: profile.kind === "loading" ? "Reading the profile" : "Choose a profile" },
            ],
          },
        ]
      : []),
    ...(known || isNone
      ? []
      : [{ label: "", options: [{ value: choice, label: choice.replace(/^\w+:/, "") }] }]),
    ...profileChoices,
  ];
  // What a profile lacks by itself is said by its problem, not by what the request cannot be judged by.
  const found = problems.takeAt(["spec", "profiles", 0]).concat(problems.takeAt(["spec", "profiles"]));
  const messages =
    profile.kind === "unusable"
      ? [{ severity: "error" as const, text: profile.problem, quote: null }]
      : profile.kind === "none"
        ? [{ severity: "error" as const, text: "A profile is needed.", quote: null }]
        : found;
  const items: FormItem[] = [
    {
      kind: "field",
      path: [PROFILE],
      label: "Cluster profile",
      help: helpOf(model),
      optional: false,
      control: { type: "select", value: choice, groups },
      messages,
      wide: true,
      buttons: buttonsOf(model),
    },
  ];
  const addOns = profile.kind === "usable" ? addOnGroup(model, problems) : undefined;
  if (addOns !== undefined) {
    items.push(addOns);
  }
  const stack = profile.kind === "usable" || profile.kind === "unusable" ? profile.stack : undefined;
  if (stack !== undefined && stack.sections.length > 0) {
    items.push(stackItem(stack));
  }
  const facts = decided(model);
  if (facts !== undefined) {
    items.push(facts);
  }
  return { id: "profile", title: "Profile", note: "", items };
}

/** The layers whose values can differ for this cluster, the last installed first. */
export function layersOf({ profile, changedValues }: FormModel): CreateLayer[] {
  if (profile.kind !== "usable" || profile.stack === undefined) {
    return [];
  }
  return rowsOf(profile.stack).flatMap((row) => {
    const layer = profile.profile.layers[row.index];
    return layer === undefined
      ? []
      : [
          {
            name: layer.name,
            title: row.title,
            version: row.version,
            changed: changedValues.get(layer.name) ?? [],
          },
        ];
  });
}

function helpOf({ profile }: FormModel): string {
  if (profile.kind === "none") {
    return "A profile decides the layers of the cluster, from the operating system up.";
  }
  if (profile.kind !== "usable") {
    return "";
  }
  const { name, version } = profile.profile;
  const facts = (profile.stack?.facts ?? []).join(", ");
  const text = profile.stack?.status.text ?? "";
  const published = profile.choice.startsWith("published:")
    ? "It is published and never changes."
    : `Version ${version} of ${name} is published when the cluster is created.`;
  return [facts === "" ? "" : `${facts}.`, text, published].filter((part) => part !== "").join(" ");
}

function buttonsOf({ profile }: FormModel): CreateButton[] {
  const make: CreateButton = { label: "New Profile", action: "newProfile", argument: null };
  if (profile.kind === "none" || profile.kind === "loading") {
    return [make];
  }
  return [
    profile.kind === "unusable" && profile.isFile
      ? { label: "Fix in Editor", action: "fixProfile", argument: null }
      : { label: "Open Profile", action: "openProfile", argument: null },
    make,
  ];
}

function stackItem(stack: ProfileStack): FormStack {
  return {
    kind: "stack",
    label: "Layers of the profile, last installed first",
    layers: stack.sections.flatMap(({ rows }) =>
      rows.map((row) =>
        row.kind === "layer"
          ? { icon: row.icon, title: `${row.title} ${row.version}`.trim(), mandatory: row.mandatory }
          : { icon: row.icon, title: `${row.title}: ${row.reason}`, mandatory: true },
      ),
    ),
  };
}

function rowsOf({ sections }: ProfileStack): StackLayer[] {
  return sections.flatMap(({ rows }) => rows.filter((row) => row.kind === "layer"));
}

/** What the layers decide about the cluster, known before anything is created. */
function decided(model: FormModel): FormFacts | undefined {
  const { room, request, profile, cloud } = model;
  if (profile.kind !== "usable" || cloud === undefined) {
    return undefined;
  }
  const effective = room.effectiveProfile(profile.profile, request);
  const settings = room.kubernetesSettings(effective);
  if (settings === undefined) {
    return undefined;
  }
  const image = imageOf(model, profile.profile);
  const firewall = room.firewallOf(request, profile.profile);
  const { version, distribution, podCidrs, serviceCidrs } = settings;
  const facts = [
    ...(image === undefined
      ? []
      : [
          { term: "Machine image", text: image.lookedUp ? `Will be looked up as ${image.text}` : image.text },
        ]),
    {
      term: "Kubernetes",
      text:
        distribution === "managed" ? `${version}, run by ${cloud.title}` : `${version} by ${distribution}`,
    },
    { term: "Pod range", text: `${podCidrs.join(", ")}, from the Kubernetes layer` },
    { term: "Service range", text: `${serviceCidrs.join(", ")}, from the Kubernetes layer` },
    ...(firewall === undefined ? [] : [{ term: "Firewall", text: firewall }]),
    ...(settings.replacesKubeProxy
      ? [{ term: "kube-proxy", text: "Not installed, the network layer takes its place" }]
      : []),
    ...(cloud.cloudController === undefined || distribution === "managed"
      ? []
      : [
          {
            term: "Cloud controller",
            text: `${cloud.cloudController}, in the version for Kubernetes ${version.replace(/\.\d+$/, "")}`,
          },
        ]),
  ];
  return { kind: "facts", id: "decided", title: "What the layers decide: image, versions, networks", facts };
}

/** The image, once the fields that its rule takes names from are filled in. */
function imageOf({ room, request }: FormModel, profile: Profile): ImageLookup | undefined {
  try {
    const image = room.imageOf(request, profile);
    return image !== undefined && /\bundefined\b/.test(image.text) ? undefined : image;
  } catch {
    // A request that is half filled may be too little for a rule that expects a whole one.
    return undefined;
  }
}
