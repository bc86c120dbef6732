"use client";

import { useRouter } from "next/navigation";
import { useId, useRef, useState } from "react";
import { Button, LinkButton } from "@/components/ui/button";
import { bytesWords } from "@/components/ui/bytes";
import { describedBy, ErrorLine, Field } from "@/components/ui/field";
import { Icon } from "@/components/ui/icon";
import { ProblemSummary } from "@/components/ui/problem-summary";

type Upload = { name: string; size: number; sent: number; state: "waits" | "runs" | "done" | { problem: string } };

const accepted = ".pdf,.docx,.png,.jpg,.jpeg,.txt";
const lost = "The connection was lost. Check it, then add the file again.";

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
  const busy = uploads.some((upload) => upload.state === "waits" || upload.state === "runs");

  const change = (at: number, part: Partial<Upload>) =>
    setUploads((before) => before.map((upload, n) => (n === at ? { ...upload, ...part } : upload)));

  function send(file: File, at: number): Promise<boolean> {
    if (file.size > largest) {
      change(at, { state: { problem: `“${file.name}” is larger than 50 MB. Make it smaller or split it.` } });
      return Promise.resolve(false);
    }
    return new Promise((done) => {
      const request = new XMLHttpRequest();
      request.open("POST", url);
      request.setRequestHeader("content-type", "application/octet-stream");
      request.setRequestHeader("x-file-name", encodeURIComponent(file.name.toWellFormed()));
      request.upload.onprogress = (event) => change(at, { sent: event.loaded });
      request.onload = () => {
        const ok = request.status === 201;
        change(at, ok ? { state: "done", sent: file.size } : { state: { problem: request.responseText || lost } });
        done(ok);
      };
      request.onerror = () => {
        change(at, { state: { problem: lost } });
        done(false);
      };
      change(at, { state: "runs" });
      request.send(file);
    });
  }

  async function sendAll(files: File[]) {
    setError(undefined);
    setUploads(files.map((file) => ({ name: file.name, size: file.size, sent: 0, state: "waits" })));
    let whole = true;
    for (const [at, file] of files.entries()) whole = (await send(file, at)) && whole;
    form.current?.reset();
    router.refresh();
    if (whole) router.push(closeHref, { scroll: false });
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
        setError("Choose a file first.");
        setTries((before) => before + 1);
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
            accept={accepted}
            aria-describedby={describedBy(`${id}-file`, { hint: true, error })}
          />
        </Field>
        {uploads.length > 0 && (
          <ul className="job" aria-label="Files being added">
            {uploads.map((upload, at) => (
              <li
                key={at}
                className={upload.state === "done" ? "j-ok" : typeof upload.state === "object" ? "j-no" : undefined}
              >
                {upload.state === "done" && <Icon name="check" />}
                <span className="grow">
                  {typeof upload.state === "object" ? (
                    <ErrorLine>{upload.state.problem}</ErrorLine>
                  ) : (
                    <span className="text-ink">{upload.name}</span>
                  )}{" "}
                  {typeof upload.state !== "object" && (
                    <span className="small dim">
                      {upload.state === "done"
                        ? "added"
                        : upload.state === "waits"
                          ? "waits"
                          : `${bytesWords(upload.sent)} of ${bytesWords(upload.size)}`}
                    </span>
                  )}
                  {upload.state === "runs" && (
                    <progress
                      className="bar-p"
                      max={Math.max(1, upload.size)}
                      value={upload.sent}
                      aria-label={upload.name}
                    />
                  )}
                </span>
              </li>
            ))}
          </ul>
        )}
        <p className="sr" role="status">
          {busy
            ? `Adding ${uploads.length === 1 ? "the file" : "the files"}…`
            : uploads.length > 0
              ? `${uploads.filter((upload) => upload.state === "done").length} of ${uploads.length} added`
              : ""}
        </p>
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
