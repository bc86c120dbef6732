"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";

/**
 * Draws the page again once one of its packages is sealed. Asks for a count until then, because drawing the page shows codes, and each
 * showing is written down. Without script the browser loads the page again every few seconds.
 */
export function WatchSealing({ url, preparing }: { url: string; preparing: number }) {
  const router = useRouter();
  useEffect(() => {
    let stopped = false;
    async function ask() {
      if (stopped) return;
      try {
        const response = await fetch(url, { cache: "no-store" });
        if (response.ok) {
          const answer = (await response.json()) as { preparing: number };
          if (answer.preparing !== preparing) return router.refresh();
        }
      } catch {
        // No network for a moment: the next question may get through.
      }
      if (!stopped) setTimeout(() => void ask(), 1500);
    }
    const first = setTimeout(() => void ask(), 1000);
    return () => {
      stopped = true;
      clearTimeout(first);
    };
  }, [url, preparing, router]);
  return (
    <noscript>
      <meta httpEquiv="refresh" content="5" />
    </noscript>
  );
}
