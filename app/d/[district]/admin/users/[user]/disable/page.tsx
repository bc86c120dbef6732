import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { LinkButton } from "@/components/ui/button";
import { DialogPage } from "@/components/ui/dialog-page";
import { ActionForm } from "@/components/ui/form";
import { SubmitButton } from "@/components/ui/submit-button";
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
        <DialogPage title={`Disable ${user.name}`} closeHref={back} bare>
          <ActionForm
            id="disable"
            action={disableUserAction.bind(null, place.district.slug)}
            className="stack"
            foot={
              <>
                <LinkButton href={back} scroll={false} data-autofocus>
                  Keep
                </LinkButton>
                <SubmitButton variant="stop">Disable {user.name}</SubmitButton>
              </>
            }
          >
            <input type="hidden" name="user" value={user.id} />
            <p>
              {user.you ? "You lose" : `${user.name} loses`} access to {place.district.name} at once. What{" "}
              {user.you ? "you" : "they"} wrote stays. Places in other districts aren’t touched.
            </p>
          </ActionForm>
        </DialogPage>
      </>
    );
  },
);
