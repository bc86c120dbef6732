"use server";

import { redirect } from "next/navigation";
import { sameOrigin } from "@/lib/web/action";
import { dropSession } from "@/lib/web/auth";

/** Signs out: the session's row goes, and with it every copy of its cookie. */
export async function signOutAction(): Promise<void> {
  if (await sameOrigin()) await dropSession();
  redirect("/sign-in?out=1");
}
