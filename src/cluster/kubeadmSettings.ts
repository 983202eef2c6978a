import { type Fields, isMap } from "../shared/records.ts";
import { type Argument, mergeArguments } from "./machines/arguments.ts";
import { mergeFiles, type NodeFile } from "./machines/node.ts";

/** What the `kubeadmconfig` block of the Kubernetes and operating system layers asks for (palette.md 2.4). */
export interface KubeadmSettings {
  readonly apiServer: Component & { readonly certSANs: readonly string[] };
  readonly controllerManager: Component;
  readonly scheduler: Component;
  readonly kubeletExtraArgs: readonly Argument[];
  readonly files: readonly NodeFile[];
  readonly preKubeadmCommands: readonly string[];
  readonly postKubeadmCommands: readonly string[];
  readonly imageRepository: string | undefined;
}

interface Component {
  readonly extraArgs: readonly Argument[];
  readonly extraVolumes: readonly Volume[];
}

interface Volume {
  readonly name: string;
  readonly hostPath: string;
  readonly mountPath: string;
  readonly readOnly?: boolean;
  readonly pathType?: string;
}

/**
 * Reads `kubeadmconfig` blocks of several layers, later ones after earlier ones. Where two say the same argument, file
 * or image repository, the later one wins: the operating system's, whose pack says nothing until somebody writes there
 * what their machines need, while that of Kubernetes comes with a list of defaults. Palette writes arguments as maps,
 * Cluster API v1beta2 wants lists. Parts of another shape are left out: they are the pack's business.
 */
export function kubeadmSettings(blocks: readonly unknown[]): KubeadmSettings {
  const maps = blocks.filter(isMap);
  const parts = (name: string): Fields[] => maps.map((block) => block[name]).filter(isMap);
  const component = (name: string): Component => ({
    extraArgs: mergeArguments(...parts(name).map((part) => argumentsOf(part.extraArgs))),
    extraVolumes: parts(name).flatMap((part) => listOf(part.extraVolumes).flatMap(volumeOf)),
  });
  return {
    apiServer: {
      ...component("apiServer"),
      certSANs: parts("apiServer").flatMap((part) => textsOf(part.certSANs)),
    },
    controllerManager: component("controllerManager"),
    scheduler: component("scheduler"),
    kubeletExtraArgs: mergeArguments(...maps.map((block) => argumentsOf(block.kubeletExtraArgs))),
    files: mergeFiles(...maps.map((block) => listOf(block.files).flatMap(fileOf))),
    preKubeadmCommands: maps.flatMap((block) => textsOf(block.preKubeadmCommands)),
    postKubeadmCommands: maps.flatMap((block) => textsOf(block.postKubeadmCommands)),
    imageRepository: maps.map((block) => block.imageRepository).findLast((each) => typeof each === "string"),
  };
}

function argumentsOf(value: unknown): Argument[] {
  if (Array.isArray(value)) {
    return value
      .filter(isMap)
      .flatMap(({ name, value: text }) =>
        typeof name === "string" ? [{ name, value: String(text ?? "") }] : [],
      );
  }
  return isMap(value)
    ? Object.entries(value).map(([name, text]) => ({ name, value: String(text ?? "") }))
    : [];
}

function volumeOf(value: unknown): Volume[] {
  if (!isMap(value)) {
    return [];
  }
  const { name, hostPath, mountPath, readOnly, pathType } = value;
  if (typeof name !== "string" || typeof hostPath !== "string" || typeof mountPath !== "string") {
    return [];
  }
  return [
    {
      name,
      hostPath,
      mountPath,
      ...(typeof readOnly === "boolean" ? { readOnly } : {}),
      ...(typeof pathType === "string" ? { pathType } : {}),
    },
  ];
}

function fileOf(value: unknown): NodeFile[] {
  if (!isMap(value) || typeof value.path !== "string") {
    return [];
  }
  const { path, content, owner, permissions, encoding } = value;
  return [
    {
      path,
      ...(typeof content === "string" ? { content } : {}),
      ...(typeof owner === "string" ? { owner } : {}),
      // YAML reads 0600 as a number of its own; Palette's packs quote it.
      ...(typeof permissions === "string" ? { permissions } : {}),
      ...(typeof encoding === "string" ? { encoding } : {}),
    },
  ];
}

function textsOf(value: unknown): string[] {
  return listOf(value).filter((each) => typeof each === "string");
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
