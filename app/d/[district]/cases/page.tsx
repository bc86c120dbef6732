import type { Metadata } from "next";
import { CasesView } from "@/components/cases/cases-view";
import { parseCaseFilter } from "@/lib/cases/case-filter";
import { getCasesPage } from "@/lib/cases/get-cases-page";
import { mostCases } from "@/lib/transfers/limits";
import { districtPage } from "@/lib/web/page";
import { caseLinks } from "./case-links";
import { chooseCasesAction } from "./choose-cases-action";

export const metadata: Metadata = { title: "Cases" };

export default districtPage({ needs: "member", tab: "cases" }, async ({ actor, doors, district, search }) => {
  const filter = parseCaseFilter(search);
  const page = await doors.district((tx) => getCasesPage(tx, actor, filter));
  return (
    <CasesView
      page={page}
      filter={filter}
      links={caseLinks(`/d/${district.slug}`, filter, page.list.page)}
      zone={district.timeZone}
      now={new Date()}
      mostCases={mostCases}
      chooseAction={chooseCasesAction.bind(null, district.slug)}
    />
  );
});
