export const dynamic = "force-dynamic";

/** Whether the process answers. Needs no sign-in and tells nothing else. */
export function GET(): Response {
  return Response.json({ ok: true }, { headers: { "cache-control": "no-store" } });
}
