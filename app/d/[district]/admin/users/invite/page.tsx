import type { Metadata } from "next";
import { PermissionFields } from "@/components/admin/permission-fields";
import { LinkButton } from "@/components/ui/button";
import { DialogPage } from "@/components/ui/dialog-page";
import { TextField } from "@/components/ui/field";
import { ActionForm } from "@/components/ui/form";
import { SubmitButton } from "@/components/ui/submit-button";
import { districtPage } from "@/lib/web/page";
import { permissionChoices, presetChoices } from "@/lib/web/permission-choices";
import { inviteUserAction } from "../actions";
import { UsersHere } from "../users-here";

export const metadata: Metadata = { title: "Invite user" };

export default districtPage({ needs: "manageDistrict", tab: "admin", node: "users" }, async (place) => {
  const list = `/d/${place.district.slug}/admin/users`;
  return (
    <>
      <UsersHere place={place} search={{}} />
      <DialogPage title="Invite user" closeHref={list} bare>
        <ActionForm
          id="invite"
          action={inviteUserAction.bind(null, place.district.slug)}
          className="stack"
          draft={`invite:${place.actor.membershipId}`}
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
          <TextField name="name" label="Name" autoComplete="off" />
          <TextField
            name="email"
            label="Email"
            type="email"
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
          />
          <TextField
            name="username"
            label="Username"
            hint="Leave it empty to take the part before the “@”."
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
