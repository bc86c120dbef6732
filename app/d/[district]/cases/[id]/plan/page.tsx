import { randomUUID } from "node:crypto";
import type { Metadata } from "next";
import { PlanEditor } from "@/components/cases/plan-editor";
import { PersonName } from "@/components/cases/words";
import { LinkButton } from "@/components/ui/button";
import { Crumbs } from "@/components/ui/crumbs";
import { PageHead } from "@/components/ui/page-head";
import { listCaseChoices } from "@/lib/cases/case-choices";
import { districtPage } from "@/lib/web/page";
import { saveStrategyAction, saveTaskAction } from "../actions";
import { casePlace, openCase } from "../case-page";

export const metadata: Metadata = { title: "Management plan" };

export default districtPage<"id">({ needs: "manageCases", tab: "cases" }, async (place) => {
  const view = await openCase(place, place.params.id);
  const keep = view.tasks.flatMap((task) => task.assigneeId ?? []);
  const { people } = await place.doors.district((tx) => listCaseChoices(tx, keep));
  const { home, files, zone } = casePlace(place);
  const href = `${home}/cases/${view.id}`;
  return (
    <div className="narrow">
      <Crumbs
        path={[
          { label: "Cases", href: `${home}/cases` },
          { label: view.number, href },
        ]}
      />
      <PageHead title="Management plan" note={<PersonName name={view.person} />}>
        <LinkButton href={href}>Back to the case</LinkButton>
      </PageHead>
      <PlanEditor
        view={view}
        place={{ home, files, zone }}
        people={people}
        open={place.search.open ?? null}
        newId={randomUUID()}
        strategyAction={saveStrategyAction.bind(null, place.district.slug)}
        taskAction={saveTaskAction.bind(null, place.district.slug)}
      />
    </div>
  );
});
