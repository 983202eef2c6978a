import type { KubeObject } from "../../shared/kubernetes.ts";

/** One thing that a management cluster needs for a cloud, and whether it has it. */
export interface Finding {
  /** What was looked at, for example "Provider aws". */
  readonly title: string;
  /**
   * `warning`: clusters can be created, and something is to be known. `missing` and `forbidden`: they cannot, for
   * lack of something or of a permission.
   */
  readonly state: "ok" | "warning" | "missing" | "forbidden";
  /** Whole sentences. */
  readonly message: string;
  /** What to do, whole sentences. */
  readonly next?: string;
  /** A command for a terminal that does it. */
  readonly command?: string;
  /** Objects for the Cluster API operator, where it is there, that do it. */
  readonly install?: readonly KubeObject[];
}
