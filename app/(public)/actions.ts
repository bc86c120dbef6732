"use server";

import { z } from "zod";
import { longestPassword } from "@/lib/users/password";
import { publicAction } from "@/lib/web/action";
import { required, text } from "@/lib/web/forms";
import { acceptHere, enter } from "@/lib/web/people";
import { samePath } from "@/lib/web/same-site";

const password = (missing: string) =>
  z.string(missing).min(1, missing).max(longestPassword, `Use at most ${longestPassword} characters.`);

export const signInAction = publicAction(
  {
    schema: z.object({
      identifier: required(254, "Type your email or username."),
      password: password("Type your password."),
      to: text(2000),
    }),
  },
  async ({ identifier, password: typed, to }) => {
    await enter({ identifier, password: typed });
    return { redirect: samePath(to) };
  },
);

export const acceptInvitationAction = publicAction(
  {
    schema: z.object({
      token: z.string().max(100),
      // Who is signed in already needs none; who needs one is told so by the verb.
      password: z.string().max(longestPassword, `Use at most ${longestPassword} characters.`).default(""),
    }),
  },
  async (input) => ({ redirect: `/d/${await acceptHere(input)}` }),
);
