// Preloaded into every process that a starter starts: when the starter is gone, however it went, so is the process.
process.on("disconnect", () => process.kill(process.pid, "SIGTERM"));
process.channel?.unref();
