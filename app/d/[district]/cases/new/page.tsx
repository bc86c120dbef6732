import { randomUUID } from "node:crypto";
import type { Metadata } from "next";
import { CaseForm } from "@/components/cases/case-form";
import { PersonChoice } from "@/components/cases/person-choice";
import { Crumbs } from "@/components/ui/crumbs";
import { PageHead, SectionHead } from "@/components/ui/page-head";
import { listCaseChoices } from "@/lib/cases/case-choices";
import { districtPage } from "@/lib/web/page";
import { findStudentsAction } from "../students/actions";
import { whoOf } from "../students/who";
import { createCaseAction } from "./actions";

export const metadata: Metadata = { title: "New case" };

export default districtPage({ needs: "manageCases", tab: "cases" }, async (place) => {
  const { doors, actor, district, search } = place;
  const who = await whoOf(place, search);
  const choices = await doors.district((tx) => listCaseChoices(tx));
  const cases = `/d/${district.slug}/cases`;
  return (
    <div className="narrow stack">
      <div>
        <Crumbs path={[{ label: "Cases", href: cases }]} />
        <PageHead title="New case" note="It gets the district’s next number." />
      </div>
      <section aria-labelledby="person" id="case-who">
        <SectionHead id="person" title="Person of concern" />
        <div className="stack">
          <PersonChoice
            who={who}
            findAction={findStudentsAction.bind(null, district.slug)}
            searchUrl={`${cases}/students`}
            href={`${cases}/new`}
          />
        </div>
      </section>
      <section aria-labelledby="facts">
        <SectionHead id="facts" title="Case" />
        <CaseForm
          action={createCaseAction.bind(null, district.slug)}
          choices={choices}
          who={who}
          newId={randomUUID()}
          draft={`case:${actor.membershipId}:new`}
          closeHref={cases}
        />
      </section>
    </div>
  );
});
