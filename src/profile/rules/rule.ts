import type { UserPacks } from "../../catalog/index.ts";
import type { Diagnostic } from "../../shared/diagnostic.ts";
import type { EmbeddedText } from "../embedded.ts";
import type { KubernetesSchemas } from "../kubernetes/schemas.ts";
import type { MapNode, ScalarNode } from "../syntax/nodes.ts";
import type { ProfileView } from "../view.ts";

/** What a rule looks at: the parts of the profile, and the text for fixes. */
export interface RuleInput {
  readonly text: string;
  readonly profile: ProfileView;
  /** yyyy-mm-dd, where it is known. */
  readonly today: string | undefined;
  /** The charts of the user's own registries. */
  readonly user: UserPacks;
  /** The API of Kubernetes, where it is loaded. */
  readonly kubernetes: KubernetesSchemas | undefined;
  /** The YAML inside values and manifests. */
  readonly embedded: readonly EmbeddedText[];
  /** The same by the scalar that holds it. */
  readonly embeddedIn: ReadonlyMap<ScalarNode, EmbeddedText>;
  /** Whether the shape check reported a key of this map as a misspelling of `name`. */
  misspelled(map: MapNode | undefined, name: string): boolean;
}

export type Finding = Omit<Diagnostic, "code">;

/** One rule of palette.md 2.8; its page is docs/rules/<code>.md. */
export interface Rule {
  readonly code: string;
  /** Finds every violation. Keeps silent about what another rule or the shape check already says. */
  check(input: RuleInput): Iterable<Finding>;
}
