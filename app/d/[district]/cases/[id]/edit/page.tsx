import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { CaseForm } from "@/components/cases/case-form";
import { PersonName } from "@/components/cases/words";
import { Crumbs } from "@/components/ui/crumbs";
import { Link } from "@/components/ui/link";
import { PageHead } from "@/components/ui/page-head";
import { listCaseChoices } from "@/lib/cases/case-choices";
import { districtPage } from "@/lib/web/page";
import { editCaseAction } from "../actions";
import { casePlace, openCase } from "../case-page";

export const metadata: Metadata = { title: "Edit case" };

export default districtPage<"id">({ needs: "manageCases", tab: "cases" }, async (place) => {
  const view = await openCase(place, place.params.id);
  if (!view.canEdit) notFound();
  const keep = [...view.assigned.map((one) => one.id), ...(view.manager ? [view.manager.id] : [])];
  const choices = await place.doors.district((tx) => listCaseChoices(tx, keep));
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
        <PageHead title="Edit case" note={<PersonName name={view.person} />} />
        <p>
          Is the case about somebody else? <Link href={`${href}/person`}>Change person of concern</Link>
        </p>
      </div>
      <CaseForm
        action={editCaseAction.bind(null, place.district.slug)}
        choices={choices}
        view={view}
        draft={`case:${place.actor.membershipId}:${view.id}`}
        closeHref={href}
      />
    </div>
  );
});
