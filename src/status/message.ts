import type { Condition } from "./conditions.ts";

/** Names of conditions and of reasons, that providers also put into messages. */
const CAMEL = /^[A-Z][a-z0-9]*[A-Z][A-Za-z0-9]*$/;

/** Says that something else is waited for, and names no cause (engines.md 9). */
const WAITING =
  /^(?:waiting\b|condition \S+ not yet reported|.*\bnot yet\b|provisioning$|deleting$|\d+ available replicas)/i;

/** Reasons that say no more than that something is not there. */
const WAITING_REASON =
  /^(?:Waiting.*|Not[A-Z].*|.*(?:Unknown|NotReported|NotReady|NotAvailable|NotUpToDate|NotInitialized)|InspectionFailed|Provisioning|.*DoesNotExist)$/;

/**
 * What a condition says, one thing each. Cluster API sums up conditions in nested lists, `* VMProvisioned: …`;
 * only their innermost lines say something of their own.
 */
function statements(condition: Condition): string[] {
  const lines = condition.message.split("\n").filter((line) => line.trim() !== "");
  const innermost = lines.filter((line, i) => indentOf(lines[i + 1] ?? "") <= indentOf(line));
  return innermost.map(plain);
}

/** What a condition says in one line, and whether that is more than that it waits for something else. */
export interface Said {
  /** Absent where the condition says nothing. */
  readonly text: string | undefined;
  readonly isConcrete: boolean;
}

/** Reads a condition: the first statement that names a cause, else the first; its reason where it has no message. */
export function saidBy(condition: Condition): Said {
  const all = condition.message === "" ? [] : statements(condition);
  const concrete = all.find((statement) => !isWaiting(statement));
  const text = concrete ?? all[0];
  if (text !== undefined) {
    return { text, isConcrete: concrete !== undefined };
  }
  const { reason } = condition;
  return {
    text: reason === "" || reason === "NotReady" ? undefined : words(reason),
    isConcrete: reason !== "" && !WAITING_REASON.test(reason),
  };
}

/** A message of several lines as one. */
export function oneLine(message: string): string {
  return message
    .split("\n")
    .map((line) => line.replace(/^[\s*]+/, "").trim())
    .filter((line) => line !== "")
    .join("; ");
}

/** A sentence as a part of another one; names such as KubeadmConfig keep their capital. */
export function lowered(sentence: string): string {
  return /^[A-Z][a-z]*(?![A-Za-z])/.test(sentence)
    ? sentence.charAt(0).toLowerCase() + sentence.slice(1)
    : sentence;
}

function isWaiting(statement: string): boolean {
  return WAITING.test(statement) || WAITING.test(statement.replace(/^[^:]*: /, ""));
}

function indentOf(line: string): number {
  return line.search(/[^\s*]/);
}

/** `* VMProvisioned: WaitingForStartupTimeout` as `Waiting for startup timeout`. */
function plain(line: string): string {
  const text = line.replace(/^[\s*]+/, "").trim();
  const [, type, rest] = /^([A-Za-z0-9]+): (.+)$/.exec(text) ?? [];
  const said = type !== undefined && rest !== undefined && CAMEL.test(type) ? rest : text;
  return CAMEL.test(said) ? words(said) : said;
}

/** `WaitingForVMProvisioned` as `Waiting for VM provisioned`. */
function words(name: string): string {
  const [first = "", ...rest] = name.split(/(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/);
  return [first, ...rest.map((word) => (/^[A-Z]{2,}$/.test(word) ? word : word.toLowerCase()))].join(" ");
}
