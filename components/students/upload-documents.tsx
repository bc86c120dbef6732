"use client";

import { useRouter } from "next/navigation";
import { useId, useRef, useState } from "react";
import { guessType, typeOptions } from "@/components/students/student-words";
import { Button, LinkButton } from "@/components/ui/button";
import { describedBy, ErrorLine, Field } from "@/components/ui/field";
import { Icon } from "@/components/ui/icon";
import { ProblemSummary } from "@/components/ui/problem-summary";
import { sendFile } from "@/components/ui/send-file";
import { acceptedFiles, isBusy, refusedWords, type Upload, UploadLine } from "@/components/ui/upload-progress";
import type { DocumentType } from "@/lib/documents/document-types";

type Row = Upload & {
  key: number;
  file: File;
  title: string;
  type: DocumentType;
  datedOn: string;
  titleMissing: boolean;
};

let lastKey = 0;

const rowOf = (file: File): Row => {
  const title = file.name
    .replace(/\.[^.]{1,5}$/, "")
    .replace(/[_\s]+/g, " ")
    .trim();
  return {
    key: ++lastKey,
    file,
    title,
    type: guessType(title),
    datedOn: "",
    titleMissing: false,
    name: file.name,
    size: file.size,
    sent: 0,
    state: "waits",
  };
};

/**
 * Uploads documents, inside a dialog. With script each chosen file gets its own title, type and date, and goes on its own, streamed,
 * with its progress; what was refused stays with the reason, to be sent again or left out. Without script the form goes as a whole, and
 * the titles are the files' names.
 */
export function UploadDocuments({
  url,
  closeHref,
  largest,
  owners,
  ownerId,
  problem,
}: {
  url: string;
  closeHref: string;
  /** In bytes. */
  largest: number;
  owners: readonly { id: string; name: string }[];
  /** Whoever uploads. */
  ownerId: string;
  /** Of a form that was sent without script. */
  problem?: string | undefined;
}) {
  const id = useId();
  const router = useRouter();
  const picker = useRef<HTMLInputElement>(null);
  const [rows, setRows] = useState<Row[]>([]);
  const [sending, setSending] = useState(false);
  const [error, setError] = useState(problem);
  const [tries, setTries] = useState(0);
  const busy = sending && isBusy(rows);

  const change = (key: number, part: Partial<Row>) =>
    setRows((before) => before.map((row) => (row.key === key ? { ...row, ...part } : row)));

  function complain(sentence: string) {
    setError(sentence);
    setTries((before) => before + 1);
  }

  /** Null, or why the file was refused. */
  async function send(row: Row, owner: string): Promise<string | null> {
    change(row.key, { state: "runs", sent: 0 });
    const said = JSON.stringify({ title: row.title, type: row.type, datedOn: row.datedOn, ownerId: owner });
    const refused =
      row.size > largest
        ? `“${row.name}” is larger than 50 MB. Make it smaller or split it.`
        : await sendFile(url, row.file, { "x-document": said }, (sent) => change(row.key, { sent }));
    change(row.key, refused === null ? { state: "done", sent: row.size } : { state: { problem: refused } });
    return refused;
  }

  async function sendAll(owner: string) {
    setError(undefined);
    const left = rows.filter((row) => row.state !== "done");
    const untitled = left.filter((row) => row.title.trim() === "");
    if (untitled.length > 0) {
      setRows((before) => before.map((row) => ({ ...row, titleMissing: untitled.some((one) => one.key === row.key) })));
      return complain("Type a title for each document.");
    }
    setSending(true);
    setRows((before) => before.map((row) => (row.state === "done" ? row : { ...row, state: "waits", sent: 0 })));
    const problems: string[] = [];
    for (const row of left) {
      const refused = await send(row, owner);
      if (refused !== null) problems.push(refused);
    }
    setSending(false);
    router.refresh();
    if (problems.length === 0) router.push(closeHref, { scroll: false });
    else complain(refusedWords(problems));
  }

  return (
    <form
      className="d-form"
      method="post"
      encType="multipart/form-data"
      action={url}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (busy) return;
        const owner = new FormData(event.currentTarget).get("ownerId");
        if (rows.length === 0) return complain("Choose a file first.");
        void sendAll(typeof owner === "string" ? owner : ownerId);
      }}
    >
      <div className="d-body">
        {error && <ProblemSummary key={tries} formId={id} fields={{ file: error }} />}
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
        <Field
          id={`${id}-file`}
          label="Files"
          hint="PDF, DOCX, PNG, JPEG or TXT, up to 50 MB each. Several can be chosen at once."
          error={error}
        >
          <input
            ref={picker}
            className={error ? "in in-file is-bad" : "in in-file"}
            id={`${id}-file`}
            name="file"
            type="file"
            multiple
            accept={acceptedFiles}
            aria-describedby={describedBy(`${id}-file`, { hint: true, error })}
            onChange={(event) => {
              const files = [...(event.currentTarget.files ?? [])].map(rowOf);
              setRows((before) => [...before, ...files]);
              setError(undefined);
              // So that the same file can be chosen once more.
              event.currentTarget.value = "";
            }}
          />
        </Field>
        {rows.length > 0 && (
          <ul className="job uploads" aria-label="Documents to upload">
            {rows.map((row) => (
              <RowFields
                key={row.key}
                id={`${id}-${row.key}`}
                row={row}
                busy={busy}
                onChange={(part) => change(row.key, part)}
                onRemove={() => {
                  setRows((before) => before.filter((one) => one.key !== row.key));
                  picker.current?.focus();
                }}
              />
            ))}
          </ul>
        )}
        <p className="sr" role="status">
          {busy
            ? "Uploading…"
            : rows.some((row) => row.state === "done")
              ? `${rows.filter((row) => row.state === "done").length} of ${rows.length} uploaded`
              : rows.length > 0
                ? `${rows.length} chosen`
                : ""}
        </p>
      </div>
      <div className="d-foot">
        <p className="small dim">Their owner and everyone with Manage Documents see them.</p>
        <LinkButton href={closeHref} scroll={false}>
          Close
        </LinkButton>
        <Button type="submit" variant="go" aria-disabled={busy || undefined}>
          {busy ? "Uploading…" : uploadWords(rows)}
        </Button>
      </div>
    </form>
  );
}

