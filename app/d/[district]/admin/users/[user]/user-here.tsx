import { PermissionFields } from "@/components/admin/permission-fields";
import { UserStatusChip } from "@/components/admin/user-status-chip";
import { Banner } from "@/components/ui/banner";
import { Button, LinkButton } from "@/components/ui/button";
import { Crumbs } from "@/components/ui/crumbs";
import { DateText } from "@/components/ui/date";
import { ActionForm } from "@/components/ui/form";
import { Facts, PageHead, SectionHead } from "@/components/ui/page-head";
import { SubmitButton } from "@/components/ui/submit-button";
import { DomainError } from "@/lib/errors";
import { getUser } from "@/lib/users/get-user";
import { invitationDays } from "@/lib/users/issue-invitation";
import type { UserView } from "@/lib/users/list-users";
import { adminCrumbs } from "@/lib/web/admin-nodes";
import { id as uuid } from "@/lib/web/forms";
import type { Place } from "@/lib/web/guard";
import { own } from "@/lib/web/own";
import { permissionChoices, permissionWords, presetChoices } from "@/lib/web/permission-choices";
import { factorOfUser } from "@/lib/web/second-factor";
import { enableUserAction, inviteAgainAction, setPermissionsAction } from "../actions";

const did: Record<string, { fact: string; more: string }> = {
  permissions: {
    fact: "Permissions changed.",
    more: "This person has been signed out; the change holds when they sign in again.",
  },
  same: { fact: "Nothing to change.", more: "The permissions stood like this already." },
  disabled: {
    fact: "Disabled.",
    more: "This person can’t enter your district any more. Their places in other districts stay.",
  },
  enabled: { fact: "Enabled.", more: "This person may enter your district again, with the permissions below." },
  "factor-reset": {
    fact: "Second factor reset.",
    more: "This person signs in with the password alone now, and is told by email.",
  },
  mailed: { fact: "The link is on its way.", more: `It works once, for ${invitationDays} days.` },
};

export type UserHereView = UserView & { /** Null for none. */ secondFactorSince: Date | null };

/** A user's page; null when there's no such user here. */
export async function findUserHere(place: Place, id: string): Promise<UserHereView | null> {
  if (!uuid().safeParse(id).success) return null;
  try {
    const user = await place.doors.district((tx) => getUser(tx, place.actor, id));
    return { ...user, secondFactorSince: await factorOfUser(place, id) };
  } catch (error) {
    if (error instanceof DomainError && error.kind === "not-there") return null;
    throw error;
  }
}

export function UserHere({ place, user, result }: { place: Place; user: UserHereView; result?: string | undefined }) {
  const { district } = place;
  const base = `/d/${district.slug}/admin/users`;
  const said = own(did, result);
  return (
    <>
      <Crumbs path={[...adminCrumbs(district.slug, "district"), { label: "Users", href: base }]} />
      <PageHead
        title={user.name}
        chip={<UserStatusChip status={user.status} />}
        note={user.you ? "This is you" : undefined}
      />
      {said && (
        <Banner kind={result === "same" ? "info" : "done"} fact={said.fact} live>
          {said.more}
        </Banner>
      )}
      <Facts
        facts={[
          ["Email", user.email],
          ["Username", user.username],
          ["May do", permissionWords(user)],
          user.joinedAt !== null && [
            "Joined",
            <DateText key="joined" value={user.joinedAt} zone={district.timeZone} />,
          ],
          user.status === "active" && [
            "Second factor",
            user.secondFactorSince ? (
              <>
                since <DateText value={user.secondFactorSince} zone={district.timeZone} />
              </>
            ) : (
              "none"
            ),
          ],
          user.status === "invited" && [
            "Invitation",
            user.invitedUntil ? (
              <>
                works until <DateText value={user.invitedUntil} zone={district.timeZone} shape="minute" />
              </>
            ) : (
              "no link is out"
            ),
          ],
        ]}
      />
      {user.status === "disabled" ? (
        <section aria-labelledby="enable-h">
          <SectionHead id="enable-h" title="Disabled in this district" />
          <ActionForm id="enable" action={enableUserAction.bind(null, district.slug)} className="stack">
            <input type="hidden" name="user" value={user.id} />
            <p>What they wrote stays under their name. Enabling gives back the same permissions.</p>
            <SubmitButton>Enable</SubmitButton>
          </ActionForm>
        </section>
      ) : (
        <>
          <section aria-labelledby="permissions-h">
            <SectionHead id="permissions-h" title="Permissions" />
            <ActionForm
              id="permissions"
              action={setPermissionsAction.bind(null, district.slug)}
              className="stack max-w-[640px]"
              warnUnsaved
            >
              <input type="hidden" name="user" value={user.id} />
              <PermissionFields
                presets={presetChoices}
                permissions={permissionChoices}
                preset={user.preset ?? "own"}
                chosen={user.permissions}
              />
              <p className="hint">
                {user.you
                  ? "Changing your own permissions signs you out."
                  : "A change signs this person out, so that it holds at once."}
              </p>
              <SubmitButton>Save permissions</SubmitButton>
            </ActionForm>
          </section>
          <section className="sec-2" aria-labelledby="link-h">
            <SectionHead id="link-h" title={user.status === "invited" ? "Invitation" : "Password"} />
            <ActionForm id="link" action={inviteAgainAction.bind(null, district.slug)} className="stack">
              <input type="hidden" name="user" value={user.id} />
              <p>
                {user.status === "invited"
                  ? "Send the invitation once more, if it got lost or has run out."
                  : "For somebody who forgot their password: they get an email with a link, and choose a new one themselves."}
              </p>
              <Button type="submit">
                {user.status === "invited" ? "Send a new invitation" : "Send a link for a new password"}
              </Button>
            </ActionForm>
          </section>
          {user.status === "active" && user.secondFactorSince !== null && !user.you && (
            <section className="sec-2" aria-labelledby="factor-h">
              <SectionHead id="factor-h" title="Second factor" />
              <p>For somebody who has lost their phone and their recovery codes.</p>
              <p className="mt-3">
                <LinkButton variant="stop" href={`${base}/${user.id}/second-factor`} scroll={false}>
                  Reset second factor…
                </LinkButton>
              </p>
            </section>
          )}
          <section className="sec-2" aria-labelledby="disable-h">
            <SectionHead id="disable-h" title="Disable" />
            <p>
              Ends this person’s place in {district.name}, and nowhere else. Cases, notes and tasks stay as they are.
              You can enable them again.
            </p>
            <p className="mt-3">
              <LinkButton variant="stop" href={`${base}/${user.id}/disable`} scroll={false}>
                Disable…
              </LinkButton>
            </p>
          </section>
        </>
      )}
    </>
  );
}
