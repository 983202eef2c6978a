// Stands in for @vscode/native-watchdog in the VS Code server that we install: ends this process (an extension
// host) soon after the process that it belongs to is gone.
module.exports = {
  start(pid) {
    setInterval(() => {
      try {
        process.kill(pid, 0);
      } catch {
        process.exit(87);
      }
    }, 1000).unref();
  },
  exit(code) {
    process.exit(code);
  },
};
