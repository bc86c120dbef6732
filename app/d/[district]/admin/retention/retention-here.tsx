import { RetentionView } from "@/components/admin/retention/retention-view";
import { countDue, mostCounted } from "@/lib/documents/list-due";
import { listProposals } from "@/lib/documents/list-proposals";
import { listRetentionRules } from "@/lib/documents/list-retention-rules";
import { retentionKinds } from "@/lib/documents/retention-kinds";
import { may } from "@/lib/policy";
import { listHolds } from "@/lib/students/list-holds";
import { adminCrumbs } from "@/lib/web/admin-nodes";
import type { Place } from "@/lib/web/guard";
import { retentionPath } from "./paths";

/** The overview: a page, and what the dialog of a rule stands over. */
export async function RetentionHere({
  place: { actor, doors, district },
  saved = null,
}: {
  place: Place;
  saved?: string | null;
}) {
  const { rules, due, proposals, holds } = await doors.district(async (tx) => ({
    rules: await listRetentionRules(tx, actor),
    due: await countDue(tx, actor),
    proposals: await listProposals(tx, actor, { status: "open", page: 1 }),
    holds: await listHolds(tx, actor, { lifted: false, page: 1 }),
  }));
  return (
    <RetentionView
      crumbs={adminCrumbs(district.slug, "district")}
      rules={rules}
      due={due}
      mostCounted={mostCounted}
      proposals={proposals.rows}
      standingHolds={holds.total}
      base={retentionPath(district.slug)}
      canDecide={may(actor, "manageDistrict")}
      saved={retentionKinds.find((kind) => kind === saved) ?? null}
      zone={district.timeZone}
    />
  );
}
