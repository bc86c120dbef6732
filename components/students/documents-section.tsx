import type { DocumentSort } from "@/components/students/document-sorts";
import { PickDocuments, PickedCount } from "@/components/students/pick-documents";
import { typeNames } from "@/components/students/student-words";
import { LinkButton } from "@/components/ui/button";
import { bytesWords } from "@/components/ui/bytes";
import { dateWords } from "@/components/ui/date";
import { Empty } from "@/components/ui/empty";
import { FileBlockChip } from "@/components/ui/file-block";
import { ActionForm, type FormAction } from "@/components/ui/form";
import { Link } from "@/components/ui/link";
import { Menu, MenuButton, MenuDownload, MenuLink, MenuSeparator } from "@/components/ui/menu";
import { StateChip } from "@/components/ui/state-chip";
import { SortHeader } from "@/components/ui/table";
import type { DocumentType } from "@/lib/documents/document-types";
import type { DocumentView } from "@/lib/documents/find-document";

const formId = "documents";
const deleteId = "delete-document";

export type DocumentsPlace = {
  /** /d/<district>/students/<student> */
  href: string;
  /** /api/districts/<district>/documents */
  files: string;
  zone: string;
  studentId: string;
  sort: DocumentSort;
  shareAction: FormAction;
  deleteAction: FormAction;
  restoreAction: FormAction;
  canManage: boolean;
  canPurge: boolean;
};

/** A student's documents: choosing some of them, sharing, uploading, and each one's own menu. */
export function DocumentsSection({ documents, place }: { documents: readonly DocumentView[]; place: DocumentsPlace }) {
  const { href, canManage } = place;
  const sorted = sortDocuments(documents, place.sort);
  const table = <DocumentsTable documents={sorted} place={place} />;
  return (
    <section aria-labelledby="docs">
      <div className="sec-h sec-docs">
        <h2 id="docs">Documents</h2>
        {canManage && documents.length > 0 ? <PickedCount form={formId} name="document" /> : <p />}
        {canManage && (
          <div className="btns">
            <LinkButton icon="upload" href={`${href}/upload`} scroll={false}>
              Upload
            </LinkButton>
            {documents.length > 0 && (
              <Menu label="Share">
                <MenuButton
                  icon="send"
                  form={formId}
                  hint="Delivers copies of the selected documents. The other district’s student has to agree with this one."
                >
                  Transfer to Another District
                </MenuButton>
              </Menu>
            )}
          </div>
        )}
      </div>
      {documents.length === 0 ? (
        <NoDocuments place={place} />
      ) : canManage ? (
        <>
          <ActionForm id={formId} action={place.shareAction}>
            {/* Enter on a box sends nothing: what is shared is said by the menu alone. */}
            <button type="submit" disabled hidden tabIndex={-1} aria-hidden="true" />
            <input type="hidden" name="studentId" value={place.studentId} />
            {table}
          </ActionForm>
          <ActionForm id={deleteId} action={place.deleteAction}>
            <input type="hidden" name="studentId" value={place.studentId} />
          </ActionForm>
        </>
      ) : (
        table
      )}
    </section>
  );
}

function NoDocuments({ place }: { place: DocumentsPlace }) {
  return place.canManage ? (
    <Empty
      icon="file-text"
      title="No documents yet"
      hint="IEP, evaluations, plans and records about this student are uploaded here, or come from another district."
    >
      <LinkButton small icon="upload" href={`${place.href}/upload`} scroll={false}>
        Upload documents
      </LinkButton>
    </Empty>
  ) : (
    <p className="small dim">You own no document about this student.</p>
  );
}

function sortDocuments(documents: readonly DocumentView[], { by, descending }: DocumentSort): DocumentView[] {
  const value = (one: DocumentView): string | number | null =>
    ({
      title: one.title.toLocaleLowerCase("en-US"),
      type: typeNames[one.type],
      owner: one.owner?.name ?? null,
      date: one.datedOn,
      size: one.size,
    })[by];
  return documents.toSorted((a, b) => {
    const [x, y] = [value(a), value(b)];
    // What has no date or owner comes last either way.
    if (x === null || y === null) return x === y ? 0 : x === null ? 1 : -1;
    const order = typeof x === "number" && typeof y === "number" ? x - y : String(x).localeCompare(String(y), "en-US");
    return descending ? -order : order;
  });
}

