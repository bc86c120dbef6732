import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { DecideDialog } from "@/components/ui/decide-dialog";
import { districtPage } from "@/lib/web/page";
import { disableUserAction } from "../../actions";
import { findUserHere, UserHere } from "../user-here";

export const metadata: Metadata = { title: "Disable user" };

export default districtPage<"user">(
  { needs: "manageDistrict", tab: "admin", node: "users" },
  async ({ params, ...place }) => {
    const user = await findUserHere(place, params.user);
    if (!user) notFound();
    const back = `/d/${place.district.slug}/admin/users/${user.id}`;
    if (user.status === "disabled") redirect(back);
    return (
      <>
        <UserHere place={place} user={user} />
        <DecideDialog
          title={`Disable ${user.name}`}
          closeHref={back}
          action={disableUserAction.bind(null, place.district.slug)}
          fields={{ user: user.id }}
          keep="Keep"
          button={`Disable ${user.name}`}
        >
          <p>
            {user.you ? "You lose" : `${user.name} loses`} access to {place.district.name} at once. What{" "}
            {user.you ? "you" : "they"} wrote stays. Places in other districts aren’t touched.
          </p>
        </DecideDialog>
      </>
    );
  },
);
