/**
 * Client to server: `{registries}`, the user's own registries and the charts that are known of them (`ChartRegistry` of
 * the catalog room). Each one replaces the one before.
 */
export const REGISTRIES_NOTIFICATION = "palette/registries";
