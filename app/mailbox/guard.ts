import { notFound } from "next/navigation";
import { connection } from "next/server";
import { env } from "@/lib/env";

/** The mailbox is the demo's alone; anywhere else it isn't there. */
export async function demandDemo(): Promise<void> {
  await connection();
  if (!env().BATON_DEMO) notFound();
}
