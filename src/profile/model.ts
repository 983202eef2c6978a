import type { Span } from "../shared/diagnostic.ts";
import type { INPUT_TYPES, VARIABLE_FORMATS } from "./shape.ts";

/** Palette's profile types (palette.md 2.1): Full, Infrastructure, Add-on, System. */
export const PROFILE_TYPES = ["cluster", "infra", "add-on", "system"] as const;
export type ProfileType = (typeof PROFILE_TYPES)[number];

/** Layers in their order from the bottom of the stack; the first four are mandatory in full and infrastructure profiles. */
export const LAYERS = ["os", "k8s", "cni", "csi", "addon"] as const;
export type LayerKind = (typeof LAYERS)[number];
export const MANDATORY_LAYERS = ["os", "k8s", "cni", "csi"] as const satisfies readonly LayerKind[];

export const PACK_TYPES = ["spectro", "helm", "manifest", "oci"] as const;
export type PackType = (typeof PACK_TYPES)[number];

/** One layer of a profile, its values still as text. */
export interface Layer {
  readonly name: string;
  readonly layer: LayerKind;
  readonly type: PackType;
  readonly tag: string | undefined;
  readonly version: string | undefined;
  /** Name of the registry that it comes from. */
  readonly registry: string | undefined;
  /** YAML text with Palette macros in it; empty where the profile gives none. */
  readonly values: string;
  readonly manifests: readonly { readonly name: string; readonly content: string }[];
}

/** A variable of a profile (palette.md 2.6): its value differs from cluster to cluster. */
export interface Variable {
  readonly name: string;
  readonly displayName: string;
  readonly description: string | undefined;
  readonly format: (typeof VARIABLE_FORMATS)[number];
  readonly inputType: (typeof INPUT_TYPES)[number];
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly defaultValue: string | undefined;
  /** RE2. */
  readonly regex: string | undefined;
  readonly required: boolean;
  /** Its default stays. */
  readonly immutable: boolean;
  /** Masked: never written as text into a request. */
  readonly isSensitive: boolean;
  readonly hidden: boolean;
}

/** A profile that has no errors. */
export interface Profile {
  readonly name: string;
  readonly description: string | undefined;
  readonly version: string;
  readonly type: ProfileType;
  /** Palette's cloud type, or a custom one. */
  readonly cloudType: string;
  readonly layers: readonly Layer[];
  readonly variables: readonly Variable[];
}

/** Where a layer stands in the document, for code lenses, trees and navigation. */
export interface LayerPlace {
  readonly name: string;
  readonly layer: string;
  readonly span: Span;
}
