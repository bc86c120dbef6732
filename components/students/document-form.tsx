import { IfChanged } from "@/components/cases/if-changed";
import { typeNames, typeOptions } from "@/components/students/student-words";
import { LinkButton } from "@/components/ui/button";
import { dateWords } from "@/components/ui/date";
import { DateField, Select, TextField } from "@/components/ui/field";
import { ActionForm, type FormAction } from "@/components/ui/form";
import { SubmitButton } from "@/components/ui/submit-button";
import type { DocumentView } from "@/lib/documents/find-document";

/** Changes title, type, date and owner of a document; of a received one the owner alone. Inside a dialog. */
export function DocumentForm({
  action,
  document: one,
  studentId,
  owners,
  closeHref,
}: {
  action: FormAction;
  document: DocumentView;
  studentId: string;
  owners: readonly { id: string; name: string }[];
  closeHref: string;
}) {
  const options = owners.map(({ id, name }) => ({ value: id, label: name }));
  // Whoever is disabled keeps what they own, so that saving doesn't drop them unseen.
  if (one.owner && !owners.some((owner) => owner.id === one.owner?.id))
    options.push({ value: one.owner.id, label: `${one.owner.name} (disabled)` });
  return (
    <ActionForm
      id="document"
      action={action}
      warnUnsaved
      foot={
        <>
          <LinkButton href={closeHref} scroll={false}>
            Close
          </LinkButton>
          <SubmitButton>Save</SubmitButton>
        </>
      }
    >
      <input type="hidden" name="studentId" value={studentId} />
      <input type="hidden" name="documentId" value={one.id} />
      <input type="hidden" name="version" value={one.version} />
      <IfChanged>
        <p>
          “<bdi>{one.title}</bdi>”, {typeNames[one.type]}
          {one.datedOn && `, ${dateWords(one.datedOn, "UTC")}`}, owned by {one.owner?.name ?? "nobody"}.
        </p>
      </IfChanged>
      {one.received ? (
        <p>
          “<bdi>{one.title}</bdi>” came from {one.received.district} and stays as it came. Who owns it here can change.
        </p>
      ) : (
        <>
          <TextField name="title" label="Title" autoComplete="off" maxLength={255} defaultValue={one.title} />
          <div className="two">
            <Select name="type" label="Type" options={typeOptions} defaultValue={one.type} />
            <DateField name="datedOn" label="Date (if known)" defaultValue={one.datedOn} />
          </div>
        </>
      )}
      <Select
        name="ownerId"
        label="Owner"
        hint="Sees the document without further permissions."
        options={options}
        empty="Nobody"
        defaultValue={one.owner?.id}
      />
    </ActionForm>
  );
}
