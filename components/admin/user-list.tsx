import { UserStatusChip } from "@/components/admin/user-status-chip";
import { LinkButton } from "@/components/ui/button";
import { DateText } from "@/components/ui/date";
import { Empty } from "@/components/ui/empty";
import { Select } from "@/components/ui/field";
import { Link } from "@/components/ui/link";
import { SearchBox, SearchForm } from "@/components/ui/search-box";
import { Pager } from "@/components/ui/table";
import type { UserView } from "@/lib/users/list-users";

export type UserListProps = {
  users: readonly (UserView & { may: string })[];
  total: number;
  page: number;
  size: number;
  search: { q?: string | undefined; status?: string | undefined };
  base: string;
  zone: string;
};

const statuses = [
  { value: "active", label: "Active" },
  { value: "invited", label: "Invited" },
  { value: "disabled", label: "Disabled" },
];

/** The users of the district, with search, status and pages in the URL. */
export function UserList({ users, total, page, size, search, base, zone }: UserListProps) {
  const pageHref = (n: number) => {
    const query = new URLSearchParams(
      Object.entries({ q: search.q, status: search.status }).flatMap(([key, value]) => (value ? [[key, value]] : [])),
    );
    if (n > 1) query.set("page", String(n));
    return query.size > 0 ? `${base}?${query}` : base;
  };
  return (
    <>
      <SearchForm label="Users" className="strip">
        <SearchBox
          label="Name, email or username"
          hideLabel
          fieldClass=""
          placeholder="Name or email"
          value={search.q}
        />
        <Select
          name="status"
          label="Status"
          hideLabel
          empty="All statuses"
          options={statuses}
          defaultValue={search.status}
        />
      </SearchForm>
      <h2 className="sr">{total === 1 ? "1 user" : `${total} users`}</h2>
      {users.length === 0 ? (
        <Empty icon="users" title="Nobody matches" hint="Check the spelling, or look in all statuses.">
          <LinkButton small href={base}>
            Show all users
          </LinkButton>
        </Empty>
      ) : (
        <table className="tbl">
          <caption className="sr">Users</caption>
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">Username</th>
              <th scope="col">May do</th>
              <th scope="col">Status</th>
              <td className="act">
                <span className="sr">Actions</span>
              </td>
            </tr>
          </thead>
          <tbody>
            {users.map((user) => (
              <tr key={user.id}>
                <td data-k="Name" className="lead t-main">
                  <Link href={`${base}/${user.id}`}>{user.name}</Link>
                  {user.you && <span className="dim"> (you)</span>}
                  <span className="sub">{user.email}</span>
                </td>
                <td data-k="Username">{user.username}</td>
                <td data-k="May do">{user.may}</td>
                <td data-k="Status">
                  <UserStatusChip status={user.status} />
                  {user.status === "invited" && (
                    <span className="sub">
                      {user.invitedUntil ? (
                        <>
                          Link works until <DateText value={user.invitedUntil} zone={zone} shape="short" />
                        </>
                      ) : (
                        <>
                          No link is out.{" "}
                          <Link href={`${base}/${user.id}#link-h`} aria-label={`Send a new invitation to ${user.name}`}>
                            Send a new invitation
                          </Link>
                        </>
                      )}
                    </span>
                  )}
                </td>
                <td className="act">
                  <LinkButton small href={`${base}/${user.id}`} aria-label={`Change ${user.name}`}>
                    Change
                  </LinkButton>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <Pager page={page} size={size} total={total} href={pageHref} label="Pages of users" />
    </>
  );
}
