import { RecordPerson } from "@/components/admin/retention/record-person";
import { Banner } from "@/components/ui/banner";
import { LinkButton } from "@/components/ui/button";
import { Crumbs } from "@/components/ui/crumbs";
import { DateText } from "@/components/ui/date";
import { Empty } from "@/components/ui/empty";
import { Link } from "@/components/ui/link";
import { PageHead } from "@/components/ui/page-head";
import { Pager } from "@/components/ui/table";
import type { HoldRow } from "@/lib/students/list-holds";

/** Legal holds: those that stand, or those that were lifted. */
export function HoldsView({
  crumbs,
  found,
  lifted,
  perPage,
  did,
  base,
  canDecide,
  zone,
}: {
  crumbs: readonly { label: string; href: string }[];
  found: { rows: readonly HoldRow[]; total: number; page: number };
  lifted: boolean;
  perPage: number;
  did: "placed" | "lifted" | null;
  /** /d/<district>/admin/retention */
  base: string;
  canDecide: boolean;
  zone: string;
}) {
  const list = `${base}/holds`;
  return (
    <>
      <Crumbs path={crumbs} />
      <PageHead title="Legal holds" note="What is held, nobody destroys.">
        <LinkButton href={lifted ? list : `${list}?show=lifted`}>
          {lifted ? "Those that stand" : "Lifted ones"}
        </LinkButton>
        {canDecide && (
          <LinkButton variant="go" icon="plus" href={`${list}/place`} scroll={false}>
            Place a legal hold
          </LinkButton>
        )}
      </PageHead>
      {did && (
        <div className="mb-4">
          <Banner kind="done" fact={did === "placed" ? "The legal hold stands." : "The legal hold is lifted."} live>
            {did === "placed"
              ? "From now on the database itself refuses to destroy anything of it."
              : "What is due of it can be proposed again. Other holds on it go on standing."}
          </Banner>
        </div>
      )}
      <h2 className="sr">{lifted ? "Lifted" : "Standing"}</h2>
      {found.total === 0 ? (
        <Empty icon="lock" title={lifted ? "None was lifted" : "No legal hold stands"} />
      ) : (
        <table className="tbl">
          <caption className="sr">{lifted ? "Legal holds that were lifted" : "Legal holds that stand"}</caption>
          <thead>
            <tr>
              <th scope="col">On</th>
              <th scope="col">Reason</th>
              <th scope="col">Placed</th>
              {lifted && <th scope="col">Lifted</th>}
              {!lifted && canDecide && (
                <td className="act">
                  <span className="sr">Actions</span>
                </td>
              )}
            </tr>
          </thead>
          <tbody>
            {found.rows.map((hold) => (
              <tr key={hold.id}>
                <td data-k="On" className="t-main">
                  <RecordPerson person={hold.person} of={hold.on} />
                  <span className="sub">
                    {hold.on === "student" ? (
                      "All documents and cases"
                    ) : hold.case ? (
                      <>
                        Case <span className="id">{hold.case.number}</span> alone
                      </>
                    ) : (
                      <>
                        A case alone (hold <span className="id">{hold.id.slice(0, 8)}</span>)
                      </>
                    )}
                  </span>
                </td>
                <td data-k="Reason" className="wide whitespace-pre-line">
                  <bdi>{hold.reason}</bdi>
                </td>
                <td data-k="Placed">
                  <DateText value={hold.placed.at} zone={zone} />
                  <span className="sub">{hold.placed.by}</span>
                </td>
                {lifted && (
                  <td data-k="Lifted">
                    {hold.lifted && (
                      <>
                        <DateText value={hold.lifted.at} zone={zone} />
                        <span className="sub">
                          {hold.lifted.by}: <bdi>{hold.lifted.reason}</bdi>
                        </span>
                      </>
                    )}
                  </td>
                )}
                {!lifted && canDecide && (
                  <td className="act">
                    <Link href={`${list}/${hold.id}/lift`} scroll={false}>
                      Lift
                      <span className="sr">
                        {" "}
                        the hold{" "}
                        {hold.person ? `on ${hold.person.familyName}, ${hold.person.givenName}` : hold.id.slice(0, 8)}
                      </span>
                    </Link>
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <Pager
        page={found.page}
        size={perPage}
        total={found.total}
        href={(n) => `${list}?${new URLSearchParams({ ...(lifted ? { show: "lifted" } : {}), page: String(n) })}`}
        label="Pages of holds"
      />
    </>
  );
}
