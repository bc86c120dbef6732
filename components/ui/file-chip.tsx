import type { ReactNode } from "react";
import { bytesWords } from "@/components/ui/bytes";
import { Icon } from "@/components/ui/icon";

export type FileView = {
  id: string;
  name: string;
  /** Where it is downloaded; left out while it can't be (being scanned, gone). */
  href?: string | undefined;
  size?: number | undefined;
  /** A word on it: a day, why it can't be opened. */
  note?: ReactNode;
  /** Came from another district: canary, read-only. `note` says from whom. */
  received?: boolean | undefined;
  /** What can be done with it. */
  actions?: ReactNode;
};

/** A file's name as a download, with its note and size beneath. */
function FileChip({ file: { name, href, size, note, actions } }: { file: Omit<FileView, "id"> }) {
  return (
    <>
      <Icon name="file-text" />
      <span>
        {href ? <a href={href}>{name}</a> : name}
        <small>
          {note}
          {note && size !== undefined && " · "}
          {size !== undefined && <span className="nowrap">{bytesWords(size)}</span>}
        </small>
      </span>
      {actions}
    </>
  );
}

/** Files one below the other. */
export function FileList({ files }: { files: readonly FileView[] }) {
  return (
    <ul className="att">
      {files.map((file) => (
        <li key={file.id} className={file.received ? "att-copy" : undefined}>
          <FileChip file={file} />
        </li>
      ))}
    </ul>
  );
}
