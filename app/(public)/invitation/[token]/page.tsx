import type { Metadata } from "next";
import { Door, DoorLaw } from "@/components/frame/door";
import { Banner } from "@/components/ui/banner";
import { LinkButton } from "@/components/ui/button";
import { ActionForm } from "@/components/ui/form";
import { PasswordField } from "@/components/ui/password-field";
import { SubmitButton } from "@/components/ui/submit-button";
import { shortestPassword } from "@/lib/users/password";
import { currentSession } from "@/lib/web/auth";
import { invitationOf } from "@/lib/web/people";
import { acceptInvitationAction } from "../../actions";

export const metadata: Metadata = { title: "Invitation" };

type Given = { params: Promise<{ token: string }> };

const newPasswordHint = `${shortestPassword} characters or more. Four or five words that have nothing to do with each other are strong and easy to remember.`;

/** Opening it uses nothing up: mail programs open links by themselves. The button does. */
export default async function InvitationPage({ params }: Given) {
  const { token } = await params;
  const [invitation, session] = await Promise.all([invitationOf(token), currentSession()]);
  if (!invitation) return <UsedUp />;
  const { asks, districtName, email, name } = invitation;
  const signedIn = session?.userId === invitation.userId;
  return (
    <Door>
      <div className="door-form">
        <h1>{asks === "new-password" ? "Choose a new password" : `Join ${districtName}`}</h1>
        {session && !signedIn && (
          <Banner kind="held" fact={`You’re signed in as ${session.email}.`}>
            This link is for {email}. Going on signs you in as that person.
          </Banner>
        )}
        <p>
          {asks === "new-password"
            ? `${name}, you choose a new password for all your districts here. It signs you out everywhere else.`
            : asks === "first-password"
              ? `${name}, you sign in with ${email} and a password that you choose now.`
              : signedIn
                ? `${name}, you use Baton already. ${districtName} will be one of your districts; you switch between them at the top of the page.`
                : `${name}, you use Baton already with ${email}. Type your password to confirm that it’s you; it stays the same.`}
        </p>
        <ActionForm id="invitation" action={acceptInvitationAction} className="stack">
          <input type="hidden" name="token" value={token} />
          {/* For password managers, which look for the name that goes with a password. */}
          <input
            className="sr"
            type="email"
            name="email"
            value={email}
            autoComplete="username"
            readOnly
            tabIndex={-1}
            aria-hidden="true"
          />
          {asks === "confirm" ? (
            !signedIn && <PasswordField />
          ) : (
            <PasswordField label="New password" autoComplete="new-password" hint={newPasswordHint} />
          )}
          <SubmitButton wide>
            {asks === "new-password" ? "Save password and sign in" : `Join ${districtName}`}
          </SubmitButton>
        </ActionForm>
        <DoorLaw />
      </div>
    </Door>
  );
}

function UsedUp() {
  return (
    <Door>
      <div className="door-form">
        <h1>This link doesn’t work any more</h1>
        <p>
          It has been used, or it has run out. If you have chosen a password, sign in with it; otherwise ask a district
          admin of yours for a new link.
        </p>
        <p className="btns">
          <LinkButton variant="go" href="/sign-in">
            Sign in
          </LinkButton>
          <LinkButton href="/sign-in/help">I can’t sign in</LinkButton>
        </p>
      </div>
    </Door>
  );
}
