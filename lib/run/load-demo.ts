import { loadDemo } from "@/prisma/demo/load";
import { main } from "./problem";

// A process of its own, so that its memory is gone when the app starts.
await main(async () => {
  await loadDemo();
});
