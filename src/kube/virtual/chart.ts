import {
  readValues,
  requestProblems,
  type VirtualClusterRequest,
  type VirtualFacts,
  type VirtualProblem,
} from "../../virtual/index.ts";

/** What is wrong with a request, its values judged by the schema of vCluster's chart. */
export async function virtualClusterProblems(
  request: VirtualClusterRequest,
  facts: VirtualFacts,
): Promise<VirtualProblem[]> {
  return [...requestProblems(request, facts), ...(await chartProblems(request.values))];
}

/** What the schema of vCluster's chart says of own values; it is loaded where there are any. */
export async function chartProblems(values: string | undefined): Promise<VirtualProblem[]> {
  if (values === undefined) {
    return [];
  }
  const own = readValues(values);
  if (own === undefined) {
    return [
      {
        field: "values",
        severity: "error",
        message: "The values of vCluster are no YAML map",
        next: "Write them as in the chart's values.yaml.",
      },
    ];
  }
  const { schemaProblems } = await import("../../virtual/chart/index.ts");
  return schemaProblems(own);
}
