import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { LinkButton } from "@/components/ui/button";
import { DialogPage } from "@/components/ui/dialog-page";
import { ActionForm } from "@/components/ui/form";
import { SubmitButton } from "@/components/ui/submit-button";
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
      <DialogPage title="Turn off the second factor" closeHref={account} bare>
        <ActionForm
          id="off"
          action={removeFactorAction.bind(null, place.district.slug)}
          className="stack"
          foot={
            <>
              <LinkButton href={account} scroll={false} data-autofocus>
                Keep it
              </LinkButton>
              <SubmitButton variant="stop">Turn off</SubmitButton>
            </>
          }
        >
          <p>
            Your password alone will sign you in, in all your districts. Your recovery codes stop working. You can set
            up a second factor again whenever you like.
          </p>
        </ActionForm>
      </DialogPage>
    </>
  );
});
