import { createReadStream, statSync } from "node:fs";
import { doorsFor } from "@/lib/db/exchange";
import { systemClose } from "@/lib/db/system";
import { withDistrict } from "@/lib/db/tenant";
import { loadEnvFile } from "@/lib/env";
import { roster, rosterKeeper } from "@/lib/jobs/roster";
import { closeOutbox } from "@/lib/outbox";
import { requestApply } from "@/lib/roster/decide-import";
import { startImport } from "@/lib/roster/start-import";

// Takes a bundle into a district as the worker does, in a process of its own, whose memory is looked at.
loadEnvFile();
const [path = "", districtId = ""] = process.argv.slice(2);
const actor = rosterKeeper(districtId);
const doors = doorsFor(actor);
const { importId } = await startImport(doors, {
  name: "roster.zip",
  bytes: statSync(path).size,
  source: createReadStream(path),
});
const start = performance.now();
await roster({ districtId, importId, step: "check" });
const checked = performance.now();
await withDistrict(actor, (tx) => requestApply(tx, actor, { importId, confirmed: true }));
await roster({ districtId, importId, step: "apply" });
const applied = performance.now();
const [row] = await withDistrict(
  actor,
  (tx) =>
    tx.$queryRaw<
      object[]
    >`select status, added, changed, unchanged, leaving, error_count from roster_import where id = ${importId}::uuid`,
);
const megabytes = process.resourceUsage().maxRSS / 1024;
process.stdout.write(JSON.stringify({ check: checked - start, apply: applied - checked, megabytes, row }));
await closeOutbox();
await systemClose();
