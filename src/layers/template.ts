/** Identifiers of the objects with a cluster's own values, in Sveltos' templates. */
export const OWN_VALUES = "ClusterValues";
export const OWN_SECRETS = "ClusterSecrets";

/** Braces of the text itself, not of Sveltos' templates: charts carry Go templates of their own. */
export function escapeTemplate(text: string): string {
  return text.replaceAll("{{", '{{ "{{" }}');
}

/**
 * A text that is the cluster's own where it has one under `key`, else the shared one. Sveltos merges `valuesFrom`
 * into values without order and without empty values (mergo), so a cluster's own text takes the whole place.
 */
export function ownOr(key: string, shared: string): string {
  const secrets = `(getResource "${OWN_SECRETS}")`;
  const values = `(getResource "${OWN_VALUES}")`;
  return [
    `{{- if and ${secrets} (hasKey ${secrets}.data "${key}") }}{{ index ${secrets}.data "${key}" | b64dec }}`,
    `{{- else if and ${values} (hasKey ${values}.data "${key}") }}{{ index ${values}.data "${key}" }}`,
    `{{- else }}${escapeTemplate(shared)}{{- end }}`,
  ].join("\n");
}
