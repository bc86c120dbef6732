// Installs and generates, then runs lib/run/<name>.ts under the project's own Node.
//   node lib/run/bootstrap.mjs <name> [arguments]
import { spawn } from "node:child_process";
import { join } from "node:path";
import { interrupt, prepare, projectNode, root } from "./setup.mjs";

const [name, ...args] = process.argv.slice(2);
const parent = process.ppid;
let stopped = false;
let child;
const stop = (signal) => {
  stopped = true;
  interrupt(signal);
  child?.kill(signal);
};
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => stop(signal));
// npm can be killed without a word to us.
setInterval(() => process.ppid !== parent && stop("SIGTERM"), 250).unref();

try {
  await prepare(["install", "generate"]);
} catch (error) {
  console.error(stopped ? "Stopped." : error.message);
  process.exit(stopped ? 0 : 1);
}
// The channel tells the child when this process is gone, however it went.
child = spawn(projectNode, ["--import", "tsx", join(root, "lib", "run", `${name}.ts`), ...args], {
  cwd: root,
  stdio: ["inherit", "inherit", "inherit", "ipc"],
});
child.once("exit", (code) => process.exit(code ?? 1));
