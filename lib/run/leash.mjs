// Preloaded into every process that a starter starts: when the starter is gone, however it went, so is the process.
// Listening keeps a process alive, so each of them ends by process.exit.
process.on("disconnect", () => process.kill(process.pid, "SIGTERM"));
