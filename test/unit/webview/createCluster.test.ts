import assert from "node:assert/strict";
import { describe, it, mock } from "node:test";
import fc from "fast-check";
import { Drafts } from "../../../src/webview/createCluster/drafts.ts";
import { yamlTokens } from "../../../src/webview/createCluster/yaml.ts";

describe("the colors of a line of YAML", () => {
  it("lose nothing of any line", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[ \-a:#"'[\]{}|>1.]*$/), (line) => {
        const text = yamlTokens(line).map((token) => token.text);
        assert.equal(text.join(""), line);
      }),
    );
  });

  const kinds: readonly [line: string, kinds: string][] = [
    ["kind: ClusterRequest", "k s"],
    ["    - name: shop", "k s"],
    ["size: 3", "k n"],
    ["isControlPlane: true", "k b"],
    ["# a comment", "c"],
    ["values: |", "k"],
    ["url: https://example.com:6443/a", "k s"],
    ['"a b": 1', "k n"],
    ["taints: [{}]", "k"],
  ];
  for (const [line, expected] of kinds) {
    it(`tell the parts of ${line} apart`, () =>
      assert.equal(
        yamlTokens(line)
          .map(({ kind }) => kind)
          .filter((kind) => kind !== "")
          .join(" "),
        expected,
      ));
  }
});

describe("what is typed and not yet in the document", () => {
  const begin = () => {
    mock.timers.enable({ apis: ["setTimeout"] });
    const sent: unknown[] = [];
    return { sent, drafts: new Drafts((seq, path, value) => sent.push([seq, path.join("."), value])) };
  };

  it("is sent once after a rest, and shown until the document has it", (context) => {
    context.after(() => mock.timers.reset());
    const { drafts, sent } = begin();
    drafts.type(["name"], "s");
    drafts.type(["name"], "sh");
    mock.timers.tick(299);
    assert.deepEqual(sent, []);
    mock.timers.tick(1);
    assert.deepEqual(sent, [[1, "name", "sh"]]);
    drafts.taken(0, undefined);
    assert.equal(drafts.shown(["name"], "old"), "sh");
    drafts.taken(1, "f-name");
    assert.equal(drafts.shown(["name"], "old"), "sh", "it is still typed in");
    drafts.taken(1, undefined);
    assert.equal(drafts.shown(["name"], "new"), "new");
  });

  it("is sent at once, in order, where an action follows, and not again", (context) => {
    context.after(() => mock.timers.reset());
    const { drafts, sent } = begin();
    drafts.type(["a"], "1");
    drafts.type(["b"], "2");
    drafts.flush();
    drafts.flush();
    drafts.leave(["a"]);
    mock.timers.tick(1000);
    assert.deepEqual(sent, [
      [1, "a", "1"],
      [2, "b", "2"],
    ]);
  });

  it("is not lost where more is typed before the document has the first", (context) => {
    context.after(() => mock.timers.reset());
    const { drafts } = begin();
    drafts.type(["a"], "1");
    drafts.flush();
    drafts.type(["a"], "12");
    drafts.taken(1, undefined);
    assert.equal(drafts.shown(["a"], "1"), "12");
  });
});
