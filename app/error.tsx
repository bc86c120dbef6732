"use client";

import { useEffect, useRef } from "react";
import { Button } from "@/components/ui/button";

/** What went wrong while a page was made. The digest is the server's own number for it; it stands in the log. */
export default function ErrorPage({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), []);
  return (
    <main id="main" className="wrap narrow lone">
      <h1 ref={title} tabIndex={-1}>
        This page couldn’t be shown
      </h1>
      <p>
        Something went wrong on our side, and nothing was changed. Try again; if it stays, tell your district admin.
      </p>
      {error.digest && (
        <p className="small dim">
          Reference <span className="id">{error.digest}</span>
        </p>
      )}
      <div className="btns">
        <Button variant="go" onClick={reset}>
          Try again
        </Button>
        <a className="btn" href="/">
          Go to your pages
        </a>
      </div>
    </main>
  );
}
