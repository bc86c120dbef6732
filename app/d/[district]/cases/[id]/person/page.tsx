import type { Metadata } from "next";
import { PersonChoice } from "@/components/cases/person-choice";
import { PersonForm } from "@/components/cases/person-form";
import { PersonName } from "@/components/cases/words";
import { LinkButton } from "@/components/ui/button";
import { Crumbs } from "@/components/ui/crumbs";
import { PageHead } from "@/components/ui/page-head";
import { districtPage } from "@/lib/web/page";
import { findStudentsAction } from "../../students/actions";
import { whoOf } from "../../students/who";
import { changePersonAction } from "../actions";
import { casePlace, openCase } from "../case-page";

export const metadata: Metadata = { title: "Change person of concern" };

export default districtPage<"id">({ needs: "manageCases", tab: "cases" }, async (place) => {
  const view = await openCase(place, place.params.id);
  const who = await whoOf(place, place.search);
  const cases = `${casePlace(place).home}/cases`;
  const href = `${cases}/${view.id}`;
  return (
    <div className="narrow stack">
      <div>
        <Crumbs
          path={[
            { label: "Cases", href: cases },
            { label: view.number, href },
          ]}
        />
        <PageHead title="Change person of concern" />
        <p>
          The case is about <PersonName name={view.person} /> now
          {view.person.studentId ? "" : ", who isn’t on the roster"}. Its history, plan and files stay as they are.
        </p>
      </div>
      <PersonChoice
        who={who}
        findAction={findStudentsAction.bind(null, place.district.slug)}
        searchUrl={`${cases}/students`}
        href={`${href}/person`}
      />
      {who.kind === "none" ? (
        <div className="btns">
          <LinkButton href={href}>Close</LinkButton>
        </div>
      ) : (
        <PersonForm
          action={changePersonAction.bind(null, place.district.slug)}
          view={view}
          who={who}
          closeHref={href}
        />
      )}
    </div>
  );
});
