"use server";

import { z } from "zod";
import { DomainError } from "@/lib/errors";
import { longestPassword } from "@/lib/users/password";
import { publicAction } from "@/lib/web/action";
import { required, text } from "@/lib/web/forms";
import { requestResetHere, resetHere } from "@/lib/web/password-reset";
import { acceptHere, enter } from "@/lib/web/people";
import { samePath } from "@/lib/web/same-site";
import { finishHere } from "@/lib/web/second-factor";

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
    const whole = await enter({ identifier, password: typed });
    return { redirect: whole ? samePath(to) : codePath(samePath(to)) };
  },
);

const codePath = (to: string) => `/sign-in/code?to=${encodeURIComponent(to)}`;

export const finishSignInAction = publicAction(
  {
    schema: z.object({
      factorCode: required(64, "Type the code."),
      to: text(2000),
    }),
  },
  async ({ factorCode, to }) => {
    const back = samePath(to);
    const late = { redirect: `/sign-in?late=1&to=${encodeURIComponent(back)}` };
    try {
      return (await finishHere(factorCode)) ? { redirect: back } : late;
    } catch (error) {
      if (error instanceof DomainError && error.kind === "sign-in-over") return late;
      throw error;
    }
  },
);

const email = z.email("Type an email address like name@district.example.");

export const requestResetAction = publicAction(
  { schema: z.object({ email: required(254, "Type your email address.").pipe(email) }) },
  async (input) => {
    await requestResetHere(input.email);
    return { redirect: "/sign-in/forgot?sent=1" };
  },
);

export const resetPasswordAction = publicAction(
  { schema: z.object({ token: z.string().max(100), password: password("Type a new password.") }) },
  async (input) => {
    await resetHere(input);
    return { redirect: "/sign-in?new-password=1" };
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
  async (input) => {
    const { slug, whole } = await acceptHere(input);
    return { redirect: whole ? `/d/${slug}` : codePath(`/d/${slug}`) };
  },
);
