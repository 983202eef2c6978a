import { open } from "node:fs/promises";

const bytesRead = 16_384;

/** The last lines of a log file, long lines cut; none when there is no such file. */
export async function lastLines(path: string, count = 10, width = 400): Promise<string[]> {
  let file: Awaited<ReturnType<typeof open>>;
  try {
    file = await open(path, "r");
  } catch {
    return [];
  }
  try {
    const { size } = await file.stat();
    const start = Math.max(0, size - bytesRead);
    const { buffer, bytesRead: length } = await file.read(Buffer.alloc(bytesRead), 0, bytesRead, start);
    const lines = buffer.subarray(0, length).toString("utf8").split("\n");
    return (start > 0 ? lines.slice(1) : lines)
      .filter((line) => line.trim() !== "")
      .slice(-count)
      .map((line) => (line.length > width ? `${line.slice(0, width)}…` : line));
  } finally {
    await file.close();
  }
}
