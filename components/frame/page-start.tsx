"use client";

import { useEffect } from "react";

const ending = " · Baton";

/**
 * What the browser does by itself for a page that it loads whole: the first Tab begins at the top, with *Skip to main content*. And for
 * people with several districts the tab's title says which one it is: pages' titles are fixed, so it is put in here.
 */
export function PageStart({ district }: { district: string | null }) {
  useEffect(() => {
    if (document.activeElement !== document.body || document.querySelector("dialog:modal")) return;
    document.body.tabIndex = -1;
    document.body.focus({ preventScroll: true });
    document.body.removeAttribute("tabindex");
  }, []);

  useEffect(() => {
    if (district === null) return;
    const wanted = ` · ${district}${ending}`;
    const name = () => {
      const { title } = document;
      if (title.endsWith(ending) && !title.endsWith(wanted)) document.title = title.slice(0, -ending.length) + wanted;
    };
    name();
    const changes = new MutationObserver(name);
    changes.observe(document.head, { childList: true, characterData: true, subtree: true });
    return () => {
      changes.disconnect();
      if (document.title.endsWith(wanted)) document.title = document.title.slice(0, -wanted.length) + ending;
    };
  }, [district]);
  return null;
}
