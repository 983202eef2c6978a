import { connect, constants } from "node:http2";
import type { Storage } from "../../plane/components.ts";

/** How long etcd may take to delete one cluster. */
const TIMEOUT_MS = 10_000;

/** Deletes every key below the prefix of a cluster. Throws where etcd does not answer or refuses. */
export async function deleteCluster(
  { server, prefix }: Pick<Storage, "server" | "prefix">,
  tls: { readonly ca: string; readonly cert: string; readonly key: string },
): Promise<void> {
  const session = connect(server, tls);
  try {
    await new Promise<void>((resolve, reject) => {
      session.on("error", reject);
      const stream = session.request({
        [constants.HTTP2_HEADER_METHOD]: "POST",
        [constants.HTTP2_HEADER_PATH]: "/etcdserverpb.KV/DeleteRange",
        "content-type": "application/grpc",
        te: "trailers",
      });
      let trailers: Readonly<Record<string, unknown>> = {};
      const keep = (headers: Readonly<Record<string, unknown>>) => {
        trailers = { ...trailers, ...headers };
      };
      stream.on("response", keep);
      stream.on("trailers", keep);
      stream.on("error", reject);
      stream.on("close", () =>
        trailers["grpc-status"] === "0"
          ? resolve()
          : reject(new Error(`etcd did not delete ${prefix}: ${trailers["grpc-message"] ?? "no answer"}`)),
      );
      stream.setTimeout(TIMEOUT_MS, () =>
        stream.destroy(new Error(`etcd did not answer within ${TIMEOUT_MS / 1000} s`)),
      );
      stream.resume();
      stream.end(framed(deleteRange(`${prefix}/`)));
    });
  } finally {
    session.destroy();
  }
}

/** etcd's DeleteRangeRequest (rpc.proto) for all keys that begin with `prefix`: field 1 is the first, field 2 the end. */
export function deleteRange(prefix: string): Buffer {
  const first = Buffer.from(prefix);
  const end = Buffer.from(first);
  // The next string that is not one of them; a prefix here is ASCII, so that its last byte can count up.
  end[end.length - 1] = (end.at(-1) ?? 0) + 1;
  return Buffer.concat([field(1, first), field(2, end)]);
}

/** A message as gRPC sends it: not compressed, and how long it is. */
export function framed(message: Buffer): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt32BE(message.length, 1);
  return Buffer.concat([head, message]);
}

/** A field of bytes in protobuf's encoding. */
function field(number: number, bytes: Buffer): Buffer {
  return Buffer.concat([Buffer.from([(number << 3) | 2, ...varint(bytes.length)]), bytes]);
}

function varint(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...varint(value >>> 7)];
}
