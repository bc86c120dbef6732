import { PersonName } from "@/components/cases/words";
import { typeNames } from "@/components/students/student-words";
import { bytesWords } from "@/components/ui/bytes";
import { Crumbs } from "@/components/ui/crumbs";
import { DateText, dateWords } from "@/components/ui/date";
import { FileBlockBanner } from "@/components/ui/file-block";
import { FilePreview } from "@/components/ui/file-preview";
import { ActionForm, type FormAction } from "@/components/ui/form";
import { Icon } from "@/components/ui/icon";
import { Menu, MenuButton, MenuLink, MenuSeparator } from "@/components/ui/menu";
import { Facts, PageHead } from "@/components/ui/page-head";
import { StateChip } from "@/components/ui/state-chip";
import type { DocumentView } from "@/lib/documents/find-document";

/** Where a document's pages lead. */
export type DocumentPlace = {
  /** Its student's page. */
  student: string;
  href: string;
  /** Its bytes. */
  file: string;
  zone: string;
};

/** A document as far as browsers can show it, with its download. */
export function DocumentPreview({
  document: one,
  student,
  studentId,
  text,
  place,
  canManage,
  canPurge,
  deleteAction,
}: {
  document: DocumentView;
  student: { givenName: string; familyName: string };
  studentId: string;
  text: { text: string; cut: boolean } | null;
  place: DocumentPlace;
  canManage: boolean;
  canPurge: boolean;
  deleteAction: FormAction;
}) {
  const students = place.student.slice(0, place.student.lastIndexOf("/"));
  return (
    <>
      <Crumbs
        path={[
          { label: "Students", href: students },
          { label: `${student.familyName}, ${student.givenName}`, href: place.student },
        ]}
      />
      <PageHead
        title={<bdi>{one.title}</bdi>}
        note={<PersonName name={student} />}
        chip={one.received && <StateChip state="readOnly" />}
      >
        {!one.block && (
          <a className="btn btn-go" href={place.file} download>
            <Icon name="download" />
            Download
          </a>
        )}
        {canManage && (
          <Menu label="Actions">
            <MenuLink icon="pencil" href={`${place.href}/edit`} scroll={false}>
              {one.received ? "Change owner" : "Edit"}
            </MenuLink>
            <MenuLink icon="user" href={`${place.href}/move`}>
              Move to another student
            </MenuLink>
            <MenuSeparator />
            <MenuButton
              icon="trash-2"
              form="delete-document"
              name="document"
              value={one.id}
              hint="Can be restored for 30 days."
            >
              Delete
            </MenuButton>
            {canPurge && (
              <MenuLink icon="octagon-x" href={`${place.href}/purge`} scroll={false}>
                Purge
              </MenuLink>
            )}
          </Menu>
        )}
      </PageHead>
      {canManage && (
        <ActionForm id="delete-document" action={deleteAction}>
          <input type="hidden" name="studentId" value={studentId} />
        </ActionForm>
      )}
      <Facts
        facts={[
          ["Type", typeNames[one.type]],
          ["Date", one.datedOn ? dateWords(one.datedOn, "UTC") : "Not known"],
          ["Owner", one.owner?.name ?? "Nobody"],
          ["Size", bytesWords(one.size)],
          one.received
            ? ["Received from", `${one.received.district}, ${one.received.state}`]
            : [
                "Added",
                <span key="added">
                  <DateText value={one.addedAt} zone={place.zone} /> by {one.addedBy}
                </span>,
              ],
        ]}
      />
      {one.block ? (
        <FileBlockBanner
          block={one.block}
          remedy={canManage ? "Delete it." : "Ask somebody with Manage Documents to delete it."}
        />
      ) : (
        <FilePreview name={one.title} mediaType={one.mediaType} source={`${place.file}?preview=1`} text={text} />
      )}
    </>
  );
}
