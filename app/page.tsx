import { redirect } from "next/navigation";
import { currentSession } from "@/lib/web/auth";

/** The front door: to the person's district, to the choice where there are several, or to sign-in. */
export default async function HomePage() {
  const session = await currentSession();
  if (!session) redirect("/sign-in");
  const [only, ...others] = session.memberships;
  redirect(only && others.length === 0 ? `/d/${only.slug}/cases` : "/districts");
}
