import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { LinkButton } from "@/components/ui/button";
import { DialogPage } from "@/components/ui/dialog-page";
import { TextField } from "@/components/ui/field";
import { ActionForm } from "@/components/ui/form";
import { SubmitButton } from "@/components/ui/submit-button";
import { listBuildings } from "@/lib/districts/list-buildings";
import { districtPage } from "@/lib/web/page";
import { removeBuildingAction, renameBuildingAction } from "../../actions";
import { BuildingsHere } from "../buildings-here";

export const metadata: Metadata = { title: "Change building" };

export default districtPage<"building">(
  { needs: "manageDistrict", tab: "admin", node: "settings" },
  async ({ params, ...place }) => {
    const buildings = await place.doors.district((tx) => listBuildings(tx, place.actor));
    const building = buildings.find((one) => one.id === params.building);
    if (!building) notFound();
    const { slug } = place.district;
    const list = `/d/${slug}/admin/settings/buildings`;
    return (
      <>
        <BuildingsHere place={place} buildings={buildings} />
        <DialogPage
          title="Change building"
          closeHref={list}
          foot={
            <LinkButton href={list} scroll={false}>
              Close
            </LinkButton>
          }
        >
          <ActionForm id="rename" action={renameBuildingAction.bind(null, slug)} className="stack">
            <input type="hidden" name="id" value={building.id} />
            <TextField name="name" label="Name" autoComplete="off" defaultValue={building.name} />
            <SubmitButton>Save name</SubmitButton>
          </ActionForm>
          <section className="sec-2" aria-labelledby="remove-h">
            <h2 className="h-s" id="remove-h">
              Remove
            </h2>
            {building.removable ? (
              <ActionForm id="remove" action={removeBuildingAction.bind(null, slug)} className="stack">
                <input type="hidden" name="id" value={building.id} />
                <p>No case and no student belongs to it, so nothing else changes.</p>
                <SubmitButton variant="stop">Remove {building.name}</SubmitButton>
              </ActionForm>
            ) : (
              <p>
                It can’t be removed while cases or students belong to it, or a transfer whose details name it is half
                entered: now {building.cases === 1 ? "1 case" : `${building.cases} cases`} and{" "}
                {building.students === 1 ? "1 student" : `${building.students} students`}.
              </p>
            )}
          </section>
        </DialogPage>
      </>
    );
  },
);
