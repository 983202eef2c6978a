import type { KubeObject } from "../../src/shared/kubernetes.ts";

/** Kinds that a manager needs on the API server when it runs as a process and not as pods. */
const kept = new Set([
  "Namespace",
  "CustomResourceDefinition",
  "MutatingWebhookConfiguration",
  "ValidatingWebhookConfiguration",
]);

const certManagerAnnotation = "cert-manager.io/inject-ca-from";

interface ClientConfig {
  service?: { path?: string };
  url?: string;
  caBundle?: string;
}

/** Takes what a manager brings for a cluster of pods, and gives what is needed of it here. */
export function keepNeeded(objects: readonly KubeObject[]): KubeObject[] {
  return objects
    .filter(({ kind }) => kept.has(kind))
    .map((object) => {
      const { [certManagerAnnotation]: _, ...annotations } = object.metadata.annotations ?? {};
      return { ...object, metadata: { ...object.metadata, annotations } };
    });
}

/**
 * Points the webhooks and conversions of an object to a manager that listens on `port` of this machine.
 * The input stays as it is.
 */
export function pointTo(object: KubeObject, port: number, caBundle: string): KubeObject {
  const copy = structuredClone(object) as KubeObject & {
    webhooks?: { clientConfig: ClientConfig }[];
    spec?: { conversion?: { webhook?: { clientConfig?: ClientConfig } } };
  };
  const configs = [
    ...(copy.webhooks ?? []).map(({ clientConfig }) => clientConfig),
    copy.spec?.conversion?.webhook?.clientConfig,
  ];
  for (const config of configs) {
    if (config?.service !== undefined) {
      config.url = `https://127.0.0.1:${port}${config.service.path ?? "/"}`;
      config.caBundle = caBundle;
      delete config.service;
    }
  }
  return copy;
}
