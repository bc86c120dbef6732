import type { DistrictTx } from "@/lib/db/types";

/** A mail of the district's own: to whom, about what, and whether it left. */
export type MailView = {
  to: string;
  event: string;
  status: "waiting" | "sent" | "refused";
  tries: number;
  lastError: string | null;
  createdAt: Date;
  sentAt: Date | null;
};

/** The own district's mails about a transfer or a record request, the oldest first. */
export async function listMails(
  tx: DistrictTx,
  about: { transferId: string } | { requestId: string },
): Promise<MailView[]> {
  const mails = await tx.mail.findMany({
    where: about,
    select: { toAddress: true, event: true, status: true, tries: true, lastError: true, createdAt: true, sentAt: true },
    orderBy: { createdAt: "asc" },
  });
  return mails.map(({ toAddress, status, ...mail }) => ({
    ...mail,
    to: toAddress,
    status: status as MailView["status"],
  }));
}
