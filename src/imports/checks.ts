import { hostOf, reachOf } from "./address.ts";
import type { Found } from "./detect.ts";
import type { ImportMode } from "./model.ts";
import { AGENT_NAMESPACE } from "./names.ts";
import { type NeededRight, neededRights, rightName } from "./rights.ts";

/** What one side of a check came to. */
export interface Judgement {
  /** `problem`: the import would fail, or must not be. */
  readonly state: "ok" | "info" | "warning" | "problem";
  /** Short; a whole sentence where it is not ok. */
  readonly message: string;
  /** What to do, whole sentences. */
  readonly next?: string;
}

/** One row of the checks: seen from this machine, and from the management cluster. */
export interface ImportCheck {
  readonly id: "reachable" | "certificate" | "version" | "permissions" | "managed";
  readonly title: string;
  readonly here: Judgement;
  readonly there: Judgement;
}

/** A cluster that the management cluster has under some name. */
export interface KnownImport {
  readonly namespace: string;
  readonly name: string;
  /** uid of its namespace kube-system; absent where somebody else registered it. */
  readonly uid?: string;
}

/** Who imported a cluster, as its own namespace says. */
export interface ImportMark {
  /** `NAMESPACE/NAME at MANAGEMENT CLUSTER`. */
  readonly by: string;
  /** uid of the management cluster; absent where it was not to be seen. */
  readonly uid?: string;
}

/** What was read of both sides; nothing was written. */
export interface ImportFacts {
  /** Name of the context. */
  readonly context: string;
  /** Address in the kubeconfig, and what its name resolves to here. */
  readonly server: string;
  readonly resolved: readonly string[];
  /** How long its first answer took. */
  readonly milliseconds: number;
  /** PEM of the authority that the kubeconfig names. */
  readonly certificateAuthority?: string;
  readonly tlsServerName?: string;
  /** The kubeconfig says not to verify the certificate. */
  readonly insecure: boolean;
  /** End of the server's certificate, ISO 8601, where it was to be seen. */
  readonly certificateUntil?: string;
  /** Kubernetes version without the leading v. */
  readonly version: string;
  /** uid of the namespace kube-system: which cluster it is, whatever it is called. */
  readonly uid: string;
  /** Rights that this user lacks there, for each mode. */
  readonly missing: Readonly<Record<ImportMode, readonly NeededRight[]>>;
  readonly found: Found;
  readonly mark?: ImportMark;
  readonly management: ManagementSide;
}

/** What was read of the management cluster. */
export interface ManagementSide {
  readonly name: string;
  /** Its controllers run on this machine, so that a loopback address is theirs too. */
  readonly isSandbox: boolean;
  /** Its own kube-system; absent where that may not be read. */
  readonly uid?: string;
  /** It has SveltosClusters. */
  readonly sveltos: boolean;
  /** It has admission policies (Kubernetes 1.30 and newer). */
  readonly policies: boolean;
  /** What this user may not do there, as `verb resource`. */
  readonly missing: readonly string[];
  readonly imports: readonly KnownImport[];
  /** Cluster API clusters of all namespaces; their names are taken as well. */
  readonly clusters: readonly KnownImport[];
}

/** What of the choice the checks depend on. */
export interface CheckedChoice {
  readonly name: string;
  readonly namespace: string;
  readonly mode: ImportMode;
  /** Address for the management cluster, where it is another one. */
  readonly address?: string;
}

/** Oldest minor that upstream still maintains (engines.md 8); Sveltos itself takes older ones. */
const OLDEST_MAINTAINED = 35;

/** Judges the facts for a choice. */
export function checkImport(facts: ImportFacts, choice: CheckedChoice): ImportCheck[] {
  return [
    { id: "reachable", title: "Reachable", here: reachableHere(facts), there: reachableThere(facts, choice) },
    {
      id: "certificate",
      title: "Certificate",
      here: certificate(facts),
      there:
        choice.address === undefined || hostOf(choice.address) === hostOf(facts.server)
          ? { state: "ok", message: "Same certificate" }
          : {
              state: "info",
              message: `It must be valid for ${hostOf(choice.address)}. Proved in step 2.`,
              next: "Give a TLS server name where the certificate has another name.",
            },
    },
    { id: "version", title: "Version", here: version(facts), there: engine(facts) },
    { id: "permissions", title: "Permissions", here: rights(facts, choice), there: rightsThere(facts) },
    { id: "managed", title: "Managed already", here: managed(facts, choice), there: known(facts, choice) },
  ];
}

/** The judgements that stop an import. */
export function problemsOf(checks: readonly ImportCheck[]): Judgement[] {
  return checks.flatMap(({ here, there }) => [here, there]).filter(({ state }) => state === "problem");
}

function reachableHere({ milliseconds }: ImportFacts): Judgement {
  return { state: "ok", message: `In ${milliseconds} ms` };
}

