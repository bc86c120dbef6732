import { systemHealth } from "@/lib/db/system";
import { type Order, perform } from "./acts";

// An app server as a process of its own, for tests that kill it: it does what it's told, one thing after another.
await systemHealth();
process.on("message", (order: Order) => {
  perform(order).then(
    () => process.send?.("done"),
    (error: unknown) => process.send?.(String(error)),
  );
});
process.on("disconnect", () => process.exit());
process.send?.("ready");
