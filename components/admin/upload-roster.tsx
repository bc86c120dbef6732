"use client";

import { useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { describedBy, Field } from "@/components/ui/field";
import { ProblemSummary } from "@/components/ui/problem-summary";

const largest = 100 * 1000 * 1000;

/** Takes a OneRoster zip: an ordinary form, so that it works without script and the browser shows how far it is. */
export function UploadRoster({ url, problem }: { url: string; problem?: string | undefined }) {
  const id = useId();
  const [error, setError] = useState(problem);
  const [tries, setTries] = useState(0);
  const [sending, setSending] = useState(false);
  return (
    <form
      className="stack max-w-[640px]"
      method="post"
      encType="multipart/form-data"
      action={url}
      onSubmit={(event) => {
        const file = new FormData(event.currentTarget).get("file");
        const wrong = !(file instanceof File && file.name !== "")
          ? "Choose a file first."
          : file.size > largest
            ? "The file is larger than 100 MB, which no roster’s bundle is. Upload the OneRoster zip alone."
            : undefined;
        if (wrong || sending) event.preventDefault();
        if (sending) return;
        setError(wrong);
        setTries((before) => before + 1);
        setSending(wrong === undefined);
      }}
    >
      {error && <ProblemSummary key={tries} formId={id} fields={{ file: error }} />}
      <Field
        id={`${id}-file`}
        label="OneRoster bundle"
        hint="The CSV zip that your student information system exports, version 1.1 or 1.2. It’s checked first; nothing changes until you apply it."
        error={error}
      >
        <input
          className={error ? "in in-file is-bad" : "in in-file"}
          id={`${id}-file`}
          name="file"
          type="file"
          accept=".zip,application/zip"
          aria-describedby={describedBy(`${id}-file`, { hint: true, error })}
        />
      </Field>
      <div>
        <Button type="submit" variant="go" icon="upload" aria-disabled={sending || undefined}>
          {sending ? "Uploading…" : "Upload and check"}
        </Button>
      </div>
    </form>
  );
}
