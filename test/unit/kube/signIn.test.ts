import assert from "node:assert/strict";
import { chmod, readFile, writeFile } from "node:fs/promises";
import { afterEach, beforeEach, describe, it } from "node:test";
import { setInterval } from "node:timers/promises";
import { runExec } from "../../../src/kube/exec.ts";
import { connect, type ExecCommand, type ManagementCluster } from "../../../src/kube/index.ts";
import { readContext } from "../../../src/kube/kubeconfig.ts";
import { isPaletteError, PaletteError } from "../../../src/shared/errors.ts";
import { CONFIG_MAP, configMap, FakeServer, json } from "./server.ts";

const REF = { ...CONFIG_MAP, namespace: "default", name: "a" };

describe("signing in by a program", () => {
  let server: FakeServer;
  let management: ManagementCluster | undefined;
  let asked: ExecCommand[];

  beforeEach(async () => {
    asked = [];
    management = undefined;
    server = await FakeServer.start();
    server.answer = (_, response) => json(response, configMap("a"));
  });
  afterEach(async () => {
    management?.close();
    await server.stop();
  });

  /** Writes a program that counts its runs in a file, and gives the `exec` part of a user. */
  async function program(script: string, changes: object = {}): Promise<object> {
    const path = server.file("plugin.mjs");
    await writeFile(
      path,
      `#!${process.execPath}\nimport { appendFileSync } from "node:fs";\nappendFileSync(${JSON.stringify(server.file("runs"))}, process.env.KUBERNETES_EXEC_INFO + "\\n");\n${script}\n`,
    );
    await chmod(path, 0o700);
    return {
      exec: { apiVersion: "client.authentication.k8s.io/v1", command: path, args: ["--login"], ...changes },
    };
  }
  const credential = (status: object): string =>
    `console.log(JSON.stringify({ apiVersion: "client.authentication.k8s.io/v1", kind: "ExecCredential", status: ${JSON.stringify(status)} }));`;
  const runs = async (): Promise<string[]> =>
    (await readFile(server.file("runs"), "utf8").catch(() => "")).split("\n").filter((line) => line !== "");
  const allow = async (exec: ExecCommand): Promise<boolean> => {
    asked.push(exec);
    return true;
  };
  async function failure(user: object, allowExec = allow): Promise<PaletteError> {
    const error = await server.connect(user, { allowExec }).catch((reason: unknown) => reason);
    assert.ok(isPaletteError(error), String(error));
    return error;
  }

  it("asks before, and sends the token", async () => {
    management = await server.connect(await program(credential({ token: "from-plugin" })), {
      allowExec: allow,
    });
    await management.get(REF);
    assert.equal(asked.length, 1);
    assert.deepEqual(asked[0]?.args, ["--login"]);
    assert.equal(server.headers[0]?.authorization, "Bearer from-plugin");
  });

  it("runs nothing without consent", async () => {
    const user = await program(credential({ token: "t" }));
    assert.equal((await failure(user, async () => false)).code, "Forbidden");
    const cancelled = await failure(user, async () => {
      throw new PaletteError("Cancelled", "no");
    });
    assert.equal(cancelled.code, "Cancelled");
    assert.deepEqual(await runs(), []);
  });

  it("runs once for all that wait", async () => {
    management = await server.connect(await program(credential({ token: "t" })), { allowExec: allow });
    await Promise.all(Array.from({ length: 20 }, () => management?.get(REF)));
    assert.equal((await runs()).length, 1);
  });

  it("runs again when the credential expires, and when the server rejects it", async () => {
    const soon = new Date(Date.now() - 1000).toISOString();
    management = await server.connect(await program(credential({ token: "t", expirationTimestamp: soon })), {
      allowExec: allow,
    });
    const before = (await runs()).length;
    await management.get(REF);
    assert.ok((await runs()).length > before);
    management.close();

    management = await server.connect(await program(credential({ token: "t" })), { allowExec: allow });
    const base = (await runs()).length;
    let rejected = false;
    server.answer = (_, response) => {
      if (rejected) {
        json(response, configMap("a"));
      } else {
        rejected = true;
        json(response, { reason: "Unauthorized" }, 401);
      }
    };
    assert.equal((await management.get(REF))?.metadata.name, "a");
    assert.equal((await runs()).length, base + 1);
  });

  it("does not run for ever against a server that rejects everything", async () => {
    management = await server.connect(await program(credential({ token: "t" })), { allowExec: allow });
    const base = (await runs()).length;
    server.answer = (_, response) => json(response, { reason: "Unauthorized" }, 401);
    const error = await management.get(REF).catch((reason: unknown) => reason);
    assert.ok(isPaletteError(error, "Forbidden"));
    assert.equal((await runs()).length, base + 1);
  });

  it("tells the program what it signs in to, where it asks for it", async () => {
    management = await server.connect(
      await program(credential({ token: "t" }), { provideClusterInfo: true }),
      {
        allowExec: allow,
      },
    );
    const info = JSON.parse((await runs())[0] ?? "") as {
      spec: { interactive: boolean; cluster: { server: string } };
    };
    assert.deepEqual([info.spec.interactive, info.spec.cluster.server], [false, server.url]);
  });

  const cases: readonly (readonly [title: string, script: string, code: string, message: RegExp])[] = [
    ["fails", 'console.error("no session: token=abc123"); process.exit(3);', "Forbidden", /exit code 3/],
    ["says no JSON", 'console.log("hello");', "Forbidden", /did not answer with JSON/],
    ["has no credential", credential({}), "Forbidden", /without a credential/],
  ];
  for (const [title, script, code, message] of cases) {
    it(`says when the program ${title}`, async () => {
      const error = await failure(await program(script));
      assert.equal(error.code, code);
      assert.match(error.message, message);
      assert.doesNotMatch(error.engine ?? "", /abc123/);
    });
  }

  it("says when the program is missing, with the hint that the file has", async () => {
    const exec = { command: server.file("missing"), installHint: "Install it from example.com." };
    const error = await failure({ exec });
    assert.deepEqual([error.code, error.next], ["Prerequisite", "Install it from example.com."]);
  });

  it("refuses a program that needs a terminal", async () => {
    const error = await failure(await program(credential({ token: "t" }), { interactiveMode: "Always" }));
    assert.equal(error.code, "Prerequisite");
    assert.deepEqual(await runs(), []);
  });

  describe("that does not end", () => {
    /** Signs in by a script around another program, which says its process and then does nothing for ever. */
    async function kubeconfig(): Promise<string> {
      await writeFile(
        server.file("inner.mjs"),
        `import { writeFileSync } from "node:fs";
        writeFileSync(${JSON.stringify(server.file("pid"))}, String(process.pid));
        setInterval(() => {}, 1000);`,
      );
      return server.kubeconfig(
        await program(
          `import { spawnSync } from "node:child_process";
          spawnSync(process.execPath, [${JSON.stringify(server.file("inner.mjs"))}], { stdio: "inherit" });`,
        ),
      );
    }
    async function start(signal: AbortSignal, timeoutMs?: number) {
      const settings = await readContext(await kubeconfig(), "mgmt");
      assert.ok(settings.exec !== undefined);
      return runExec(settings, settings.exec, signal, timeoutMs).catch((reason: unknown) => reason);
    }
    async function eventually<T>(look: () => Promise<T | undefined>): Promise<T> {
      for await (const _ of setInterval(20)) {
        const seen = await look();
        if (seen !== undefined) {
          return seen;
        }
      }
      return assert.fail();
    }
    const inner = (): Promise<number> =>
      eventually(async () => Number(await readFile(server.file("pid"), "utf8").catch(() => "")) || undefined);
    /** A process that nobody waited for yet still has its number. */
    const ended = (pid: number): Promise<true> =>
      eventually(async () => {
        const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
        return status === "" || /^State:\s+Z/m.test(status) || undefined;
      });

    it("is ended with all that it started when its time is over", { timeout: 20_000 }, async (t) => {
      t.mock.timers.enable({ apis: ["setTimeout"] });
      const running = start(new AbortController().signal, 1500);
      const pid = await inner();
      t.mock.timers.tick(1500);
      const late = await running;
      assert.ok(isPaletteError(late, "Forbidden"));
      assert.match(late.message, /did not answer within 1\.5 s/);
      await ended(pid);
    });

    it("is ended with all that it started when nobody wants it", { timeout: 20_000 }, async () => {
      const abort = new AbortController();
      const running = start(abort.signal);
      const pid = await inner();
      abort.abort();
      assert.ok(isPaletteError(await running, "Cancelled"));
      await ended(pid);
    });

    it("is ended when who connects gives up", { timeout: 20_000 }, async () => {
      const abort = new AbortController();
      const path = await kubeconfig();
      const connecting = connect({ path, context: "mgmt" }, { allowExec: allow, signal: abort.signal });
      const given = connecting.catch((reason: unknown) => reason);
      const pid = await inner();
      abort.abort();
      assert.ok(isPaletteError(await given, "Cancelled"));
      await ended(pid);
    });

    it("is not even started when nobody wants it", async () => {
      assert.ok(isPaletteError(await start(AbortSignal.abort()), "Cancelled"));
      assert.deepEqual(await runs(), []);
    });
  });
});
