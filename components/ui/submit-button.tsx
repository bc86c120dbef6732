"use client";

import { useFormStatus } from "react-dom";
import { Button, type ButtonProps } from "@/components/ui/button";
import { useFormPending } from "@/components/ui/form-state";

/**
 * Sends its form. While that runs it takes no second click, keeps its words and its focus, and says "Working…" to a screen reader (an
 * ActionForm says it itself). The one filled button of the view unless `variant` says otherwise.
 */
export function SubmitButton({ variant = "go", children, onClick, ...rest }: Omit<ButtonProps, "type">) {
  const inForm = useFormPending();
  const { pending: native } = useFormStatus();
  const pending = inForm || native;
  return (
    <>
      <Button
        {...rest}
        type="submit"
        variant={variant}
        aria-disabled={pending || undefined}
        onClick={(event) => {
          if (pending) event.preventDefault();
          else onClick?.(event);
        }}
      >
        {children}
      </Button>
      {native && !inForm && (
        <span className="sr" role="status">
          Working…
        </span>
      )}
    </>
  );
}
