/** What `npm start` says when it cannot begin: one clear line each, and nothing is left behind. */
import assert from "node:assert/strict";
import { mkdtemp, rm, symlink } from "node:fs/promises";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, describe, it } from "node:test";
import { root } from "../../scripts/bundles.ts";
import { outcome } from "../../scripts/processes.ts";

describe("npm start refuses", () => {
  let temporary: string;
  let server: Server;
  let taken: number;

  before(async () => {
    temporary = await mkdtemp(join(tmpdir(), "palette-e2e-"));
    server = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const address = server.address();
    taken = typeof address === "object" && address !== null ? address.port : 0;
  });

  after(async () => {
    server.close();
    await rm(temporary, { recursive: true });
  });

  const start = (args: string[], env: NodeJS.ProcessEnv = process.env) =>
    outcome(process.execPath, [join(root, "scripts/start.mjs"), ...args], { env });

  it("a port that is taken", async () => {
    const { code, output } = await start(["--no-sandbox", "--port", String(taken)]);
    assert.equal(code, 1);
    assert.match(output, new RegExp(`Port ${taken} is taken`));
    assert.match(output, /--port 0/);
  });

  it("a port that is none", async () => {
    const { code, output } = await start(["--no-sandbox", "--port", "http"]);
    assert.equal(code, 2);
    assert.match(output, /--port http is no port number/);
  });

  it("an option that does not exist, and shows those that do", async () => {
    const { code, output } = await start(["--no-sandbox", "--prot", "1"]);
    assert.equal(code, 2);
    assert.match(output, /--prot/);
    assert.match(output, /--no-sandbox {3}/);
  });

  it("to go without Go and git, each in one line that says what to install", async () => {
    // A PATH that holds Node.js and nothing else.
    const bin = join(temporary, "bin");
    await symlink(dirname(process.execPath), bin);
    const { code, output } = await start([], { ...process.env, PATH: bin });
    assert.equal(code, 1);
    assert.match(output, /^git is missing\. Install it .*$/m);
    assert.match(output, /^Go is missing\. .*Go 1\.26.*--no-sandbox\.$/m);
  });

  it("nothing when it is asked for help", async () => {
    const { code, output } = await start(["--help"]);
    assert.equal(code, 0);
    assert.match(output, /--port N/);
  });
});
