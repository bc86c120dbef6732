import { countWords, figure, ImportChip, kindWords } from "@/components/admin/import-words";
import { DateText } from "@/components/ui/date";
import { Empty } from "@/components/ui/empty";
import { Link } from "@/components/ui/link";
import { Pager } from "@/components/ui/table";
import type { ImportPage, ImportView } from "@/lib/roster/list-imports";

/** All imports, the newest first. */
export function ImportHistory({
  history,
  perPage,
  base,
  zone,
}: {
  history: ImportPage;
  perPage: number;
  base: string;
  zone: string;
}) {
  if (history.total === 0)
    return (
      <Empty
        icon="school"
        title="No imports yet"
        hint="Upload a bundle above, or have one put into the pick-up folder every night."
      />
    );
  return (
    <>
      <table className="tbl">
        <caption className="sr">Roster imports</caption>
        <thead>
          <tr>
            <th scope="col">Bundle</th>
            <th scope="col">When</th>
            <th scope="col">Result</th>
            <th scope="col">Status</th>
          </tr>
        </thead>
        <tbody>
          {history.imports.map((one) => (
            <tr key={one.id}>
              <td data-k="Bundle" className="lead t-main">
                <Link className="who-name" href={`${base}/${one.id}`}>
                  {one.fileName}
                </Link>
                <span className="sub">{kindWords(one)}</span>
              </td>
              <td data-k="When">
                <DateText value={one.at} zone={zone} shape="minute" />
                <span className="sub">{one.pickedUp ? "from the pick-up folder" : `by ${one.by}`}</span>
              </td>
              <td data-k="Result">
                {resultOf(one)}
                {one.errors > 0 && (
                  <span className="sub">
                    {one.errors === 1 ? "1 row not taken" : `${figure(one.errors)} rows not taken`}
                  </span>
                )}
              </td>
              <td data-k="Status">
                <ImportChip status={one.status} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <Pager
        page={history.page}
        size={perPage}
        total={history.total}
        href={(n) => (n > 1 ? `${base}?page=${n}` : base)}
        label="Pages of imports"
      />
    </>
  );
}

function resultOf(one: ImportView): string {
  if (one.status === "applied") return countWords(one);
  if (one.status === "failed") return "Nothing changed";
  return one.status === "discarded" ? "Put away" : "Not applied yet";
}
