"use server";

import { z } from "zod";
import { longestPassword } from "@/lib/users/password";
import { districtAction } from "@/lib/web/action";
import { optionalId, required } from "@/lib/web/forms";
import { changeOwnPassword, endOtherSessions } from "@/lib/web/people";
import { enrolHere, removeHere, renewCodesHere } from "@/lib/web/second-factor";

const tooLong = `Use at most ${longestPassword} characters.`;

export const changePasswordAction = districtAction(
  {
    needs: "member",
    schema: z.object({
      currentPassword: z
        .string("Type your present password.")
        .min(1, "Type your present password.")
        .max(longestPassword, tooLong),
      password: z.string("Type a new password.").min(1, "Type a new password.").max(longestPassword, tooLong),
    }),
  },
  async ({ session, district }, input) => {
    await changeOwnPassword(session, input);
    return { redirect: `/d/${district.slug}/account?did=password` };
  },
);

/** Ends one other sign-in, or with no id all others. */
export const endSessionsAction = districtAction(
  { needs: "member", schema: z.object({ session: optionalId }) },
  async ({ session, district }, input) => {
    await endOtherSessions(session, input.session);
    return { redirect: `/d/${district.slug}/account?did=signed-out` };
  },
);

/** Sets up the second factor. Answers with the recovery codes, which the form shows in place. */
export const enrolAction = districtAction(
  {
    needs: "member",
    unenrolled: true,
    fresh: true,
    schema: z.object({ factorCode: required(20, "Type the code that your app shows.") }),
  },
  async ({ session }, { factorCode }) => ({
    message: "The second factor is set up.",
    data: { codes: await enrolHere(session, factorCode) },
  }),
);

export const renewCodesAction = districtAction(
  { needs: "member", fresh: true, schema: z.object({}) },
  async ({ session }) => ({ message: "New recovery codes.", data: { codes: await renewCodesHere(session) } }),
);

export const removeFactorAction = districtAction(
  { needs: "member", fresh: true, schema: z.object({}) },
  async ({ session, district }) => {
    await removeHere(session);
    return { redirect: `/d/${district.slug}/account?did=factor-off` };
  },
);
