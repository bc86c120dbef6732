import { randomUUID } from "node:crypto";
import type { Metadata } from "next";
import { RequestForm } from "@/components/requests/request-form";
import { Banner } from "@/components/ui/banner";
import { Crumbs } from "@/components/ui/crumbs";
import { PageHead } from "@/components/ui/page-head";
import { getDistrict } from "@/lib/districts/get-district";
import { documentTypeNames, documentTypes } from "@/lib/documents/document-types";
import { kindsOf } from "@/lib/requests/request-content";
import { adminCrumbs } from "@/lib/web/admin-nodes";
import { districtPage } from "@/lib/web/page";
import { requestRecordsAction } from "../actions";
import { recordRequestNeeds, recordRequestsPath } from "../paths";

export const metadata: Metadata = { title: "Request records" };

export default districtPage(
  { needs: recordRequestNeeds, tab: "admin", whole: true },
  async ({ actor, doors, district, session }) => {
    const list = recordRequestsPath(district.slug);
    const own = await doors.district((tx) => getDistrict(tx, actor));
    const kinds = kindsOf(actor);
    return (
      <>
        <Crumbs path={[...adminCrumbs(district.slug, "requests"), { label: "Record Requests", href: list }]} />
        <PageHead title="Request records" note="From the district where the student was before" />
        {own.documentsOff && kinds.includes("documents") && (
          <Banner kind="held" fact="District-to-District Transfer is disabled in your district.">
            Documents can’t be asked for until a district admin of yours enables it under Settings.
          </Banner>
        )}
        <RequestForm
          action={requestRecordsAction.bind(null, district.slug)}
          requestId={randomUUID()}
          draft={`record-request:${actor.membershipId}`}
          directory={`/d/${district.slug}/directory`}
          closeHref={list}
          kinds={kinds}
          types={documentTypes.map((value) => ({ value, label: documentTypeNames[value] }))}
          owner={session.email}
        />
      </>
    );
  },
);