function uploadWords(rows: readonly Row[]): string {
  const left = rows.filter((row) => row.state !== "done").length;
  return left === 0 ? "Upload" : left === 1 ? "Upload 1 document" : `Upload ${left} documents`;
}

function TypeOptions() {
  return typeOptions.map(({ value, label }) => (
    <option key={value} value={value}>
      {label}
    </option>
  ));
}

/** A chosen file: what it's called, its type and date, and how far it is. */
function RowFields({
  id,
  row,
  busy,
  onChange,
  onRemove,
}: {
  id: string;
  row: Row;
  busy: boolean;
  onChange: (part: Partial<Row>) => void;
  onRemove: () => void;
}) {
  if (row.state === "done" || row.state === "runs" || (busy && row.state === "waits")) {
    return (
      <li className={row.state === "done" ? "j-ok" : undefined}>
        <UploadLine upload={{ ...row, name: row.title }} />
      </li>
    );
  }
  return (
    <li className="upload-row">
      {typeof row.state === "object" && <ErrorLine>{row.state.problem}</ErrorLine>}
      <div className="upload-top">
        <Field
          id={`${id}-title`}
          label="Title"
          error={row.titleMissing && row.title.trim() === "" ? "Type a title." : undefined}
        >
          <input
            className="in"
            id={`${id}-title`}
            value={row.title}
            maxLength={255}
            autoComplete="off"
            onChange={(event) => onChange({ title: event.currentTarget.value })}
          />
        </Field>
        <button type="button" className="btn btn-icon" aria-label={`Leave out ${row.name}`} onClick={onRemove}>
          <Icon name="x" />
        </button>
      </div>
      <div className="two">
        <Field id={`${id}-type`} label="Type">
          <select
            className="pick"
            id={`${id}-type`}
            value={row.type}
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
            value={row.datedOn}
            onChange={(event) => onChange({ datedOn: event.currentTarget.value })}
          />
        </Field>
      </div>
    </li>
  );
}
