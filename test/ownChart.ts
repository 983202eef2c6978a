/** Where the charts of registry `our-charts` come from. */
export const OWN_CHARTS = "https://charts.example.com/shop";

/** The text of a profile, with a layer more: a chart that only the user's own registry `our-charts` has. */
export function withOwnChart(profile: string): string {
  return `${profile.trimEnd()}
      - name: corner-shop
        type: helm
        layer: addon
        tag: 1.10.0
        registry: { metadata: { name: our-charts } }
        values: "pack: { namespace: shop }"
`;
}
