import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { Door, DoorLaw } from "@/components/frame/door";
import { TextField } from "@/components/ui/field";
import { ActionForm } from "@/components/ui/form";
import { Link } from "@/components/ui/link";
import { SubmitButton } from "@/components/ui/submit-button";
import { currentSession, halfToken } from "@/lib/web/auth";
import { samePath } from "@/lib/web/same-site";
import { finishSignInAction } from "../../actions";

export const metadata: Metadata = { title: "Code" };

type Given = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** The second half of signing in. Says nothing of who gave the password. */
export default async function CodePage({ searchParams }: Given) {
  const search = await searchParams;
  const to = samePath(typeof search.to === "string" ? search.to : null);
  if (await currentSession()) redirect(to);
  const query = `to=${encodeURIComponent(to)}`;
  if ((await halfToken()) === null) redirect(`/sign-in?${query}`);
  const recovery = search.with === "recovery";
  return (
    <Door>
      <div className="door-form">
        <h1>{recovery ? "Use a recovery code" : "One more step"}</h1>
        <ActionForm key={recovery ? "recovery" : "app"} id="code" action={finishSignInAction} className="stack">
          <input type="hidden" name="to" value={to} />
          {recovery ? (
            <TextField
              name="factorCode"
              label="Recovery code"
              hint="One of the ten that you saved when you set up the second factor. Hyphens, spaces and case don’t matter."
              autoComplete="off"
              autoCapitalize="characters"
              spellCheck={false}
            />
          ) : (
            <TextField
              name="factorCode"
              label="Code"
              hint="Six digits that your authenticator app shows for Baton."
              autoComplete="one-time-code"
              inputMode="numeric"
              className="in-otp"
              spellCheck={false}
            />
          )}
          <SubmitButton wide>Sign in</SubmitButton>
        </ActionForm>
        <p className="small flex flex-wrap gap-x-6 gap-y-2">
          {recovery ? (
            <Link href={`/sign-in/code?${query}`}>Use the code from your app</Link>
          ) : (
            <Link href={`/sign-in/code?with=recovery&${query}`}>Use a recovery code</Link>
          )}
          <Link href={`/sign-in?${query}`}>Sign in as somebody else</Link>
        </p>
        <DoorLaw />
      </div>
    </Door>
  );
}
