import { CaseSwitch, RequestsView } from "@/components/transfers/requests-view";
import { getSettings } from "@/lib/districts/get-settings";
import { adminCrumbs } from "@/lib/web/admin-nodes";
import type { Place } from "@/lib/web/guard";
import { readLists } from "../transfer-lists";
import { switchAction } from "./actions";
import { requestsPath } from "./paths";

/** The switch and both lists as the URL says: the page itself, and what its dialogs stand over. */
export async function RequestsList({ place, search }: { place: Place; search: Record<string, string | undefined> }) {
  const { actor, doors, district } = place;
  const lists = await readLists(place, "cases", search, (...more) => requestsPath(district.slug, ...more));
  const settings = await doors.district((tx) => getSettings(tx, actor));
  return (
    <RequestsView
      crumbs={adminCrumbs(district.slug, "requests")}
      title="Case Transfer Requests"
      incoming={lists.incoming}
      outgoing={lists.outgoing}
    >
      <CaseSwitch
        on={lists.own.caseTransfersOn}
        changed={settings.switchChanged}
        action={switchAction.bind(null, district.slug)}
        zone={district.timeZone}
      />
    </RequestsView>
  );
}
