"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";

/** Looks for new mails every few seconds while the page is seen, and on a click; says when some came. */
export function RefreshMails({ newest }: { newest: string | null }) {
  const router = useRouter();
  const [before, setBefore] = useState(newest);
  useEffect(() => {
    const clock = setInterval(() => {
      if (document.visibilityState === "visible") router.refresh();
    }, 4000);
    return () => clearInterval(clock);
  }, [router]);
  const came = newest !== null && newest !== before;
  return (
    <>
      <span className="small dim" role="status">
        {came ? "New mail" : ""}
      </span>
      <Button
        small
        icon="refresh-cw"
        className="script-only"
        onClick={() => {
          setBefore(newest);
          router.refresh();
        }}
      >
        Refresh
      </Button>
      <a className="btn btn-s no-script-only" href="/mailbox">
        Refresh
      </a>
    </>
  );
}
