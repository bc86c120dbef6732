import { Banner } from "@/components/ui/banner";
import { Crumbs } from "@/components/ui/crumbs";
import { Empty } from "@/components/ui/empty";
import { TextField } from "@/components/ui/field";
import { ActionForm } from "@/components/ui/form";
import { Link } from "@/components/ui/link";
import { PageHead } from "@/components/ui/page-head";
import { SubmitButton } from "@/components/ui/submit-button";
import type { BuildingView } from "@/lib/districts/list-buildings";
import { adminCrumbs } from "@/lib/web/admin-nodes";
import type { Place } from "@/lib/web/guard";
import { own } from "@/lib/web/own";
import { addBuildingAction } from "../actions";

const did: Record<string, string> = {
  added: "Building added.",
  renamed: "Building renamed.",
  removed: "Building removed.",
};

/** The list of buildings: a page, and what the dialog of one stands over. */
export function BuildingsHere({
  place,
  buildings,
  result,
}: {
  place: Place;
  buildings: readonly BuildingView[];
  result?: string | undefined;
}) {
  const { district } = place;
  const base = `/d/${district.slug}/admin/settings`;
  const said = own(did, result);
  return (
    <>
      <Crumbs path={[...adminCrumbs(district.slug, "district"), { label: "Settings", href: base }]} />
      <PageHead title="Buildings" />
      {said && <Banner kind="done" fact={said} live />}
      <ActionForm
        id="add"
        action={addBuildingAction.bind(null, district.slug)}
        className="stack max-w-[640px]"
        clearOnDone
      >
        <TextField name="name" label="New building" autoComplete="off" />
        <SubmitButton>Add building</SubmitButton>
      </ActionForm>
      <div className="sec-2">
        <h2 className="sr">{buildings.length === 1 ? "1 building" : `${buildings.length} buildings`}</h2>
        {buildings.length === 0 ? (
          <Empty
            icon="building-2"
            title="No buildings yet"
            hint="Add the schools and sites of your district; cases are filed under them."
          />
        ) : (
          <table className="tbl tbl-moves">
            <caption className="sr">Buildings</caption>
            <thead>
              <tr>
                <th scope="col">Name</th>
                <th scope="col" className="num">
                  Cases
                </th>
                <th scope="col" className="num">
                  Students
                </th>
                <td className="act">
                  <span className="sr">Actions</span>
                </td>
              </tr>
            </thead>
            <tbody>
              {buildings.map(({ id, name, cases, students }) => (
                <tr key={id}>
                  <td data-k="Name" className="lead t-main">
                    {name}
                  </td>
                  <td data-k="Cases" className="num">
                    {cases}
                  </td>
                  <td data-k="Students" className="num">
                    {students}
                  </td>
                  <td className="act">
                    <Link
                      className="btn btn-s"
                      href={`${base}/buildings/${id}`}
                      scroll={false}
                      aria-label={`Change ${name}`}
                    >
                      Change
                    </Link>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </div>
    </>
  );
}
