import { readiness } from "@/lib/web/health";

export const dynamic = "force-dynamic";

/** Whether the app can do its work: 200, or 503 with the parts that fail; without a scanner it can. Needs no sign-in; why it fails stands in the log alone. */
export async function GET(): Promise<Response> {
  const parts = await readiness();
  const ok = Object.values(parts).every((one) => one !== "failing");
  return Response.json({ ok, ...parts }, { status: ok ? 200 : 503, headers: { "cache-control": "no-store" } });
}
