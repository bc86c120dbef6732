import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { TextField } from "@/components/ui/field";
import { ActionForm } from "@/components/ui/form";
import { PageHead } from "@/components/ui/page-head";
import { PasswordField } from "@/components/ui/password-field";
import { SubmitButton } from "@/components/ui/submit-button";
import { districtPage } from "@/lib/web/page";
import { samePath } from "@/lib/web/same-site";
import { confirmCodeAction, confirmPasswordAction } from "./actions";

export const metadata: Metadata = { title: "Confirm that it’s you" };

/** Asks for the second factor once more, of who has none for the password, and leads back to the page that wanted it. */
export default districtPage({ needs: "member", tab: null, unenrolled: true }, async ({ district, session, search }) => {
  const to = samePath(search.to);
  if (session.fresh) redirect(to === "/" ? `/d/${district.slug}` : to);
  const enrolled = session.secondFactorSince !== null;
  const action = enrolled ? confirmCodeAction : confirmPasswordAction;
  return (
    <>
      <PageHead title="Confirm that it’s you" />
      <ActionForm id="confirm" action={action.bind(null, district.slug)} className="stack max-w-[420px]">
        <p>
          You signed in a while ago, and what comes next weighs much.{" "}
          {enrolled ? "Type a new code first." : "Type your password once more first."}
        </p>
        <input type="hidden" name="to" value={to} />
        {enrolled ? (
          <TextField
            name="factorCode"
            label="Code"
            hint="Six digits from your authenticator app, or a recovery code."
            autoComplete="one-time-code"
            autoCapitalize="characters"
            spellCheck={false}
          />
        ) : (
          <PasswordField />
        )}
        <SubmitButton>Go on</SubmitButton>
      </ActionForm>
    </>
  );
});
