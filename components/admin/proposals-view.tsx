import { Banner } from "@/components/ui/banner";
import { LinkButton } from "@/components/ui/button";
import { Crumbs } from "@/components/ui/crumbs";
import { Empty } from "@/components/ui/empty";
import { ActionForm, type FormAction } from "@/components/ui/form";
import { PageHead } from "@/components/ui/page-head";
import { SearchBox, SearchForm } from "@/components/ui/search-box";
import { SubmitButton } from "@/components/ui/submit-button";
import { Pager } from "@/components/ui/table";
import type { ProposalPage } from "@/lib/roster/staff-proposals";

/** What OneRoster calls a role, in words; any other as it's written. */
const roles: Record<string, string> = {
  administrator: "Administrator",
  aide: "Aide",
  counselor: "Counselor",
  districtadministrator: "District administrator",
  principal: "Principal",
  proctor: "Proctor",
  siteadministrator: "Site administrator",
  systemadministrator: "System administrator",
  teacher: "Teacher",
};

/** Staff whom the roster proposes as users. */
export function ProposalsView({
  crumbs,
  found,
  perPage,
  q,
  base,
  inviteHref,
  dismissed,
  dismissAction,
}: {
  crumbs: { label: string; href: string }[];
  found: ProposalPage;
  perPage: number;
  q: string | undefined;
  base: string;
  inviteHref: string;
  dismissed: boolean;
  dismissAction: FormAction;
}) {
  const pageHref = (n: number) => {
    const query = new URLSearchParams({ ...(q ? { q } : {}), ...(n > 1 ? { page: String(n) } : {}) });
    return query.size > 0 ? `${base}?${query}` : base;
  };
  return (
    <>
      <Crumbs path={crumbs} />
      <PageHead title="Staff of the roster" note="Not users yet. What they may do, you say when you invite them." />
      {dismissed && <Banner kind="done" fact="Put away." live />}
      <SearchForm label="Staff" className="strip">
        <SearchBox
          label="Name, email, role or school"
          hideLabel
          fieldClass=""
          placeholder="Name, role or school"
          value={q}
        />
      </SearchForm>
      {found.total === 0 ? (
        <Empty
          icon="users"
          title={q ? "Nobody matches" : "Nobody is proposed"}
          hint={q ? "Check the spelling." : "Everybody of the roster’s staff is a user, or was put away."}
        />
      ) : (
        <table className="tbl">
          <caption className="sr">Staff of the roster who aren’t users</caption>
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">Role</th>
              <th scope="col">School</th>
              <td className="act">
                <span className="sr">Actions</span>
              </td>
            </tr>
          </thead>
          <tbody>
            {found.proposals.map((one) => {
              const name = `${one.givenName} ${one.familyName}`;
              return (
                <tr key={one.id}>
                  <td data-k="Name" className="lead t-main">
                    <b>
                      <bdi>{name}</bdi>
                    </b>
                    <span className="sub">{one.email ?? "No email in the roster"}</span>
                  </td>
                  <td data-k="Role">{roles[one.role] ?? one.role}</td>
                  <td data-k="School">{one.building ?? "–"}</td>
                  <td className="act">
                    <div className="btns">
                      <LinkButton small href={`${inviteHref}?proposal=${one.id}`} aria-label={`Invite ${name}`}>
                        Invite
                      </LinkButton>
                      <ActionForm id={`dismiss-${one.id}`} action={dismissAction}>
                        <input type="hidden" name="proposal" value={one.id} />
                        <SubmitButton small variant="plain" aria-label={`Put ${name} away`}>
                          Put away
                        </SubmitButton>
                      </ActionForm>
                    </div>
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
      <Pager page={found.page} size={perPage} total={found.total} href={pageHref} label="Pages of staff" />
    </>
  );
}
