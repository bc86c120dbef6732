import type { ReactNode } from "react";
import { AdminSide } from "@/components/frame/admin-side";
import { Frame, type Tab } from "@/components/frame/frame";
import { SessionEnd } from "@/components/frame/session-end";
import { countWaiting, nothingWaits, type Waiting } from "@/lib/districts/count-waiting";
import { stateName } from "@/lib/districts/states";
import { may } from "@/lib/policy";
import { type AdminNodeKey, adminGroups, adminNeeds } from "@/lib/web/admin-nodes";
import type { Place } from "@/lib/web/guard";
import { initialsOf } from "@/lib/web/initials";
import { sessionTimes } from "@/lib/web/session-times";
import { signOutAction } from "@/lib/web/sign-out";

export type FrameTab = "cases" | "students" | "admin" | null;

/** How much waits in the district; the frame shows it to who may decide it. */
export async function waitingIn({
  actor,
  doors,
  mustEnrol,
}: Pick<Place, "actor" | "doors" | "mustEnrol">): Promise<Waiting> {
  if (mustEnrol) return nothingWaits;
  return may(actor, "manageCases") || may(actor, "manageDocuments") || may(actor, "purge")
    ? doors.district((tx) => countWaiting(tx, actor))
    : nothingWaits;
}

/**
 * What stands around a page of a district: the tabs that the person may use with what waits for them, the district switcher, account
 * menu, Admin's side list, and the announcement of the session's end.
 */
export function FrameFor({
  place,
  tab,
  node = null,
  whole = false,
  waiting,
  children,
}: {
  place: Place;
  tab: FrameTab;
  node?: AdminNodeKey | null;
  waiting: Waiting;
  /** Without Admin's side list. */
  whole?: boolean;
  children: ReactNode;
}) {
  const { actor, session, district } = place;
  const home = `/d/${district.slug}`;
  const tabs: Tab[] = [
    { key: "cases", label: "Cases", href: `${home}/cases` },
    { key: "students", label: "Students", href: `${home}/students` },
  ];
  if (adminNeeds.some((permission) => may(actor, permission)))
    tabs.push({
      key: "admin",
      label: "Admin",
      href: `${home}/admin`,
      count: waiting.caseTransfers + waiting.documentTransfers + waiting.recordRequests + waiting.proposals,
    });
  return (
    <>
      <Frame
        // Every tab would lead back to setting up the second factor.
        tabs={place.mustEnrol ? [] : tabs}
        current={tab}
        district={{ name: district.name, href: `${home}/cases` }}
        otherDistricts={session.memberships
          .filter((one) => one.districtId !== district.id)
          .map((one) => ({ name: one.districtName, state: stateName(one.state), href: `/d/${one.slug}` }))}
        user={{ name: actor.name, initials: initialsOf(actor.name) }}
        account={place.mustEnrol ? [] : [{ label: "Your account", href: `${home}/account` }]}
        signOut={signOutAction}
        helpHref={`/help?in=${district.slug}`}
        side={
          tab === "admin" && !whole ? (
            <AdminSide groups={adminGroups(actor, district.slug, waiting)} current={node} />
          ) : undefined
        }
      >
        {children}
      </Frame>
      <SessionEnd {...sessionTimes(session)} url="/api/session" signInHref="/sign-in" />
    </>
  );
}
