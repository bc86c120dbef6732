import type { Metadata } from "next";
import { LinkUsedUp, NewPasswordField, WhosePassword } from "@/components/account/new-password";
import { Door, DoorLaw } from "@/components/frame/door";
import { Banner } from "@/components/ui/banner";
import { ActionForm } from "@/components/ui/form";
import { PasswordField } from "@/components/ui/password-field";
import { SubmitButton } from "@/components/ui/submit-button";
import { shortestPassword } from "@/lib/users/password";
import { currentSession } from "@/lib/web/auth";
import { invitationOf } from "@/lib/web/people";
import { acceptInvitationAction } from "../../actions";

export const metadata: Metadata = { title: "Invitation" };

type Given = { params: Promise<{ token: string }> };

/** Opening it uses nothing up: mail programs open links by themselves. The button does. */
export default async function InvitationPage({ params }: Given) {
  const { token } = await params;
  const [invitation, session] = await Promise.all([invitationOf(token), currentSession()]);
  if (!invitation)
    return (
      <LinkUsedUp otherwise={{ href: "/sign-in/help", label: "I can’t sign in" }}>
        It has been used, or it has run out. If you have chosen a password, sign in with it; otherwise ask a district
        admin of yours for a new link.
      </LinkUsedUp>
    );
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
          <WhosePassword email={email} />
          {asks === "confirm" ? !signedIn && <PasswordField /> : <NewPasswordField shortest={shortestPassword} />}
          <SubmitButton wide>
            {asks === "new-password" ? "Save password and sign in" : `Join ${districtName}`}
          </SubmitButton>
        </ActionForm>
        <DoorLaw />
      </div>
    </Door>
  );
}
