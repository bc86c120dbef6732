import type { Metadata } from "next";
import { Door } from "@/components/frame/door";
import { LinkButton } from "@/components/ui/button";
import { invitationDays } from "@/lib/users/issue-invitation";

export const metadata: Metadata = { title: "I can’t sign in" };

export default function CannotSignInPage() {
  return (
    <Door>
      <div className="door-form prose">
        <h1>I can’t sign in</h1>
        <h2 className="h-s">You forgot your password</h2>
        <p>
          Ask a district admin of yours, in person or by phone, to open <b>Admin ▸ Users</b>, find you, and send you a
          link for a new password. The link comes by email and works once, for {invitationDays} days.
        </p>
        <h2 className="h-s">It says “Too many tries”</h2>
        <p>
          Wait for the minutes that it names; the count then starts again. A link for a new password opens the account
          at once.
        </p>
        <h2 className="h-s">It says that email or password isn’t right</h2>
        <p>
          Use the email address that the invitation came to. A username works where only one person has it; people of
          several districts use their email.
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
