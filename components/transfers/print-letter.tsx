"use client";

import { Button } from "@/components/ui/button";

/** Prints one letter of the page, and nothing else of it. Hidden without script: the browser's own Print gives the letters as well. */
export function PrintLetter({ letterId }: { letterId: string }) {
  function print() {
    const letter = document.getElementById(letterId);
    // The print style leaves the letter out of all that bears the mark.
    letter?.setAttribute("data-print", "now");
    window.addEventListener("afterprint", () => letter?.removeAttribute("data-print"), { once: true });
    window.print();
  }
  return (
    <Button className="script-only" icon="printer" onClick={print}>
      Print letter
    </Button>
  );
}
