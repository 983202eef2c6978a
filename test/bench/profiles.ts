/** Profiles to measure with: valid, and half of their lines inside block scalars, as in real ones. */

/** A full profile of about `lines` lines: the mandatory layers, then add-ons with a variable each. */
export function profileOfLines(lines: number): string {
  const base = [...HEAD, ...MANDATORY];
  // An add-on and its variable are as long as the first ones.
  const length = addOn(1).length + variable(1).length;
  const count = Math.max(1, Math.round((lines - base.length - 1) / length));
  const numbers = Array.from({ length: count }, (_, i) => i + 1);
  return [...base, ...numbers.flatMap(addOn), "  variables:", ...numbers.flatMap(variable), ""].join("\n");
}

/** Where a person types: the end of the first line with `replicas` in the second half of the add-ons. */
export function typingPlace(text: string): { line: number; character: number } {
  const lines = text.split("\n");
  const end = lines.indexOf("  variables:");
  const places = lines.flatMap((line, i) => (i < end && line.includes("replicas:") ? [i] : []));
  const line = places[Math.floor(places.length / 2)];
  if (line === undefined) {
    throw new Error("The profile to measure with has no add-on.");
  }
  return { line, character: lines[line]?.length ?? 0 };
}

const HEAD = [
  "# A full profile to measure with.",
  "metadata:",
  "  name: measured",
  '  description: ""',
  "spec:",
  "  version: 1.0.0",
  "  template:",
  "    type: cluster",
  "    cloudType: aws",
  "    packs:",
];

const MANDATORY = [
  mandatory("ubuntu-aws", "os", "22.04"),
  mandatory("kubernetes", "k8s", "1.35.2"),
  mandatory("cni-calico", "cni", "3.30.1"),
  mandatory("csi-aws-ebs", "csi", "1.46.0"),
].flat();

function mandatory(name: string, layer: string, version: string): string[] {
  return [
    `      - name: ${name}`,
    `        layer: ${layer}`,
    `        tag: "${version}"`,
    "        registryName: Public Repo",
    '        values: ""',
  ];
}

/** As text in its profile: 9 lines of the profile, and 15 inside values and a manifest. */
function addOn(number: number): string[] {
  return `      - name: add-on-${number}
        type: spectro
        layer: addon
        tag: "1.0.${number}"
        registryName: Public Repo
        values: |
          pack:
            namespace: "add-on-${number}"
          charts:
            add-on-${number}:
              replicas: 2
              image: registry.example.com/add-on:1.0.${number}
              host: "{{.spectro.var.host_${number}}}"
              resources:
                limits: {cpu: "1", memory: 1Gi}
        manifests:
          - name: settings
            content: |
              apiVersion: v1
              kind: ConfigMap
              metadata:
                name: settings-${number}
                namespace: add-on-${number}
              data:
                level: info`.split("\n");
}

function variable(number: number): string[] {
  return `    - name: host_${number}
      displayName: Host ${number}
      format: string
      defaultValue: host-${number}.example.com
      regex: "^[a-z0-9.-]+$"
      required: true
      immutable: false`.split("\n");
}
