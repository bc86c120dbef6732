// Preloaded into Next's process: notes with every request whose socket it came by, over whatever a client wrote into that header.
// Next itself would keep a client's X-Forwarded-For. lib/web/caller-address.ts reads it.
import { subscribe } from "node:diagnostics_channel";

subscribe("http.server.request.start", ({ request }) => {
  request.headers["x-baton-socket-address"] = request.socket.remoteAddress ?? "";
});
globalThis[Symbol.for("baton.socket-address")] = true;
