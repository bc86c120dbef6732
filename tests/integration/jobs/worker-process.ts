import { startWorker } from "@/lib/jobs/worker";

// A worker as a process of its own, for tests that kill it.
await startWorker();
process.send?.("started");
