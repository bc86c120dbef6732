import { Banner } from "@/components/ui/banner";
import { LinkButton } from "@/components/ui/button";
import { Crumbs } from "@/components/ui/crumbs";
import { Empty } from "@/components/ui/empty";
import { Link } from "@/components/ui/link";
import { PageHead } from "@/components/ui/page-head";
import type { TeamView } from "@/lib/districts/list-teams";
import { adminCrumbs } from "@/lib/web/admin-nodes";
import type { Place } from "@/lib/web/guard";
import { own } from "@/lib/web/own";

const did: Record<string, string> = { added: "Team added.", changed: "Team changed.", removed: "Team removed." };

/** The list of teams: a page, and what the dialog of one stands over. */
export function TeamsHere({
  place,
  teams,
  result,
}: {
  place: Place;
  teams: readonly TeamView[];
  result?: string | undefined;
}) {
  const { district } = place;
  const base = `/d/${district.slug}/admin/settings`;
  const said = own(did, result);
  return (
    <>
      <Crumbs path={[...adminCrumbs(district.slug, "district"), { label: "Settings", href: base }]} />
      <PageHead title="Teams">
        <LinkButton variant="go" icon="plus" href={`${base}/teams/add`} scroll={false}>
          Add team
        </LinkButton>
      </PageHead>
      {said && <Banner kind="done" fact={said} live />}
      <h2 className="sr">{teams.length === 1 ? "1 team" : `${teams.length} teams`}</h2>
      {teams.length === 0 ? (
        <Empty
          icon="users"
          title="No teams yet"
          hint="A team works on cases together; its leader’s name finds its cases."
        />
      ) : (
        <table className="tbl tbl-moves">
          <caption className="sr">Teams</caption>
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">Leader</th>
              <th scope="col" className="num">
                Cases
              </th>
              <td className="act">
                <span className="sr">Actions</span>
              </td>
            </tr>
          </thead>
          <tbody>
            {teams.map(({ id, name, leader, cases }) => (
              <tr key={id}>
                <td data-k="Name" className="lead t-main">
                  {name}
                </td>
                <td data-k="Leader">
                  {leader ? leader.name : <span className="dim">Nobody</span>}
                  {leader && !leader.active && <span className="sub">Disabled</span>}
                </td>
                <td data-k="Cases" className="num">
                  {cases}
                </td>
                <td className="act">
                  <Link className="btn btn-s" href={`${base}/teams/${id}`} scroll={false} aria-label={`Change ${name}`}>
                    Change
                  </Link>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
