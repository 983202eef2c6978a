import { type Field, fieldsOf } from "../view.ts";
import type { Finding, Rule } from "./rule.ts";

/** A value of a label or taint, or the name in its key. */
export const NAME = /^[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const PREFIX = /^[a-z0-9](?:[-a-z0-9.]{0,251}[a-z0-9])?$/;

/** A kubelet may set these only on itself (NodeRestriction admission). */
const KUBELET_PREFIXES = /^(?:kubelet|node)\.kubernetes\.io$|\.(?:kubelet|node)\.kubernetes\.io$/;
const KUBELET_LABELS = [
  "kubernetes.io/hostname",
  "kubernetes.io/os",
  "kubernetes.io/arch",
  "topology.kubernetes.io/region",
  "topology.kubernetes.io/zone",
  "node.kubernetes.io/instance-type",
];

/** Labels have the syntax of Kubernetes; node labels are some that a kubelet may give itself. */
export const labelsAreValid: Rule = {
  code: "C10",
  *check({ labels, pools }) {
    yield* judge(labels);
    for (const { additionalLabels } of pools) {
      yield* judge(additionalLabels);
      for (const [name, { key }] of fieldsOf(additionalLabels?.value)) {
        if (isReserved(name)) {
          yield {
            severity: "error",
            message: `A node cannot give itself label ${name}: Kubernetes keeps kubernetes.io and k8s.io for itself.`,
            span: key.span,
          };
        }
      }
    }
  },
};

function* judge(labels: Field | undefined): Iterable<Finding> {
  for (const [name, field] of fieldsOf(labels?.value)) {
    if (!isLabelKey(name)) {
      yield {
        severity: "error",
        message: `${name} cannot be the name of a label: up to 63 letters, digits, -, _ and ., with a DNS prefix and / before it where needed.`,
        span: field.key.span,
      };
    }
    if (field.value !== undefined && field.value.kind !== "scalar") {
      yield { severity: "error", message: `The value of label ${name} must be a text.`, span: field.span };
    } else if (field.text !== "" && !NAME.test(field.text)) {
      yield {
        severity: "error",
        message: `${field.text} cannot be the value of a label: up to 63 letters, digits, -, _ and ., with a letter or digit at both ends.`,
        span: field.span,
      };
    }
  }
}

/** Whether a text can be the key of a label or taint: a name of up to 63 characters, a DNS prefix before it. */
export function isLabelKey(text: string): boolean {
  const slash = text.indexOf("/");
  return slash < 0 ? NAME.test(text) : PREFIX.test(text.slice(0, slash)) && NAME.test(text.slice(slash + 1));
}

function isReserved(name: string): boolean {
  const [prefix = "", rest] = name.split("/", 2);
  return (
    rest !== undefined &&
    /(?:^|\.)(?:kubernetes|k8s)\.io$/.test(prefix) &&
    !KUBELET_PREFIXES.test(prefix) &&
    !KUBELET_LABELS.includes(name)
  );
}
