import { layerText } from "./layer-text.ts";
import { type LayerKind, MANDATORY_LAYERS, type ProfileType } from "./model.ts";
import { STARTER_SYSTEM, starterPack } from "./starter-packs.ts";

export interface NewProfile {
  readonly name: string;
  readonly type: ProfileType;
  /** Palette's cloud type, or a custom one. */
  readonly cloudType: string;
  /** Exact version for the Kubernetes layer, x.y.z. */
  readonly kubernetesVersion?: string;
}

const COMMENTS: Readonly<Record<LayerKind, readonly string[]>> = {
  os: ["Operating system: the image that every machine starts from."],
  k8s: ["Kubernetes: its version is the version of every cluster made from this profile."],
  cni: ["Network: gives pods their addresses and connects them."],
  csi: ["Storage: volumes for workloads."],
  addon: ["Add-on: software on top. Add as many layers as you need; order does not matter among them."],
};

const TYPE_COMMENTS: Readonly<Record<ProfileType, string>> = {
  cluster: "Full profile: operating system, Kubernetes, network and storage are mandatory, add-ons follow.",
  infra: "Infrastructure profile: operating system, Kubernetes, network and storage, and nothing else.",
  "add-on": "Add-on profile: only add-on layers, for clusters that have an infrastructure profile.",
  system: "System profile: packs and manifests for edge hosts and virtual machines.",
};

/** The text of a valid profile, with comments that explain each layer, ready to edit. */
export function newProfile(options: NewProfile): string {
  const style = { column: 6, step: 2, eol: "\n" };
  let layers: string;
  if (options.type === "cluster" || options.type === "infra") {
    layers = MANDATORY_LAYERS.map((layer) => {
      const starter = starterPack(layer, options.cloudType);
      const pack =
        layer === "k8s" && options.kubernetesVersion !== undefined
          ? { ...starter, version: options.kubernetesVersion }
          : starter;
      return comment(COMMENTS[layer]) + layerText(layer, pack, style);
    }).join("");
  } else {
    const pack = options.type === "system" ? STARTER_SYSTEM : starterPack("addon", options.cloudType);
    layers = comment(COMMENTS.addon) + layerText("addon", pack, style);
  }
  return `# ${TYPE_COMMENTS[options.type]}
metadata:
  name: ${scalar(options.name)}
  description: ""
  labels: {}
spec:
  # A published version never changes: raise it for every change.
  version: 1.0.0
  template:
    type: ${options.type}
    cloudType: ${scalar(options.cloudType)}
    packs:
${layers}`;
}

function comment(lines: readonly string[]): string {
  return lines.map((line) => `      # ${line}\n`).join("");
}

function scalar(text: string): string {
  return /^[a-z](?:[-a-z0-9]*[a-z0-9])?$/.test(text) && !/^(?:null|true|false)$/.test(text)
    ? text
    : JSON.stringify(text);
}
