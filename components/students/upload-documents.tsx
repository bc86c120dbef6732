"use client";

import { guessType, typeOptions } from "@/components/students/student-words";
import { Field } from "@/components/ui/field";
import { UploadDialog, type UploadPlace } from "@/components/ui/upload-dialog";
import type { DocumentType } from "@/lib/documents/document-types";

type Said = { title: string; type: DocumentType; datedOn: string };

function begin(file: File): Said {
  const title = file.name
    .replace(/\.[^.]{1,5}$/, "")
    .replace(/[_\s]+/g, " ")
    .trim();
  return { title, type: guessType(title), datedOn: "" };
}

const untitled = (said: Said) => said.title.trim() === "";

/** Uploads documents, inside a dialog: each file gets its own title, type and date. Without script the titles are the files' names. */
export function UploadDocuments({
  owners,
  ownerId,
  ...place
}: UploadPlace & {
  owners: readonly { id: string; name: string }[];
  /** Whoever uploads. */
  ownerId: string;
}) {
  return (
    <UploadDialog
      {...place}
      begin={begin}
      nameOf={(row) => row.said.title}
      headersOf={(said, form) => ({ "x-document": JSON.stringify({ ...said, ownerId: form.get("ownerId") }) })}
      missing={(all) => (all.some(untitled) ? "Type a title for each document." : null)}
      fields={(said, given) => <SaidFields said={said} {...given} />}
      words={{
        list: "Documents to upload",
        submit: (left) => (left === 0 ? "Upload" : left === 1 ? "Upload 1 document" : `Upload ${left} documents`),
        busy: "Uploading…",
        done: "uploaded",
        note: "Their owner and everyone with Manage Documents see them.",
      }}
    >
      {(id) => (
        <>
          <div className="two no-script-only">
            <Field id={`${id}-type`} label="Type">
              <select className="pick" id={`${id}-type`} name="type" defaultValue="other">
                <TypeOptions />
              </select>
            </Field>
            <Field id={`${id}-date`} label="Date of the documents (if known)">
              <input className="in in-date" id={`${id}-date`} name="datedOn" type="date" />
            </Field>
          </div>
          <Field id={`${id}-owner`} label="Owner" hint="Sees the documents without further permissions.">
            <select
              className="pick"
              id={`${id}-owner`}
              name="ownerId"
              defaultValue={ownerId}
              aria-describedby={`${id}-owner-hint`}
            >
              {owners.map((owner) => (
                <option key={owner.id} value={owner.id}>
                  {owner.name}
                </option>
              ))}
            </select>
          </Field>
        </>
      )}
    </UploadDialog>
  );
}

function TypeOptions() {
  return typeOptions.map(({ value, label }) => (
    <option key={value} value={value}>
      {label}
    </option>
  ));
}

/** What a chosen file is called, its type and date. */
function SaidFields({
  said,
  id,
  checked,
  onChange,
}: {
  said: Said;
  id: string;
  checked: boolean;
  onChange: (part: Partial<Said>) => void;
}) {
  return (
    <div className="upload-fields">
      <Field id={`${id}-title`} label="Title" error={checked && untitled(said) ? "Type a title." : undefined}>
        <input
          className="in"
          id={`${id}-title`}
          value={said.title}
          maxLength={255}
          autoComplete="off"
          onChange={(event) => onChange({ title: event.currentTarget.value })}
        />
      </Field>
      <div className="two">
        <Field id={`${id}-type`} label="Type">
          <select
            className="pick"
            id={`${id}-type`}
            value={said.type}
            onChange={(event) => onChange({ type: event.currentTarget.value as DocumentType })}
          >
            <TypeOptions />
          </select>
        </Field>
        <Field id={`${id}-date`} label="Date (if known)">
          <input
            className="in in-date"
            id={`${id}-date`}
            type="date"
            value={said.datedOn}
            onChange={(event) => onChange({ datedOn: event.currentTarget.value })}
          />
        </Field>
      </div>
    </div>
  );
}