const columns: readonly [DocumentSort["by"], string][] = [
  ["title", "Document"],
  ["type", "Type"],
  ["owner", "Owner"],
  ["date", "Date"],
  ["size", "Size"],
];

function DocumentsTable({ documents, place }: { documents: readonly DocumentView[]; place: DocumentsPlace }) {
  const { href, sort, canManage } = place;
  const counts = new Map<DocumentType, number>();
  for (const one of documents) counts.set(one.type, (counts.get(one.type) ?? 0) + 1);
  const groups = [...counts]
    .map(([type, count]) => ({ type, label: typeNames[type], count }))
    .sort((a, b) => a.label.localeCompare(b.label));
  const sortHref = (by: DocumentSort["by"]) => {
    const down = by === sort.by ? !sort.descending : by === "date" || by === "size";
    return `${href}?sort=${by}.${down ? "down" : "up"}#docs`;
  };
  return (
    <table className={canManage ? "tbl tbl-docs" : "tbl tbl-docs tbl-docs-read"} aria-labelledby="docs">
      <thead>
        <tr>
          {canManage && (
            <th className="c c-drop" scope="col">
              <PickDocuments form={formId} name="document" groups={groups} />
            </th>
          )}
          {columns.map(([by, label]) => (
            <SortHeader
              key={by}
              href={sortHref(by)}
              num={by === "size"}
              sorted={by === sort.by ? (sort.descending ? "descending" : "ascending") : undefined}
            >
              {label}
            </SortHeader>
          ))}
          <td className="act">
            <span className="sr">Actions</span>
          </td>
        </tr>
      </thead>
      <tbody>
        {documents.map((one) => (
          <tr key={one.id}>
            {canManage && (
              <td className="c">
                <label className="box">
                  <input
                    type="checkbox"
                    name="document"
                    value={one.id}
                    data-type={one.type}
                    aria-label={`Select ${one.title}`}
                  />
                </label>
              </td>
            )}
            <td data-k="Document" className="lead t-main">
              <Link className="who-name" href={`${href}/documents/${one.id}`}>
                <bdi>{one.title}</bdi>
              </Link>
              {one.block && (
                <span className="sub">
                  <FileBlockChip block={one.block} />
                </span>
              )}
              {one.received && (
                <span className="sub">
                  <StateChip state="readOnly" /> from {one.received.district}, {one.received.state}
                </span>
              )}
            </td>
            <td data-k="Type">{typeNames[one.type]}</td>
            <td data-k="Owner">{one.owner?.name ?? "Nobody"}</td>
            <td data-k="Date" className="nowrap">
              {one.datedOn ? dateWords(one.datedOn, "UTC") : "–"}
            </td>
            <td data-k="Size" className="num nowrap">
              {bytesWords(one.size)}
            </td>
            <td className="act act-more">
              <RowMenu document={one} place={place} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function RowMenu({ document: one, place }: { document: DocumentView; place: DocumentsPlace }) {
  const page = `${place.href}/documents/${one.id}`;
  return (
    <Menu icon="ellipsis-vertical" name={`Actions for ${one.title}`}>
      {one.preview && (
        <MenuLink icon="eye" href={page}>
          Open
        </MenuLink>
      )}
      {!one.block && (
        <MenuDownload icon="download" href={`${place.files}/${one.id}`}>
          Download
        </MenuDownload>
      )}
      {place.canManage && (
        <>
          <MenuLink icon="pencil" href={`${page}/edit`} scroll={false}>
            Edit
          </MenuLink>
          <MenuLink icon="user" href={`${page}/move`}>
            Move to another student
          </MenuLink>
          <MenuSeparator />
          <MenuButton icon="trash-2" form={deleteId} name="document" value={one.id} hint="Can be restored for 30 days.">
            Delete
          </MenuButton>
          {place.canPurge && (
            <MenuLink icon="octagon-x" href={`${page}/purge`} scroll={false}>
              Purge
            </MenuLink>
          )}
        </>
      )}
    </Menu>
  );
}
