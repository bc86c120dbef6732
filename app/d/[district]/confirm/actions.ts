"use server";

import { z } from "zod";
import { longestPassword } from "@/lib/users/password";
import { districtAction } from "@/lib/web/action";
import { required, text } from "@/lib/web/forms";
import { samePath } from "@/lib/web/same-site";
import { confirmHere } from "@/lib/web/second-factor";

const to = text(2000);
const back = (path: string, slug: string) => {
  const same = samePath(path);
  return { redirect: same === "/" ? `/d/${slug}` : same };
};

export const confirmCodeAction = districtAction(
  { needs: "member", schema: z.object({ to, factorCode: required(64, "Type the code.") }) },
  async ({ session, district }, input) => {
    await confirmHere(session, input.factorCode);
    return back(input.to, district.slug);
  },
);

export const confirmPasswordAction = districtAction(
  {
    needs: "member",
    unenrolled: true,
    schema: z.object({
      to,
      password: z.string("Type your password.").min(1, "Type your password.").max(longestPassword),
    }),
  },
  async ({ session, district }, input) => {
    await confirmHere(session, input.password);
    return back(input.to, district.slug);
  },
);
