// Stands in for @vscode/spdlog in the VS Code server that we install: appends log lines to files.
// No rotation: a server of ours lives for one session.
const { appendFileSync, mkdirSync } = require("node:fs");
const { dirname } = require("node:path");

const names = ["trace", "debug", "info", "warning", "error", "critical"];

class Logger {
  constructor(_type, _name, path) {
    this.path = path;
    this.level = 2;
    this.raw = false;
  }
  write(level, message) {
    if (level < this.level) {
      return;
    }
    const time = new Date().toISOString().replace("T", " ").slice(0, -1);
    appendFileSync(this.path, this.raw ? message : `${time} [${names[level]}] ${message}\n`);
  }
  trace(message) {
    this.write(0, message);
  }
  debug(message) {
    this.write(1, message);
  }
  info(message) {
    this.write(2, message);
  }
  warn(message) {
    this.write(3, message);
  }
  error(message) {
    this.write(4, message);
  }
  critical(message) {
    this.write(5, message);
  }
  getLevel() {
    return this.level;
  }
  setLevel(level) {
    this.level = level;
  }
  setPattern() {}
  clearFormatters() {
    this.raw = true;
  }
  flush() {}
  drop() {}
}

async function createLogger(name, path) {
  mkdirSync(dirname(path), { recursive: true });
  return new Logger("rotating", name, path);
}

module.exports = {
  version: 0,
  setLevel() {},
  setFlushOn() {},
  Logger,
  createRotatingLogger: createLogger,
  createAsyncRotatingLogger: createLogger,
};
