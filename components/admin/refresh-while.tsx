"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";

/** Draws the page again every two seconds, for as long as it's there. Without script the browser loads it again every five. */
export function RefreshWhile() {
  const router = useRouter();
  useEffect(() => {
    const timer = setInterval(() => router.refresh(), 2_000);
    return () => clearInterval(timer);
  }, [router]);
  return (
    <noscript>
      <meta httpEquiv="refresh" content="5" />
    </noscript>
  );
}
