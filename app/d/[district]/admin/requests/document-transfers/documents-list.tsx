import { RequestsView } from "@/components/transfers/requests-view";
import { Banner } from "@/components/ui/banner";
import { adminCrumbs } from "@/lib/web/admin-nodes";
import type { Place } from "@/lib/web/guard";
import { readLists } from "../transfer-lists";
import { documentsPath } from "./paths";

/** Both lists of document transfers as the URL says: the page itself, and what its dialogs stand over. */
export async function DocumentsList({ place, search }: { place: Place; search: Record<string, string | undefined> }) {
  const { slug } = place.district;
  const lists = await readLists(place, "documents", search, (...more) => documentsPath(slug, ...more));
  return (
    <RequestsView
      crumbs={adminCrumbs(slug, "requests")}
      title="Document Transfers"
      incoming={lists.incoming}
      outgoing={lists.outgoing}
    >
      {lists.own.documentsOff && (
        <Banner kind="held" fact="District-to-District Transfer is disabled in your district.">
          Nothing can be sent, and what is held waits, until a district admin enables it under Admin ▸ Settings.
        </Banner>
      )}
    </RequestsView>
  );
}
