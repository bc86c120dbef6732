"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, useId, useRef, useState } from "react";
import { Button, LinkButton } from "@/components/ui/button";
import { describedBy, ErrorLine, Field } from "@/components/ui/field";
import { Icon } from "@/components/ui/icon";
import { ProblemSummary } from "@/components/ui/problem-summary";
import { sendFile } from "@/components/ui/send-file";
import { acceptedFiles, isBusy, refusedWords, type Upload, UploadLine } from "@/components/ui/upload-progress";

/** A chosen file with what's said about it. */
type Row<E> = Upload & { key: number; file: File; said: E };

let lastKey = 0;

/** What every page gives that takes files. */
export type UploadPlace = {
  url: string;
  closeHref: string;
  /** In bytes. */
  largest: number;
  /** Whether this installation looks for viruses. */
  scanned: boolean;
  /** Of a form that was sent without script. */
  problem?: string | undefined;
};

/**
 * Takes files, inside a dialog. With script each chosen file is listed with what's said about it and goes on its own, streamed, with its
 * progress; what was refused stays with the reason, to be sent again or left out. Without script the form goes to the same address as a
 * whole.
 */
export function UploadDialog<E>({
  url,
  closeHref,
  largest,
  scanned,
  problem,
  words,
  begin,
  nameOf = (row) => row.name,
  headersOf = () => ({}),
  missing = () => null,
  fields,
  children,
}: UploadPlace & {
  words: {
    /** What the list holds. */
    list: string;
    submit: (left: number) => string;
    busy: string;
    done: string;
    /** Who will see them. */
    note: string;
  };
  begin: (file: File) => E;
  nameOf?: (row: { name: string; said: E }) => string;
  /** What goes with a file. */
  headersOf?: (said: E, form: FormData) => Record<string, string>;
  /** Why the files can't go yet. */
  missing?: (said: readonly E[]) => string | null;
  /** Fields for what's said about a file; `checked`: after a try to send. */
  fields?: (said: E, given: { id: string; checked: boolean; onChange: (part: Partial<E>) => void }) => ReactNode;
  /** Fields for all files, before the files: a form that's sent without script carries them in this order. */
  children?: (id: string) => ReactNode;
}) {
  const id = useId();
  const router = useRouter();
  const picker = useRef<HTMLInputElement>(null);
  const [rows, setRows] = useState<Row<E>[]>([]);
  const [sending, setSending] = useState(false);
  const [checked, setChecked] = useState(false);
  const [error, setError] = useState(problem);
  const [tries, setTries] = useState(0);
  const busy = sending && isBusy(rows);
  const left = rows.filter((row) => row.state !== "done");
  // Nothing but files that were refused: once more helps where the connection was lost, and nowhere else.
  const onlyRefused = left.length > 0 && left.every((row) => typeof row.state === "object");

  const change = (key: number, part: Partial<Upload>) =>
    setRows((before) => before.map((row) => (row.key === key ? { ...row, ...part } : row)));

  function complain(sentence: string) {
    setError(sentence);
    setTries((before) => before + 1);
  }

  /** Null, or why the file was refused. */
  async function send(row: Row<E>, form: FormData): Promise<string | null> {
    change(row.key, { state: "runs", sent: 0 });
    const refused =
      row.size > largest
        ? `“${row.name}” is larger than 50 MB. Make it smaller or split it.`
        : await sendFile(url, row.file, headersOf(row.said, form), (sent) => change(row.key, { sent }));
    change(row.key, refused === null ? { state: "done", sent: row.size } : { state: { problem: refused } });
    return refused;
  }

  async function sendAll(form: FormData) {
    setError(undefined);
    setChecked(true);
    const lacking = missing(left.map((row) => row.said));
    if (lacking !== null) return complain(lacking);
    setSending(true);
    setRows((before) => before.map((row) => (row.state === "done" ? row : { ...row, state: "waits", sent: 0 })));
    const problems: string[] = [];
    for (const row of left) {
      const refused = await send(row, form);
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
        if (left.length === 0) return complain("Choose a file first.");
        void sendAll(new FormData(event.currentTarget));
      }}
    >
      <div className="d-body">
        {error && <ProblemSummary key={tries} formId={id} fields={{ file: error }} />}
        {children?.(id)}
        <Field
          id={`${id}-file`}
          label="Files"
          hint={`PDF, DOCX, PNG, JPEG or TXT, up to 50 MB each. Several can be chosen at once.${scanned ? "" : " On this installation files aren’t scanned for viruses."}`}
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
              const chosen = [...(event.currentTarget.files ?? [])].map((file): Row<E> => {
                const { name, size } = file;
                return { key: ++lastKey, file, name, size, sent: 0, state: "waits", said: begin(file) };
              });
              setRows((before) => [...before, ...chosen]);
              setError(undefined);
              // So that the same file can be chosen once more.
              event.currentTarget.value = "";
            }}
          />
        </Field>
        {rows.length > 0 && (
          <ul className="job uploads" aria-label={words.list}>
            {rows.map((row) => {
              const under = row.state === "done" || row.state === "runs" || (busy && row.state === "waits");
              const own = fields?.(row.said, {
                id: `${id}-${row.key}`,
                checked,
                onChange: (part) =>
                  setRows((before) =>
                    before.map((one) => (one.key === row.key ? { ...one, said: { ...one.said, ...part } } : one)),
                  ),
              });
              return under ? (
                <li key={row.key} className={row.state === "done" ? "j-ok" : undefined}>
                  <UploadLine upload={{ ...row, name: nameOf(row) }} />
                </li>
              ) : (
                <li key={row.key} className={own ? "upload-row" : typeof row.state === "object" ? "j-no" : undefined}>
                  {own && typeof row.state === "object" && <ErrorLine>{row.state.problem}</ErrorLine>}
                  {own ?? <UploadLine upload={row} />}
                  <button
                    type="button"
                    className="btn btn-icon"
                    aria-label={`Leave out ${row.name}`}
                    onClick={() => {
                      setRows((before) => before.filter((one) => one.key !== row.key));
                      picker.current?.focus();
                    }}
                  >
                    <Icon name="x" />
                  </button>
                </li>
              );
            })}
          </ul>
        )}
        <p className="sr" role="status">
          {busy
            ? words.busy
            : rows.length > left.length
              ? `${rows.length - left.length} of ${rows.length} ${words.done}`
              : rows.length > 0
                ? `${rows.length} chosen`
                : ""}
        </p>
      </div>
      <div className="d-foot">
        <p className="small dim">{words.note}</p>
        <LinkButton href={closeHref} scroll={false}>
          Close
        </LinkButton>
        <Button type="submit" variant={onlyRefused ? "plain" : "go"} aria-disabled={busy || undefined}>
          {busy ? words.busy : onlyRefused ? "Try again" : words.submit(left.length)}
        </Button>
      </div>
    </form>
  );
}
