import type { DocumentsPlace } from "@/components/students/documents-section";
import { typeNames } from "@/components/students/student-words";
import { Button, LinkButton } from "@/components/ui/button";
import { DateText } from "@/components/ui/date";
import { ActionForm } from "@/components/ui/form";
import type { DocumentView } from "@/lib/documents/find-document";

/** What's in the bin, with the day until which it can be restored. */
export function DocumentBin({ bin, place }: { bin: readonly DocumentView[]; place: DocumentsPlace }) {
  if (bin.length === 0) return null;
  const nextGone = bin.map((one) => one.deleted?.until.getTime() ?? 0).reduce((a, b) => Math.min(a, b));
  return (
    <details className="sect sec-2" id="bin">
      <summary>
        <h2>Deleted</h2>
        <span className="small dim">
          {bin.length === 1 ? "1 document" : `${bin.length} documents`}, recoverable until{" "}
          <DateText value={new Date(nextGone)} zone={place.zone} />
          {bin.length > 1 && " and later"}
        </span>
      </summary>
      <div className="sect-in">
        <table className="tbl tbl-moves">
          <caption className="sr">Deleted documents</caption>
          <thead>
            <tr>
              <th scope="col">Document</th>
              <th scope="col">Type</th>
              <th scope="col">Deleted</th>
              <th scope="col">Recoverable until</th>
              <td className="act">
                <span className="sr">Actions</span>
              </td>
            </tr>
          </thead>
          <tbody>
            {bin.map((one) => (
              <tr key={one.id}>
                <td data-k="Document" className="lead t-main">
                  <bdi>{one.title}</bdi>
                </td>
                <td data-k="Type">{typeNames[one.type]}</td>
                <td data-k="Deleted">
                  {one.deleted && <DateText value={one.deleted.at} zone={place.zone} />}
                  {one.deleted?.by && <span className="sub">by {one.deleted.by}</span>}
                </td>
                <td data-k="Recoverable until">
                  {one.deleted && <DateText value={one.deleted.until} zone={place.zone} />}
                </td>
                <td className="act">
                  <span className="btns">
                    <Button type="submit" small icon="undo-2" form="restore-document" name="document" value={one.id}>
                      Restore<span className="sr"> {one.title}</span>
                    </Button>
                    {place.canPurge && (
                      <LinkButton
                        small
                        variant="stop"
                        icon="octagon-x"
                        href={`${place.href}/documents/${one.id}/purge`}
                        scroll={false}
                      >
                        Purge<span className="sr"> {one.title}</span>
                      </LinkButton>
                    )}
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        <ActionForm id="restore-document" action={place.restoreAction}>
          <input type="hidden" name="studentId" value={place.studentId} />
        </ActionForm>
      </div>
    </details>
  );
}
