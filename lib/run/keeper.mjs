// Stands between a starter and its PostgreSQL: when the starter is gone, however it went, the database shuts down.
// Plain JavaScript, so that it stays small.
import { spawn } from "node:child_process";

const { program, args, options } = JSON.parse(process.argv[2]);
const server = spawn(program, args, { ...options, stdio: ["ignore", "inherit", "inherit"] });
const shutDown = () => server.kill("SIGINT");
for (const event of ["disconnect", "SIGINT", "SIGTERM", "SIGHUP"]) process.on(event, shutDown);
server.once("error", (error) => {
  console.error(error.message);
  process.exit(1);
});
server.once("exit", (code) => process.exit(code ?? 1));