function reachableThere(facts: ImportFacts, { address }: CheckedChoice): Judgement {
  const { management, server, resolved } = facts;
  const used = address ?? server;
  const host = hostOf(used);
  const reach = reachOf(used, address === undefined ? resolved : []);
  switch (reach) {
    case "loopback":
      return management.isSandbox
        ? { state: "info", message: `${management.name} runs on this machine too. Proved in step 2.` }
        : {
            state: "problem",
            message: `${host} is this machine only.`,
            next: `Enter an address that ${management.name} can reach, or apply the manifest for an import from inside.`,
          };
    case "private":
      return {
        state: "warning",
        message: `${host} is private${resolved.length > 0 && address === undefined && host !== resolved[0] ? ` (${resolved.join(", ")})` : ""}. Proved in step 2.`,
        next: `If ${management.name} is in another network, enter an address that it can reach.`,
      };
    case "public":
      return { state: "info", message: "Public address. Proved in step 2." };
  }
}

function certificate({ insecure, certificateUntil, certificateAuthority, context }: ImportFacts): Judgement {
  if (insecure) {
    return {
      state: "problem",
      message: `Context ${context} does not verify the certificate of the server.`,
      next: "A token is sent to a server that is known only. Put certificate-authority-data in place of insecure-skip-tls-verify.",
    };
  }
  const until = certificateUntil === undefined ? "" : `, valid until ${certificateUntil.slice(0, 10)}`;
  return {
    state: "ok",
    message: `${certificateAuthority === undefined ? "Of a public authority" : "Of the kubeconfig's authority"}${until}`,
  };
}

function version({ version }: ImportFacts): Judgement {
  const [, major, minor] = /^(\d+)\.(\d+)/.exec(version) ?? [];
  return major === "1" && Number(minor) < OLDEST_MAINTAINED
    ? {
        state: "warning",
        message: `Kubernetes ${major}.${minor} is end of life. Can be imported.`,
      }
    : { state: "ok", message: `${version}, supported` };
}

function engine({ management }: ImportFacts): Judgement {
  return management.sveltos
    ? { state: "ok", message: "Sveltos is there" }
    : {
        state: "problem",
        message: `${management.name} has no Sveltos, which connects to imported clusters.`,
        next: "Install Sveltos there: helm install projectsveltos projectsveltos/projectsveltos -n projectsveltos --create-namespace",
      };
}

function rights({ missing, context }: ImportFacts, { mode }: CheckedChoice): Judgement {
  const lacking = missing[mode];
  if (lacking.length === 0) {
    const needed = neededRights(mode, AGENT_NAMESPACE).length;
    return { state: "ok", message: `All ${needed} that ${modeTitle(mode).toLowerCase()} needs` };
  }
  return {
    state: "problem",
    message: `The user of context ${context} may not ${lacking.map(rightName).join(", ")}.`,
    next:
      mode === "full" && missing["read-only"].length === 0
        ? "Import it read-only, or ask whoever runs the cluster for cluster-admin."
        : "Ask whoever runs the cluster for these permissions.",
  };
}

function rightsThere({ management: { missing, name } }: ImportFacts): Judgement {
  return missing.length === 0
    ? { state: "ok", message: "May create its objects" }
    : {
        state: "problem",
        message: `You may not ${missing.join(", ")} on ${name}.`,
        next: `Ask whoever runs ${name} for these permissions.`,
      };
}

function managed(facts: ImportFacts, { name, namespace }: CheckedChoice): Judgement {
  const { mark, management, found } = facts;
  if (mark !== undefined && !isLeftover(facts, { name, namespace })) {
    return {
      state: "problem",
      message: `It is imported as ${mark.by}.`,
      next: "Detach it there first.",
    };
  }
  if (mark !== undefined) {
    return {
      state: "warning",
      message: `An earlier import (${mark.by}) left its objects. They are taken over.`,
    };
  }
  const others = found.managedBy;
  return others.length === 0
    ? { state: "ok", message: "No" }
    : {
        state: "warning",
        message: `${others.join(" and ")} manages it.`,
        next: `Import it read-only, so that it and ${management.name} do not change the same things.`,
      };
}

/** Whether what an import left on the cluster belongs to none that is there any more, so that a new one may have it. */
export function isLeftover(
  { mark, management, uid }: ImportFacts,
  { name, namespace }: Pick<CheckedChoice, "name" | "namespace">,
): boolean {
  if (mark === undefined || mark.uid === undefined || mark.uid !== management.uid) {
    return false;
  }
  return !management.imports.some(
    (each) => each.uid === uid || (each.name === name && each.namespace === namespace),
  );
}

function known({ management, uid }: ImportFacts, { name, namespace }: CheckedChoice): Judgement {
  if (management.uid === uid) {
    return {
      state: "problem",
      message: `This is the management cluster ${management.name} itself.`,
      next: "Choose another cluster.",
    };
  }
  const same = management.imports.find((each) => each.uid === uid);
  if (same !== undefined) {
    return {
      state: "problem",
      message: `It is imported as ${same.name} in ${same.namespace}.`,
      next: `Use that one, or detach it first.`,
    };
  }
  const taken =
    management.imports.find((each) => each.name === name && each.namespace === namespace) ??
    management.clusters.find((each) => each.name === name);
  return taken === undefined
    ? { state: "ok", message: "Not imported under another name" }
    : {
        state: "problem",
        message: `Cluster ${name} exists in ${taken.namespace}.`,
        next: "Choose another name.",
      };
}

/** A mode as people read it. */
export function modeTitle(mode: ImportMode): string {
  return mode === "full" ? "Full permission" : "Read-only";
}
