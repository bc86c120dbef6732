import { UserList } from "@/components/admin/user-list";
import { Banner } from "@/components/ui/banner";
import { LinkButton } from "@/components/ui/button";
import { Crumbs } from "@/components/ui/crumbs";
import { PageHead } from "@/components/ui/page-head";
import { listStaffProposals } from "@/lib/roster/staff-proposals";
import { invitationDays } from "@/lib/users/issue-invitation";
import { listUsers, type UserStatus, usersPerPage } from "@/lib/users/list-users";
import { adminCrumbs } from "@/lib/web/admin-nodes";
import type { Place } from "@/lib/web/guard";
import { permissionWords } from "@/lib/web/permission-choices";

const statuses: readonly string[] = ["active", "invited", "disabled"] satisfies UserStatus[];

/** The list of users: a page, and what the invitation's dialog stands over. */
export async function UsersHere({ place, search }: { place: Place; search: Record<string, string | undefined> }) {
  const { actor, district, doors } = place;
  const base = `/d/${district.slug}/admin/users`;
  const status = search.status && statuses.includes(search.status) ? (search.status as UserStatus) : null;
  const { found, proposed } = await doors.district(async (tx) => ({
    found: await listUsers(tx, actor, {
      q: search.q ?? "",
      status,
      page: Number.parseInt(search.page ?? "1", 10) || 1,
    }),
    proposed: (await listStaffProposals(tx, actor, {})).total,
  }));
  return (
    <>
      <Crumbs path={adminCrumbs(district.slug, "district")} />
      <PageHead title="Users">
        <LinkButton variant="go" icon="user-plus" href={`${base}/invite`}>
          Invite user
        </LinkButton>
      </PageHead>
      {search.did === "invited" && (
        <Banner kind="done" fact="Invitation on its way." live>
          They get an email with a link that works for {invitationDays} days. Until they use it, they’re listed as
          invited.
        </Banner>
      )}
      {proposed > 0 && (
        <div className="mb-4">
          <Banner
            kind="info"
            fact={
              proposed === 1
                ? "1 person of your roster’s staff isn’t a user."
                : `${proposed} people of your roster’s staff aren’t users.`
            }
          >
            Nobody becomes one by the roster alone.{" "}
            <LinkButton small href={`${base}/proposed`}>
              Look at them
            </LinkButton>
          </Banner>
        </div>
      )}
      <UserList
        users={found.users.map((user) => ({ ...user, may: permissionWords(user) }))}
        total={found.total}
        page={found.page}
        size={usersPerPage}
        search={{ q: search.q, status: status ?? undefined }}
        base={base}
        zone={district.timeZone}
      />
    </>
  );
}
