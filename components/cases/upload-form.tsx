"use client";

import { useRouter } from "next/navigation";
import { useId, useRef, useState } from "react";
import { Button, LinkButton } from "@/components/ui/button";
import { describedBy, Field } from "@/components/ui/field";
import { ProblemSummary } from "@/components/ui/problem-summary";
import { sendFile } from "@/components/ui/send-file";
import { acceptedFiles, isBusy, refusedWords, type Upload, UploadProgress } from "@/components/ui/upload-progress";

/**
 * Adds files to a case, inside a dialog. Without script the form goes to the same address with all files at once; with script they go
 * one by one, streamed, each with its progress, and the refused ones say why.
 */
export function UploadForm({
  url,
  closeHref,
  largest,
  problem,
}: {
  url: string;
  closeHref: string /** In bytes. */;
  largest: number /** Of a form that was sent without script. */;
  problem?: string | undefined;
}) {
  const id = useId();
  const router = useRouter();
  const form = useRef<HTMLFormElement>(null);
  const [uploads, setUploads] = useState<Upload[]>([]);
  const [error, setError] = useState(problem);
  const [tries, setTries] = useState(0);
  const busy = isBusy(uploads);

  const change = (at: number, part: Partial<Upload>) =>
    setUploads((before) => before.map((upload, n) => (n === at ? { ...upload, ...part } : upload)));

  function complain(sentence: string) {
    setError(sentence);
    setTries((before) => before + 1);
  }

  /** Null, or why the file was refused. */
  async function send(file: File, at: number): Promise<string | null> {
    change(at, { state: "runs" });
    const problem =
      file.size > largest
        ? `“${file.name}” is larger than 50 MB. Make it smaller or split it.`
        : await sendFile(url, file, {}, (sent) => change(at, { sent }));
    change(at, problem === null ? { state: "done", sent: file.size } : { state: { problem } });
    return problem;
  }

  async function sendAll(files: File[]) {
    setError(undefined);
    setUploads(files.map((file) => ({ name: file.name, size: file.size, sent: 0, state: "waits" })));
    const problems: string[] = [];
    for (const [at, file] of files.entries()) {
      const refused = await send(file, at);
      if (refused !== null) problems.push(refused);
    }
    form.current?.reset();
    router.refresh();
    if (problems.length === 0) router.push(closeHref, { scroll: false });
    else complain(refusedWords(problems));
  }

  return (
    <form
      ref={form}
      className="d-form"
      method="post"
      encType="multipart/form-data"
      action={url}
      onSubmit={(event) => {
        event.preventDefault();
        if (busy) return;
        const files = new FormData(event.currentTarget)
          .getAll("file")
          .filter((file): file is File => file instanceof File && file.name !== "");
        if (files.length > 0) return void sendAll(files);
        complain("Choose a file first.");
      }}
    >
      <div className="d-body">
        {error && <ProblemSummary key={tries} formId={id} fields={{ file: error }} />}
        <Field
          id={`${id}-file`}
          label="Files"
          hint="PDF, DOCX, PNG, JPEG or TXT, up to 50 MB each. Several can be chosen at once."
          error={error}
        >
          <input
            className={error ? "in in-file is-bad" : "in in-file"}
            id={`${id}-file`}
            name="file"
            type="file"
            multiple
            accept={acceptedFiles}
            aria-describedby={describedBy(`${id}-file`, { hint: true, error })}
          />
        </Field>
        <UploadProgress uploads={uploads} />
      </div>
      <div className="d-foot">
        <p className="small dim">Everybody who sees the case sees its files.</p>
        <LinkButton href={closeHref} scroll={false}>
          Close
        </LinkButton>
        <Button type="submit" variant="go" aria-disabled={busy || undefined}>
          {busy ? "Adding…" : "Add files"}
        </Button>
      </div>
    </form>
  );
}
