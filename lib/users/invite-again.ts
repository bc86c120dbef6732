import { audit } from "@/lib/audit";
import type { DistrictTx } from "@/lib/db/types";
import { DomainError } from "@/lib/errors";
import { outbox } from "@/lib/outbox";
import { type Actor, demand } from "@/lib/policy";

/**
 * Mails a new link: to who was invited, the invitation again; to who joined, a link for choosing a new password. A double click is one
 * mail: the key of the mail is the minute. Links that are out stay good until one is used. Throws `forbidden`, `not-there`.
 */
export async function inviteAgain(tx: DistrictTx, actor: Actor, input: { id: string }): Promise<void> {
  demand(actor, "manageDistrict");
  const member = await tx.membership.findUnique({
    where: { districtId_id: { districtId: actor.districtId, id: input.id }, disabledAt: null },
    select: { joinedAt: true },
  });
  if (!member) throw new DomainError("not-there");
  const minute = Math.floor(Date.now() / 60_000);
  await outbox(tx, "notify", {
    event: "invitation",
    districtId: actor.districtId,
    membershipId: input.id,
    key: `invitation:${input.id}:${minute}`,
  });
  audit(tx, {
    action: member.joinedAt ? "user.password-link" : "user.invite-again",
    subject: "user",
    subjectId: input.id,
  });
}
