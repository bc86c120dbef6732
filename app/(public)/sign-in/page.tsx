import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { DemoSignIns } from "@/components/account/demo-sign-ins";
import { Door, DoorLaw } from "@/components/frame/door";
import { Banner } from "@/components/ui/banner";
import { TextField } from "@/components/ui/field";
import { ActionForm } from "@/components/ui/form";
import { Link } from "@/components/ui/link";
import { PasswordField } from "@/components/ui/password-field";
import { SubmitButton } from "@/components/ui/submit-button";
import { env } from "@/lib/env";
import { currentSession } from "@/lib/web/auth";
import { demoDistricts, demoPassword, demoRoles, demoSignIn } from "@/lib/web/demo";
import { samePath } from "@/lib/web/same-site";
import { signInAction } from "../actions";

export const metadata: Metadata = { title: "Sign in" };

type Given = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function SignInPage({ searchParams }: Given) {
  const search = await searchParams;
  const to = samePath(typeof search.to === "string" ? search.to : null);
  if (await currentSession()) redirect(to);
  const demo = env().BATON_DEMO;
  const as = demo ? demoSignIn(search.as) : null;
  return (
    <Door>
      <div className="door-form">
        <h1>Sign in</h1>
        {search.out !== undefined && <Banner kind="done" fact="You’re signed out." live />}
        {search["new-password"] !== undefined && (
          <Banner kind="done" fact="Your new password holds." live>
            You were signed out everywhere. Sign in with it.
          </Banner>
        )}
        {search.late !== undefined && (
          <Banner kind="held" fact="That took too long." live>
            Sign in again from the beginning; the code has ten minutes.
          </Banner>
        )}
        {search.out === undefined && search.late === undefined && to !== "/" && (
          <Banner fact="Sign in to go on.">
            You come back to the page that you opened; text that you typed there is kept.
          </Banner>
        )}
        <ActionForm key={as ?? ""} id="sign-in" action={signInAction} className="stack">
          <input type="hidden" name="to" value={to} />
          <TextField
            name="identifier"
            label="Email or username"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            defaultValue={as}
          />
          <PasswordField defaultValue={as ? demoPassword : undefined} />
          <SubmitButton wide>Sign in</SubmitButton>
        </ActionForm>
        <p className="small flex flex-wrap gap-x-6 gap-y-2">
          <Link href="/sign-in/forgot">Forgot your password?</Link>
          <Link href="/sign-in/help">I can’t sign in</Link>
        </p>
        {demo && <DemoSignIns password={demoPassword} districts={demoDistricts} roles={demoRoles} to={to} />}
        <DoorLaw />
      </div>
    </Door>
  );
}
