import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { Door } from "@/components/frame/door";
import { SignOut } from "@/components/frame/sign-out";
import { Button } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { Link } from "@/components/ui/link";
import { stateName } from "@/lib/districts/states";
import { currentSession } from "@/lib/web/auth";
import { signOutAction } from "@/lib/web/sign-out";

export const metadata: Metadata = { title: "Your districts" };

export default async function DistrictsPage() {
  const session = await currentSession();
  if (!session) redirect("/sign-in");
  const { memberships } = session;
  return (
    <Door>
      <div className="door-form">
        <h1>{memberships.length > 0 ? "Choose a district" : "You’re in no district"}</h1>
        {memberships.length > 0 ? (
          <>
            <p>You can switch at the top of every page.</p>
            <ul className="pick-list">
              {memberships.map(({ slug, districtName, state }) => (
                <li key={slug}>
                  <Link href={`/d/${slug}`}>
                    <Icon name="building-2" />
                    <span>
                      <b>{districtName}</b>
                      <span className="sub">{stateName(state)}</span>
                    </span>
                    <Icon name="chevron-right" />
                  </Link>
                </li>
              ))}
            </ul>
          </>
        ) : (
          <p>
            You’re signed in as {session.email}, but no district has you among its users now. If that’s wrong, ask a
            district admin of yours to enable or invite you; then load this page again.
          </p>
        )}
        <SignOut action={signOutAction}>
          <Button type="submit" icon="log-out">
            Sign out
          </Button>
        </SignOut>
      </div>
    </Door>
  );
}
