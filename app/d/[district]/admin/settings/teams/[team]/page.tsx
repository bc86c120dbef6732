import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { TeamFields } from "@/components/admin/team-fields";
import { LinkButton } from "@/components/ui/button";
import { DialogPage } from "@/components/ui/dialog-page";
import { ActionForm } from "@/components/ui/form";
import { SubmitButton } from "@/components/ui/submit-button";
import { listTeams } from "@/lib/districts/list-teams";
import { listMemberOptions } from "@/lib/users/list-member-options";
import { districtPage } from "@/lib/web/page";
import { changeTeamAction, removeTeamAction } from "../../actions";
import { TeamsHere } from "../teams-here";

export const metadata: Metadata = { title: "Change team" };

export default districtPage<"team">(
  { needs: "manageDistrict", tab: "admin", node: "settings" },
  async ({ params, ...place }) => {
    const { actor, district, doors } = place;
    const { teams, members } = await doors.district(async (tx) => ({
      teams: await listTeams(tx, actor),
      members: await listMemberOptions(tx, actor),
    }));
    const team = teams.find((one) => one.id === params.team);
    if (!team) notFound();
    const list = `/d/${district.slug}/admin/settings/teams`;
    return (
      <>
        <TeamsHere place={place} teams={teams} />
        <DialogPage
          title="Change team"
          closeHref={list}
          foot={
            <LinkButton href={list} scroll={false}>
              Close
            </LinkButton>
          }
        >
          <ActionForm id="change" action={changeTeamAction.bind(null, district.slug)} className="stack">
            <input type="hidden" name="id" value={team.id} />
            <TeamFields name={team.name} leader={team.leader} members={members} />
            <SubmitButton>Save team</SubmitButton>
          </ActionForm>
          <section className="sec-2" aria-labelledby="remove-h">
            <h2 className="h-s" id="remove-h">
              Remove
            </h2>
            {team.removable ? (
              <ActionForm id="remove" action={removeTeamAction.bind(null, district.slug)} className="stack">
                <input type="hidden" name="id" value={team.id} />
                <p>No case belongs to it, so nothing else changes.</p>
                <SubmitButton variant="stop">Remove {team.name}</SubmitButton>
              </ActionForm>
            ) : (
              <p>
                It can’t be removed while cases belong to it, or a transfer whose details name it is half entered: now{" "}
                {team.cases === 1 ? "1 case" : `${team.cases} cases`}.
              </p>
            )}
          </section>
        </DialogPage>
      </>
    );
  },
);
