import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { DecideDialog } from "@/components/ui/decide-dialog";
import { districtPage } from "@/lib/web/page";
import { AccountHere } from "../../account-here";
import { removeFactorAction } from "../../actions";

export const metadata: Metadata = { title: "Turn off the second factor" };

export default districtPage({ needs: "member", tab: null }, async (place) => {
  const account = `/d/${place.district.slug}/account`;
  if (place.session.secondFactorSince === null) redirect(account);
  return (
    <>
      {await AccountHere({ place })}
      <DecideDialog
        title="Turn off the second factor"
        closeHref={account}
        action={removeFactorAction.bind(null, place.district.slug)}
        button="Turn off"
      >
        <p>
          Your password alone will sign you in, in all your districts. Your recovery codes stop working. You can set up
          a second factor again whenever you like.
        </p>
      </DecideDialog>
    </>
  );
});
