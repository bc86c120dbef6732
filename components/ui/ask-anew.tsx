"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";

/** How the pages on screen that want it are asked for anew. */
const here = new Set<() => void>();
let cameBack = false;

function askAnew(): void {
  const [ask] = here;
  if (!cameBack || !ask) return;
  cameBack = false;
  ask();
}

// The router draws what was come back to as it was left, now before this hears of it, now after.
if (typeof window !== "undefined")
  window.addEventListener("popstate", () => {
    cameBack = true;
    setTimeout(askAnew, 50);
    setTimeout(() => {
      cameBack = false;
    }, 3_000);
  });

/**
 * On a page with a form that something was decided by: whoever comes back to it by the browser's Back sees it as it stands now, or is
 * led on, not the form as if nothing had been sent.
 */
export function AskAnew() {
  const router = useRouter();
  useEffect(() => {
    const ask = () => router.refresh();
    const onShow = (event: PageTransitionEvent) => {
      if (event.persisted) ask();
    };
    here.add(ask);
    const later = setTimeout(askAnew, 50);
    window.addEventListener("pageshow", onShow);
    return () => {
      here.delete(ask);
      clearTimeout(later);
      window.removeEventListener("pageshow", onShow);
    };
  }, [router]);
  return null;
}
