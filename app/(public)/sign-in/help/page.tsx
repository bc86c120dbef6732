import type { Metadata } from "next";
import { Door } from "@/components/frame/door";
import { LinkButton } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import { invitationDays } from "@/lib/users/issue-invitation";

export const metadata: Metadata = { title: "I can’t sign in" };

export default function CannotSignInPage() {
  return (
    <Door>
      <div className="door-form prose">
        <h1>I can’t sign in</h1>
        <h2 className="h-s">You forgot your password</h2>
        <p>
          Choose <Link href="/sign-in/forgot">Forgot your password?</Link> and type your email address: you get a link
          for a new one. It works once, for an hour. If it doesn’t come, a district admin of yours can send you one from{" "}
          <b>Admin ▸ Users</b>; that works for {invitationDays} days.
        </p>
        <h2 className="h-s">You can’t get at the code of your second factor</h2>
        <p>
          Sign in with your password, then choose <b>Use a recovery code</b>. Without one, ask a district admin of
          yours, in person or by phone, to reset your second factor under <b>Admin ▸ Users</b>. If each code is refused,
          look whether your phone sets its clock by itself.
        </p>
        <h2 className="h-s">It says “Too many tries”</h2>
        <p>
          Wait for the minutes that it names; the count then starts again. A link for a new password opens the account
          at once. A browser with which you signed in before has a count of its own: tries of others don’t lock it.
        </p>
        <h2 className="h-s">It says that email or password isn’t right</h2>
        <p>
          Use the email address that the invitation came to. A username works where only one person has it; people of
          several districts use their email. It’s also said for a while when your account has had too many tries by its
          other name.
        </p>
        <h2 className="h-s">You never got an invitation</h2>
        <p>
          Look into your junk mail. Then ask a district admin of yours for a new one. Baton itself can’t let you in:
          each district decides about its own people.
        </p>
        <p>
          <LinkButton href="/sign-in">Back to sign-in</LinkButton>
        </p>
      </div>
    </Door>
  );
}
