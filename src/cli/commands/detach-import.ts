import { PaletteError } from "../../shared/errors.ts";
import { onlyArgument, parseArguments } from "../arguments.ts";
import { type Command, type CommandIo, UsageError } from "../command.ts";
import {
  allContexts,
  CLUSTER_KUBECONFIG,
  CLUSTER_KUBECONFIG_USAGE,
  type Place,
  placeOf,
  withCluster,
} from "../contexts.ts";
import { MANAGEMENT, MANAGEMENT_USAGE, type Management, withManagement } from "../management.ts";

/** `palette detach`: takes an imported cluster from its management cluster; the cluster itself stays. */
export const detachCommand: Command = {
  summary: "Remove what importing a cluster made, on both sides",
  usage: `palette detach NAME [--namespace NAME] [--cluster-context NAME | --unreachable] ${CLUSTER_KUBECONFIG_USAGE} ${MANAGEMENT_USAGE}`,
  async run(args, io) {
    const { values, positionals } = parseArguments(args, {
      ...MANAGEMENT,
      ...CLUSTER_KUBECONFIG,
      namespace: { type: "string", short: "n" },
      "cluster-context": { type: "string" },
      unreachable: { type: "boolean", default: false },
    });
    const name = onlyArgument(positionals, "the name of one imported cluster");
    if (values.unreachable && values["cluster-context"] !== undefined) {
      throw new UsageError("Give --cluster-context or --unreachable.");
    }
    return withManagement(values, io, async (management) => {
      const existing = await find(management, name, values.namespace, io);
      const places = await allContexts(management.kube, values["cluster-kubeconfig"], io);
      const run = (imported?: Management["cluster"]) =>
        management.kube.detach({ management: management.cluster, imported }, existing, {
          signal: io.signal,
          onProgress: ({ step }) => io.err(step),
        });
      const left = values.unreachable
        ? await run()
        : await withCluster(
            management,
            contextFor(places, values["cluster-context"], existing.seenAt, name),
            values,
            io,
            run,
          );
      for (const { objects, commands } of left) {
        io.err(`${objects.join(", ")} of cluster ${name} are left. Remove them with:`);
        for (const command of commands) {
          io.err(`  ${command}`);
        }
      }
      io.out(
        left.length === 0
          ? `Cluster ${name} is detached. The cluster itself is as it was.`
          : `Cluster ${name} is detached as far as it could be reached.`,
      );
      return left.length === 0 ? 0 : 1;
    });
  },
};

async function find(
  { kube, cluster }: Management,
  name: string,
  namespace: string | undefined,
  { signal }: CommandIo,
) {
  const all = await kube.listImports(cluster, { namespace, signal });
  const found = all.filter((each) => each.name === name);
  if (found.length > 1) {
    throw new PaletteError(
      "InvalidDocument",
      `Several imported clusters are called ${name}: in ${found.map((each) => each.namespace).join(", ")}`,
      { next: "Name the namespace with --namespace." },
    );
  }
  return kube.readImport(cluster, found[0] ?? { name, namespace: namespace ?? "default" }, { signal });
}

/** The context that was named, or the one that leads to the address by which the cluster was imported. */
function contextFor(
  places: readonly Place[],
  named: string | undefined,
  seenAt: string | undefined,
  name: string,
): Place {
  if (named !== undefined) {
    return placeOf(places, named);
  }
  const found = places.find(({ server }) => server.replace(/\/+$/, "") === seenAt);
  if (found === undefined) {
    throw new PaletteError(
      "NotFound",
      `No context leads to cluster ${name}${seenAt === undefined ? "" : ` at ${seenAt}`}`,
      {
        next: "Name it with --cluster-context, or detach on the management cluster only with --unreachable.",
      },
    );
  }
  return found;
}
