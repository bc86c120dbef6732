import type { Metadata } from "next";
import { TeamFields } from "@/components/admin/team-fields";
import { LinkButton } from "@/components/ui/button";
import { DialogPage } from "@/components/ui/dialog-page";
import { ActionForm } from "@/components/ui/form";
import { SubmitButton } from "@/components/ui/submit-button";
import { listTeams } from "@/lib/districts/list-teams";
import { listMemberOptions } from "@/lib/users/list-member-options";
import { districtPage } from "@/lib/web/page";
import { addTeamAction } from "../../actions";
import { TeamsHere } from "../teams-here";

export const metadata: Metadata = { title: "Add team" };

export default districtPage({ needs: "manageDistrict", tab: "admin", node: "settings" }, async (place) => {
  const { actor, district, doors } = place;
  const { teams, members } = await doors.district(async (tx) => ({
    teams: await listTeams(tx, actor),
    members: await listMemberOptions(tx, actor),
  }));
  const list = `/d/${district.slug}/admin/settings/teams`;
  return (
    <>
      <TeamsHere place={place} teams={teams} />
      <DialogPage title="Add team" closeHref={list} bare>
        <ActionForm
          id="add"
          action={addTeamAction.bind(null, district.slug)}
          className="stack"
          foot={
            <>
              <LinkButton href={list} scroll={false}>
                Close
              </LinkButton>
              <SubmitButton>Add team</SubmitButton>
            </>
          }
        >
          <TeamFields members={members} />
        </ActionForm>
      </DialogPage>
    </>
  );
});
