"use client";

import { bytesWords } from "@/components/ui/bytes";
import { ErrorLine } from "@/components/ui/field";
import { Icon } from "@/components/ui/icon";

/** A file on its way; sizes in bytes. */
export type Upload = {
  name: string;
  size: number;
  sent: number;
  state: "waits" | "runs" | "done" | { problem: string };
};

/** For a file field: what lib/storage takes. */
export const acceptedFiles = ".pdf,.docx,.png,.jpg,.jpeg,.txt";

/** Whether some are still on their way. */
export const isBusy = (uploads: readonly Upload[]): boolean =>
  uploads.some((upload) => upload.state === "waits" || upload.state === "runs");

/** What a summary says of files that were refused; the reasons stand beside each. */
export const refusedWords = (problems: readonly string[]): string =>
  problems.length === 1 && problems[0]
    ? problems[0]
    : `${problems.length} files weren’t added. Beside each stands why: mend them, then choose them again.`;

/** A file on its way, as far as it is; stands in an item of a list. */
export function UploadLine({ upload }: { upload: Upload }) {
  const { name, size, sent, state } = upload;
  const refused = typeof state === "object";
  return (
    <>
      {state === "done" && <Icon name="check" />}
      <span className="grow">
        {refused ? <ErrorLine>{state.problem}</ErrorLine> : <span className="text-ink">{name}</span>}{" "}
        {!refused && (
          <span className="small dim">
            {state === "done"
              ? "added"
              : state === "waits"
                ? bytesWords(size)
                : `${bytesWords(sent)} of ${bytesWords(size)}`}
          </span>
        )}
        {state === "runs" && <progress className="bar-p" max={Math.max(1, size)} value={sent} aria-label={name} />}
      </span>
    </>
  );
}
