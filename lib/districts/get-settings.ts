import type { DistrictTx } from "@/lib/db/types";
import { DomainError } from "@/lib/errors";
import type { Actor } from "@/lib/policy";

/** The person whom another district rings up. */
export type Coordinator = {
  name: string | null;
  title: string | null;
  email: string | null;
  phone: string | null;
  /** Whether other districts see it. */
  shown: boolean;
};
export type SettingsView = {
  timeZone: string;
  /** Days until a transfer that nobody accepted expires. */
  expiryDays: number;
  coordinator: Coordinator;
  /** Whether everybody here needs a second factor. */
  secondFactorRequired: boolean;
  switchChanged: { at: Date; by: string | null } | null;
};

/** The district's own settings; any member may read them. Throws `not-there`. */
export async function getSettings(tx: DistrictTx, actor: Actor): Promise<SettingsView> {
  const row = await tx.districtSettings.findUnique({ where: { districtId: actor.districtId } });
  if (!row) throw new DomainError("not-there");
  const by = row.switchChangedBy
    ? await tx.membership.findUnique({
        where: { districtId_id: { districtId: actor.districtId, id: row.switchChangedBy } },
        select: { name: true },
      })
    : null;
  return {
    timeZone: row.timeZone,
    expiryDays: row.expiryDays,
    coordinator: {
      name: row.coordinatorName,
      title: row.coordinatorTitle,
      email: row.coordinatorEmail,
      phone: row.coordinatorPhone,
      shown: row.coordinatorShown,
    },
    secondFactorRequired: row.secondFactorRequired,
    switchChanged: row.switchChangedAt ? { at: row.switchChangedAt, by: by?.name ?? null } : null,
  };
}
