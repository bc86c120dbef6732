import { HoldsView } from "@/components/admin/retention/holds-view";
import { may } from "@/lib/policy";
import { holdsPerPage, listHolds } from "@/lib/students/list-holds";
import type { PageContext } from "@/lib/web/page";
import { pageOf, retentionCrumbs, retentionPath } from "../paths";

/** The list of holds: a page, and what its dialogs stand over. */
export async function HoldsHere({
  place: { actor, doors, district, search },
}: {
  place: Pick<PageContext<never>, "actor" | "doors" | "district" | "search">;
}) {
  const lifted = search.show === "lifted";
  const found = await doors.district((tx) => listHolds(tx, actor, { lifted, page: pageOf(search.page) }));
  return (
    <HoldsView
      crumbs={retentionCrumbs(district.slug)}
      found={found}
      lifted={lifted}
      perPage={holdsPerPage}
      did={search.did === "placed" || search.did === "lifted" ? search.did : null}
      base={retentionPath(district.slug)}
      canDecide={may(actor, "manageDistrict")}
      zone={district.timeZone}
    />
  );
}
