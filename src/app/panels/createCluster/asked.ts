import type * as vscode from "vscode";
import type { Cloud, Distribution } from "../../../cluster/clouds/cloud.ts";
import type { CloudAccounts, Finding, ManagementCluster } from "../../../kube/index.ts";
import type { KubeObject } from "../../../shared/kubernetes.ts";
import { loadKube } from "../../chunks.ts";
import type { Answer } from "./model.ts";
import { Question } from "./question.ts";

/** What the questions are about. */
export interface Subject {
  readonly cloud: Cloud | undefined;
  readonly namespace: string;
  /** Whether the profile is usable: before that it is not known what the environment has to have. */
  readonly hasProfile: boolean;
  /** What the Kubernetes layer installs, for example k3s; undefined where it does not matter. */
  readonly distribution: Distribution | undefined;
}

/** What the form asks of the management cluster; each question again whenever what it depends on is another. */
export class Asked implements vscode.Disposable {
  readonly #environment: Question<readonly Finding[]>;
  readonly #accounts: Question<CloudAccounts>;
  readonly #namespaces: Question<readonly string[]>;
  readonly #classes: Question<readonly KubeObject[]>;

  constructor(onAnswer: () => void) {
    this.#environment = new Question(onAnswer);
    this.#accounts = new Question(onAnswer);
    this.#namespaces = new Question(onAnswer);
    this.#classes = new Question(onAnswer);
  }

  get environment(): Answer<readonly Finding[]> {
    return this.#environment.answer;
  }

  get accounts(): Answer<CloudAccounts> {
    return this.#accounts.answer;
  }

  get namespaces(): readonly string[] {
    const { answer } = this.#namespaces;
    return answer.kind === "known" ? answer.value : [];
  }

  /** The ClusterClasses of the namespace; none unless the cloud is one. */
  get classes(): readonly KubeObject[] {
    const { answer } = this.#classes;
    return answer.kind === "known" ? answer.value : [];
  }

  /** Asks what was not asked yet about this subject; nothing without a management cluster. */
  ask(management: ManagementCluster | undefined, subject: Subject): void {
    if (management === undefined) {
      for (const question of this.#all) {
        question.clear();
      }
      return;
    }
    const { cloud, namespace, hasProfile, distribution } = subject;
    const place = [management.path, management.name].join("\n");
    this.#namespaces.ask(place, async (signal) =>
      (await management.list({ apiVersion: "v1", kind: "Namespace" }, { signal, metadataOnly: true })).map(
        ({ metadata }) => metadata.name,
      ),
    );
    this.#classes.ask(cloud?.id === "cluster-class" ? `${place}\n${namespace}` : undefined, async (signal) =>
      (await loadKube()).listClusterClasses(management, namespace, { signal }),
    );
    if (cloud === undefined) {
      this.#environment.clear();
      this.#accounts.clear();
      return;
    }
    const key = [place, cloud.id, namespace].join("\n");
    this.#environment.ask(hasProfile ? `${key}\n${distribution}` : undefined, async (signal) =>
      (await loadKube()).checkEnvironment(management, cloud, namespace, {
        signal,
        ...(distribution === undefined ? {} : { distribution }),
      }),
    );
    this.#accounts.ask(cloud.identities.length === 0 ? undefined : key, async (signal) =>
      (await loadKube()).listAccounts(management, cloud, namespace, { signal }),
    );
  }

  /** Forgets what the environment said, so that it is asked anew. */
  forget(): void {
    for (const question of [this.#environment, this.#accounts, this.#classes]) {
      question.forget();
    }
  }

  dispose(): void {
    for (const question of this.#all) {
      question.dispose();
    }
  }

  get #all(): readonly Pick<Question<unknown>, "clear" | "dispose">[] {
    return [this.#environment, this.#accounts, this.#namespaces, this.#classes];
  }
}
