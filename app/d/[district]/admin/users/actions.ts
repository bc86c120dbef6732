"use server";

import { z } from "zod";
import { dismissStaffProposal } from "@/lib/roster/staff-proposals";
import { disableUser } from "@/lib/users/disable-user";
import { enableUser } from "@/lib/users/enable-user";
import { inviteAgain } from "@/lib/users/invite-again";
import { setPermissions } from "@/lib/users/set-permissions";
import { usernamePattern } from "@/lib/users/username";
import { districtAction } from "@/lib/web/action";
import { id, optionalId, required, text } from "@/lib/web/forms";
import { endSessionsAfter, inviteHere } from "@/lib/web/people";
import { resetFactorHere } from "@/lib/web/second-factor";
import { chosenPermissions, permissionFields } from "./fields";

// Each asks who it is once more where that was shown too long ago (`districtAction`).
const needs = "manageDistrict";
const fresh = true;
const oneUser = z.object({ user: id() });

export const inviteUserAction = districtAction(
  {
    needs,
    fresh,
    schema: z.object({
      name: required(200, "Type the person’s name."),
      email: required(254, "Type an email address.").pipe(z.email("Type an email address like name@district.example.")),
      username: text(64)
        .transform((typed) => typed.toLowerCase() || null)
        .pipe(
          z
            .string()
            .regex(usernamePattern, "Use letters a–z, digits, dots, hyphens and underscores, no spaces and no “@”.")
            .nullable(),
        ),
      /** Of the roster's staff, where the person comes from there. */
      proposal: optionalId,
      ...permissionFields,
    }),
  },
  async (place, { name, email, username, proposal, ...chosen }) => {
    await inviteHere(place, { name, email, username, permissions: chosenPermissions(chosen) });
    // A typed address may differ from the roster's, which would go on proposing them.
    if (proposal) await place.doors.district((tx) => dismissStaffProposal(tx, place.actor, { id: proposal }));
    return { redirect: `/d/${place.district.slug}/admin/users?did=invited` };
  },
);

export const setPermissionsAction = districtAction(
  { needs, fresh, schema: oneUser.extend(permissionFields) },
  async (place, { user, ...chosen }) => {
    const change = await place.doors.district((tx) =>
      setPermissions(tx, place.actor, { id: user, permissions: chosenPermissions(chosen) }),
    );
    await endSessionsAfter(place, change);
    return {
      redirect: `/d/${place.district.slug}/admin/users/${user}?did=${change.endSessionsOf ? "permissions" : "same"}`,
    };
  },
);

export const disableUserAction = districtAction({ needs, fresh, schema: oneUser }, async (place, { user }) => {
  const change = await place.doors.district((tx) => disableUser(tx, place.actor, { id: user }));
  await endSessionsAfter(place, change);
  return { redirect: `/d/${place.district.slug}/admin/users/${user}?did=disabled` };
});

export const enableUserAction = districtAction({ needs, fresh, schema: oneUser }, async (place, { user }) => {
  await place.doors.district((tx) => enableUser(tx, place.actor, { id: user }));
  return { redirect: `/d/${place.district.slug}/admin/users/${user}?did=enabled` };
});

export const inviteAgainAction = districtAction({ needs, fresh, schema: oneUser }, async (place, { user }) => {
  await place.doors.district((tx) => inviteAgain(tx, place.actor, { id: user }));
  return { redirect: `/d/${place.district.slug}/admin/users/${user}?did=mailed` };
});

export const resetFactorAction = districtAction({ needs, fresh, schema: oneUser }, async (place, { user }) => {
  await resetFactorHere(place, user);
  return { redirect: `/d/${place.district.slug}/admin/users/${user}?did=factor-reset` };
});

export const dismissProposalAction = districtAction(
  { needs, schema: z.object({ proposal: id() }) },
  async (place, { proposal }) => {
    await place.doors.district((tx) => dismissStaffProposal(tx, place.actor, { id: proposal }));
    return { redirect: `/d/${place.district.slug}/admin/users/proposed?did=dismissed` };
  },
);
