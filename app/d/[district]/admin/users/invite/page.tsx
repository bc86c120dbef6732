import type { Metadata } from "next";
import { PermissionFields } from "@/components/admin/permission-fields";
import { LinkButton } from "@/components/ui/button";
import { DialogPage } from "@/components/ui/dialog-page";
import { TextField } from "@/components/ui/field";
import { ActionForm } from "@/components/ui/form";
import { SubmitButton } from "@/components/ui/submit-button";
import { findStaffProposal } from "@/lib/roster/staff-proposals";
import { usernamePattern } from "@/lib/users/username";
import { id as uuid } from "@/lib/web/forms";
import { districtPage } from "@/lib/web/page";
import { permissionChoices, presetChoices } from "@/lib/web/permission-choices";
import { inviteUserAction } from "../actions";
import { UsersHere } from "../users-here";

export const metadata: Metadata = { title: "Invite user" };

export default districtPage({ needs: "manageDistrict", tab: "admin", node: "users" }, async (place) => {
  const { actor, doors, search } = place;
  const list = `/d/${place.district.slug}/admin/users`;
  const proposalId = uuid().safeParse(search.proposal).data;
  const proposal = proposalId ? await doors.district((tx) => findStaffProposal(tx, actor, proposalId)) : null;
  const name = proposal ? `${proposal.givenName} ${proposal.familyName}` : undefined;
  const username = proposal?.username?.toLowerCase();
  return (
    <>
      {await UsersHere({ place, search: {} })}
      <DialogPage title="Invite user" closeHref={list} bare>
        <ActionForm
          id="invite"
          action={inviteUserAction.bind(null, place.district.slug)}
          className="stack"
          draft={`invite:${actor.membershipId}${proposal ? `:${proposal.id}` : ""}`}
          foot={
            <>
              <p className="small dim">They get an email with a link.</p>
              <LinkButton href={list} scroll={false}>
                Close
              </LinkButton>
              <SubmitButton>Send invitation</SubmitButton>
            </>
          }
        >
          {proposal && <input type="hidden" name="proposal" value={proposal.id} />}
          <TextField name="name" label="Name" autoComplete="off" defaultValue={name} />
          <TextField
            name="email"
            label="Email"
            type="email"
            defaultValue={proposal?.email ?? undefined}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
          />
          <TextField
            name="username"
            label="Username"
            hint="Leave it empty to take the part before the “@”."
            defaultValue={username && usernamePattern.test(username) ? username : undefined}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
          />
          <PermissionFields presets={presetChoices} permissions={permissionChoices} preset={null} chosen={[]} />
        </ActionForm>
      </DialogPage>
    </>
  );
});
