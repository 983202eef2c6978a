import { accountLabels, accountSecret } from "../accountSecret.ts";
import type { Identity } from "../cloud.ts";

const LABELS = accountLabels("kubevirt");

/** A cluster with KubeVirt other than the management cluster (engines.md 3.3). */
export const identities: readonly Identity[] = [
  {
    apiVersion: "v1",
    kind: "Secret",
    namespaced: true,
    labels: LABELS,
    title: "Kubeconfig",
    fields: {
      type: "object",
      required: ["kubeconfig"],
      additionalProperties: false,
      properties: {
        kubeconfig: {
          type: "string",
          format: "multiline",
          title: "Kubeconfig",
          description:
            "Kubeconfig of the cluster that runs the virtual machines, with a token or certificate inside.",
          minLength: 1,
          "x-secret": true,
        },
        namespace: {
          type: "string",
          title: "Namespace",
          description: "Namespace of the virtual machines. Without it, the one of the kubeconfig.",
          "x-advanced": true,
        },
      },
    },
    render: ({ name, namespace, values }) => [
      accountSecret(
        { name, namespace },
        {
          kubeconfig: values.kubeconfig ?? "",
          ...(values.namespace ? { namespace: values.namespace } : {}),
        },
        LABELS,
      ),
    ],
  },
];
