import assert from "node:assert/strict";
import * as vscode from "vscode";
import type { App } from "../../src/app/commands/command.ts";
import type { Connection, ConnectionState } from "../../src/app/connection/connection.ts";
import type { ManagementCluster } from "../../src/kube/index.ts";
import { newProfile } from "../../src/profile/index.ts";
import type { KubeObject } from "../../src/shared/kubernetes.ts";
import { OWN_CHARTS, withOwnChart } from "../ownChart.ts";
import { extension } from "./support.ts";

/** A request of one machine in Docker, of the profile beside it. */
export const REQUEST = `apiVersion: palette-onboarding/v1
kind: ClusterRequest
metadata:
  name: corner
  namespace: default
spec:
  cloudType: docker
  profiles:
    - file: corner.profile.yaml
  machinePools:
    - poolConfig: { name: control-plane, isControlPlane: true, size: 1 }
`;
export const PROFILE = withOwnChart(
  newProfile({ name: "corner", type: "cluster", cloudType: "docker", kubernetesVersion: "1.36.4" }),
);

/** A management cluster with Sveltos and nothing else, which takes everything and keeps what it was asked to judge. */
export function takesEverything(judged: KubeObject[]): ManagementCluster {
  const unused = () => assert.fail("not needed");
  return {
    name: "mgmt",
    path: "/nowhere",
    namespace: "default",
    isSandbox: false,
    get: async () => undefined,
    list: async () => [],
    create: unused,
    apply: async (object, options) => {
      assert.equal(options?.dryRun, true, "it is only asked");
      judged.push(object);
      return object;
    },
    patch: unused,
    delete: unused,
    watch: unused,
    requestToken: unused,
    raw: async (path) =>
      path === "/apis"
        ? {
            groups: [
              {
                name: "config.projectsveltos.io",
                versions: [{ groupVersion: "config.projectsveltos.io/v1beta1" }],
              },
            ],
          }
        : { resources: [{ name: "clustersummaries", kind: "ClusterSummary" }] },
    now: () => new Date("2026-11-24T12:00:00Z"),
    close: () => undefined,
  };
}

/** The extension's parts around a form, with what they say; of a registry only the setting is there. */
export function appWith(connection: Pick<Connection, "state" | "get">) {
  const shown: string[] = [];
  const logged: string[] = [];
  const profiles = new vscode.EventEmitter<void>();
  const connections = new vscode.EventEmitter<ConnectionState>();
  const nothingNew = () => new vscode.Disposable(() => undefined);
  const log = (line: string) => void logged.push(line);
  const app = {
    context: { extensionUri: extension().extensionUri },
    log: { info: log, warn: log, error: log, show: () => undefined },
    connection: Object.assign(connection, { onDidChange: connections.event }),
    fleet: { fleet: undefined, first: async () => undefined, onDidChange: nothingNew },
    profiles: { files: async () => [], onDidChange: profiles.event },
    registries: {
      sources: async () => ({ registries: [{ name: "our-charts", kind: "helm", url: OWN_CHARTS }] }),
      logins: async () => [],
      onDidChange: nothingNew,
    },
    documents: { show: async (_path: string, text: string) => void shown.push(text) },
  } as unknown as App;
  return {
    app,
    shown,
    logged,
    profilesChanged: () => profiles.fire(),
    connectionChanged: () => connections.fire(connection.state),
  };
}

export function connectedTo(cluster: ManagementCluster): Pick<Connection, "state" | "get"> {
  return {
    state: { kind: "connected", cluster, choice: { path: cluster.path, context: cluster.name } },
    get: async () => cluster,
  };
}
