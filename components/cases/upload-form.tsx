"use client";

import { UploadDialog, type UploadPlace } from "@/components/ui/upload-dialog";

/** Adds files to a case, inside a dialog. */
export function UploadForm(place: UploadPlace) {
  return (
    <UploadDialog
      {...place}
      begin={() => null}
      words={{
        list: "Files to add",
        submit: () => "Add files",
        busy: "Adding…",
        done: "added",
        note: "Everybody who sees the case sees its files.",
      }}
    />
  );
}
