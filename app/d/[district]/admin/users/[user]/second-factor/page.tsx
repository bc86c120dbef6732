import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { DecideDialog } from "@/components/ui/decide-dialog";
import { districtPage } from "@/lib/web/page";
import { resetFactorAction } from "../../actions";
import { findUserHere, UserHere } from "../user-here";

export const metadata: Metadata = { title: "Reset second factor" };

export default districtPage<"user">(
  { needs: "manageDistrict", tab: "admin", node: "users" },
  async ({ params, ...place }) => {
    const user = await findUserHere(place, params.user);
    if (!user) notFound();
    const back = `/d/${place.district.slug}/admin/users/${user.id}`;
    if (user.secondFactorSince === null || user.status !== "active" || user.you) redirect(back);
    return (
      <>
        <UserHere place={place} user={user} />
        <DecideDialog
          title={`Reset the second factor of ${user.name}`}
          closeHref={back}
          action={resetFactorAction.bind(null, place.district.slug)}
          fields={{ user: user.id }}
          keep="Keep"
          button="Reset second factor"
        >
          <p>
            For somebody who has lost their phone and their recovery codes. Make sure that it’s {user.name} who asks: in
            person, or on a phone number that you know.
          </p>
          <p>
            They’re signed out everywhere, sign in with their password alone, and are told by email. All their districts
            see it in their log.
          </p>
        </DecideDialog>
      </>
    );
  },
);
