import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { UsageError } from "../../../../src/cli/command.ts";
import { group } from "../../../../src/cli/commands/group.ts";
import { virtual } from "../../../../src/cli/commands/virtual.ts";
import { isPaletteError } from "../../../../src/shared/errors.ts";
import { temporaryIo } from "./support.ts";

describe("palette virtual and palette group", () => {
  const at = temporaryIo();
  after(() => at.remove());

  const create = ["create", "tenant"];
  const cases: readonly (readonly [command: typeof virtual, args: readonly string[], words: RegExp])[] = [
    [virtual, [], /Say create, list, resize, pause, resume, kubeconfig or delete/],
    [virtual, ["sleep"], /palette virtual has no sleep/],
    [virtual, ["create", "--host", "a"], /the name of one virtual cluster/],
    [virtual, create, /--host, or a cluster group with --group/],
    [virtual, [...create, "--host", "a", "--group", "b"], /--host, or a cluster group with --group/],
    [virtual, [...create, "--host", "a", "--cpu", "four"], /--cpu is a whole number, not four/],
    [virtual, [...create, "--host", "a", "--memory", "4Gi"], /--memory is a whole number, not 4Gi/],
    [
      virtual,
      [...create, "--host", "a", "--endpoint", "Route"],
      /--endpoint is LoadBalancer or .* not Route/,
    ],
    [virtual, ["list", "tenant"], /takes no name/],
    [virtual, ["list", "--output", "xml"], /--output is text or json, not xml/],
    [virtual, ["resize", "tenant"], /Say what changes: --cpu, --memory, --storage/],
    [virtual, ["resize", "--cpu", "5"], /the name of one virtual cluster/],
    [virtual, ["resize", "tenant", "--cpu", "4.5"], /--cpu is a whole number, not 4\.5/],
    [virtual, ["pause"], /the name of one virtual cluster/],
    [virtual, ["delete", "tenant"], /deleting needs --yes/],
    [group, [], /Say create, list or delete/],
    [group, ["rename"], /palette group has no rename/],
    [group, ["create", "dev"], /--host-label/],
    [group, ["create", "dev", "--host-label", "env"], /--host-label is KEY=VALUE, not env/],
    [group, ["create", "dev", "--host-label", "a=b", "--oversubscription", "x"], /whole number of percent/],
    [group, ["delete"], /the name of one cluster group/],
  ];
  for (const [command, args, words] of cases) {
    it(`says how it is used: ${[command === group ? "group" : "virtual", ...args].join(" ")}`, async () => {
      await assert.rejects(command.run(args, at.io), (error) => {
        assert.ok(error instanceof UsageError);
        assert.match(error.message, words);
        return true;
      });
    });
  }

  it("names a file of values that cannot be read", async () => {
    await assert.rejects(virtual.run([...create, "--host", "a", "--values", "none.yaml"], at.io), (error) => {
      assert.ok(isPaletteError(error, "NotFound"));
      assert.match(error.message, /none\.yaml was not read/);
      return true;
    });
  });
});
