import type { Metadata } from "next";
import { Door } from "@/components/frame/door";
import { Banner } from "@/components/ui/banner";
import { LinkButton } from "@/components/ui/button";
import { TextField } from "@/components/ui/field";
import { ActionForm } from "@/components/ui/form";
import { Link } from "@/components/ui/link";
import { SubmitButton } from "@/components/ui/submit-button";
import { requestResetAction } from "../../actions";

export const metadata: Metadata = { title: "Forgot your password?" };

type Given = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** Answers the same for every address, known or not. */
export default async function ForgotPasswordPage({ searchParams }: Given) {
  const sent = (await searchParams).sent !== undefined;
  return (
    <Door>
      <div className="door-form">
        <h1>Forgot your password?</h1>
        {sent ? (
          <>
            <Banner kind="done" fact="Look into your mail." live>
              If somebody signs in with that address, a link for a new password is on its way to it. It works once, for
              an hour.
            </Banner>
            <p>
              Nothing there after some minutes? Look into your junk mail, check the address, or ask a district admin of
              yours. More than three links an hour aren’t sent.
            </p>
            <p className="btns">
              <LinkButton href="/sign-in/forgot">Another address</LinkButton>
              <LinkButton href="/sign-in">Back to sign-in</LinkButton>
            </p>
          </>
        ) : (
          <>
            <p>Type the address that you sign in with. You get a link for choosing a new password.</p>
            <ActionForm id="forgot" action={requestResetAction} className="stack">
              <TextField
                name="email"
                label="Email"
                type="email"
                autoComplete="username"
                autoCapitalize="none"
                spellCheck={false}
              />
              <SubmitButton wide>Send the link</SubmitButton>
            </ActionForm>
            <p className="small">
              <Link href="/sign-in">Back to sign-in</Link>
            </p>
          </>
        )}
      </div>
    </Door>
  );
}
