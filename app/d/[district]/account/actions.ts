"use server";

import { z } from "zod";
import { longestPassword } from "@/lib/users/password";
import { districtAction } from "@/lib/web/action";
import { optionalId } from "@/lib/web/forms";
import { changeOwnPassword, endOtherSessions } from "@/lib/web/people";

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
