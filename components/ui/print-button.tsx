"use client";

import { Button, type ButtonProps } from "@/components/ui/button";

/** Prints the page as its print style has it. Hidden without script: the browser's own Print does the same. */
export function PrintButton({ children = "Print", ...rest }: ButtonProps) {
  return (
    <Button
      icon="printer"
      {...rest}
      className={`script-only ${rest.className ?? ""}`.trim()}
      onClick={() => window.print()}
    >
      {children}
    </Button>
  );
}
