import type { TodoItem } from "../model.ts";
import { providerOf } from "../provider.ts";
import type { Finding, KnownCause } from "./cause.ts";
import { errorLike, extract, stopped } from "./words.ts";

const QUOTA =
  /\w*LimitExceeded|quota(?: \w+)* exceeded|exceed(?:ed|s|ing)?\b.{0,80}\b(?:quota|limit)|\bquota\w*\b.{0,60}\bexceed|QuotaExceeded|Quota exceeded|Maximum number of resources of type|resource_limit_exceeded|maximum number of \w+ (?:has been )?reached/i;

/** A limit on requests in a moment, which the provider waits out by itself. */
const THROTTLED = /RequestLimitExceeded|Throttl|TooManyRequests|rate (?:limit )?exceeded/i;

/** Where limits are raised, by provider. */
const PLACES: Readonly<Record<string, TodoItem["link"]>> = {
  AWS: { title: "Open Service Quotas", url: "https://console.aws.amazon.com/servicequotas/home" },
  Azure: {
    title: "Open Azure Quotas",
    url: "https://portal.azure.com/#view/Microsoft_Azure_Capacity/QuotaMenuBlade/~/myQuotas",
  },
  "Google Cloud": { title: "Open Quotas", url: "https://console.cloud.google.com/iam-admin/quotas" },
  "Oracle Cloud": { title: "Open Limits", url: "https://cloud.oracle.com/limits" },
};

/** A quota or limit of the cloud account is reached. */
export const quota: KnownCause = {
  id: "quota",
  find(facts): Finding | undefined {
    const cause = errorLike(facts, QUOTA);
    if (cause === undefined || THROTTLED.test(cause.condition.message)) {
      return undefined;
    }
    const { message } = cause.condition;
    const who = facts.cluster === cause.object ? providerOf(facts.cluster) : providerOf(cause.object);
    const limit = limitIn(message);
    const link = PLACES[who];
    const ask = `Ask ${/^The /.test(who) ? "whoever runs the cloud" : who} for a higher limit${limit.name === undefined ? "" : `: ${limit.name}`}.`;
    return {
      headline: `${stopped(cause, facts)}: ${limit.text}`,
      health: "bad",
      cause,
      todo: [
        link === undefined ? { text: ask } : { text: ask, link },
        { text: "Or use fewer or smaller machines, or delete what is no longer needed." },
      ],
    };
  },
};

/** Which limit a message is about, in words. */
function limitIn(message: string): { readonly text: string; readonly name?: string } {
  const vcpus = extract(message, [/vCPU limit of (\d+)/i]);
  if (vcpus !== undefined) {
    return {
      text: `the vCPU limit of ${vcpus} is reached`,
      name: "vCPUs of running On-Demand instances of this machine type",
    };
  }
  const azure = extract(message, [/exceeding approved (.+?) quota/i]);
  if (azure !== undefined) {
    const limit = extract(message, [/Current Limit: (\d+)/i]);
    return {
      text: `the quota ${azure}${limit === undefined ? "" : ` of ${limit}`} is reached`,
      name: azure,
    };
  }
  const google = extract(message, [/Quota '([^']+)' exceeded/i]);
  if (google !== undefined) {
    const limit = extract(message, [/Limit: ([\d.]+\d)/i])?.replace(/\.0$/, "");
    const region = extract(message, [/in region ([\w-]+)/i]);
    return {
      text: `the quota ${google}${limit === undefined ? "" : ` of ${limit}`}${region === undefined ? "" : ` in ${region}`} is reached`,
      name: google,
    };
  }
  const named = extract(message, [
    /Quota exceeded for (?:resources: )?\[?'?([\w, ]+?)'?\]?[:.]/i,
    /resources of type '?([\w ]+?)'? for/i,
    /service limits were exceeded: ([\w-]+)/i,
    /maximum number of ([\w ]+?) has been reached/i,
  ]);
  if (named !== undefined) {
    return { text: `the limit of ${named} is reached`, name: named };
  }
  const code = extract(message, [/\b([A-Z]\w+)LimitExceeded/]);
  return code === undefined
    ? { text: "a quota of the cloud account is reached" }
    : { text: `the limit of ${words(code)} is reached`, name: words(code) };
}

/** `NatGateway` as `NAT gateways`, as far as that is known. */
function words(code: string): string {
  const known: Readonly<Record<string, string>> = {
    Vpc: "VPCs",
    NatGateway: "NAT gateways",
    Address: "public addresses",
    Instance: "instances",
    Vcpu: "vCPUs",
    InternetGateway: "internet gateways",
  };
  return known[code] ?? code.replace(/(?<=[a-z])(?=[A-Z])/g, " ").toLowerCase();
}
