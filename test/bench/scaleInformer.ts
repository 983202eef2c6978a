/** A process that follows the same kinds with the informers of client-node: `node scaleInformer.ts KUBECONFIG`. */
import {
  CustomObjectsApi,
  KubeConfig,
  type KubernetesListObject,
  type KubernetesObject,
  makeInformer,
} from "@kubernetes/client-node";
import { tell } from "./scaleWatcher.ts";

const [path = ""] = process.argv.slice(2);
const started = Date.now();
const config = new KubeConfig();
config.loadFromFile(path);
const objects = config.makeApiClient(CustomObjectsApi);
await Promise.all(
  [
    ["cluster.x-k8s.io", "clusters"],
    ["controlplane.cluster.x-k8s.io", "kubeadmcontrolplanes"],
    ["cluster.x-k8s.io", "machinedeployments"],
    ["cluster.x-k8s.io", "machines"],
  ].map(async ([group = "", plural = ""]) => {
    const informer = makeInformer(
      config,
      `/apis/${group}/v1beta2/${plural}`,
      () =>
        objects.listClusterCustomObject({ group, version: "v1beta2", plural }) as Promise<
          KubernetesListObject<KubernetesObject>
        >,
    );
    informer.on("update", (object) => {
      const { version } = (object as { spec?: { version?: string } }).spec ?? {};
      if (version !== undefined && version.length > 7) {
        tell({ seen: version.replace(/^v/, "") });
      }
    });
    await informer.start();
    if (plural === "clusters") {
      tell({ opened: Date.now() - started });
    }
  }),
);
tell({ complete: Date.now() - started });
