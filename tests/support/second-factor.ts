import { generateSync } from "otplib";
import { afterAll, beforeAll, vi } from "vitest";
import { systemSignIn } from "@/lib/db/system";
import { enrolFactor, findEnrolment } from "@/lib/users/enrol-factor";
import { findSession, startSession } from "@/lib/users/session";
import { asOwner, type Member } from "./make-tenant";

/** Holds the app's clock in the middle of a step for the file's tests: no code grows old between being made and being typed. */
export function holdClock(): void {
  beforeAll(() => {
    vi.useFakeTimers({ toFake: ["Date"], now: Math.floor(Date.now() / 30_000) * 30_000 + 15_000 });
  });
  afterAll(() => {
    vi.useRealTimers();
  });
}

/** The code of a secret now, or some steps of 30 s from now. */
export const codeOf = (secret: string, steps = 0): string =>
  generateSync({ secret, epoch: Math.floor(Date.now() / 1000) + steps * 30 });

/** A running session of the person: its token and id. */
export async function openSession(member: Pick<Member, "userId">): Promise<{ token: string; sessionId: string }> {
  return systemSignIn(async (tx) => {
    const token = await startSession(tx, { userId: member.userId, ip: null, agent: null });
    return { token, sessionId: (await findSession(tx, token))?.id ?? "" };
  });
}

export type Enrolled = { secret: string; codes: string[]; sessionId: string; token: string };

/** Sets up a second factor for the person. The code that did it counts as long past, so that the present one is free. */
export async function enrolled(member: Pick<Member, "userId" | "email">): Promise<Enrolled> {
  const { token, sessionId } = await openSession(member);
  const { userId, email } = member;
  const enrolment = await systemSignIn((tx) => findEnrolment(tx, { userId, sessionId, email }));
  const secret = enrolment?.secret ?? "";
  const codes = await enrolFactor(systemSignIn, { userId, sessionId, code: codeOf(secret), ip: null });
  await forgetSteps(member);
  return { secret, codes, sessionId, token };
}

/** As if no code of the last minutes had been used. */
export async function forgetSteps(member: Pick<Member, "userId">): Promise<void> {
  await asOwner("update app_user set totp_last_step = totp_last_step - 10 where id = $1", [member.userId]);
}
