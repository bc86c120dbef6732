"use client";

import { useState } from "react";
import { Button, type ButtonProps } from "@/components/ui/button";

/** Copies `text` and says so below the row of buttons, which stay where they are. Hidden without script. */
export function CopyButton({
  text,
  done = "Copied",
  children = "Copy",
  ...rest
}: { text: string; done?: string } & ButtonProps) {
  const [said, setSaid] = useState("");
  async function copy() {
    setSaid("");
    try {
      await navigator.clipboard.writeText(text);
      setSaid(done);
    } catch {
      setSaid("Your browser doesn’t allow copying. Mark the text and copy it by hand.");
    }
  }
  return (
    <>
      <Button
        icon="copy"
        {...rest}
        className={`script-only ${rest.className ?? ""}`.trim()}
        onClick={() => void copy()}
      >
        {children}
      </Button>
      <span className="small dim said" role="status">
        {said}
      </span>
    </>
  );
}
