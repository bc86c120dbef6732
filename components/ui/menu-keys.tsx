"use client";

import { useEffect } from "react";
import { keepOpener } from "@/components/ui/left-behind";

const items = (menu: Element) => [
  ...menu.querySelectorAll<HTMLElement>('[role^="menuitem"]:not([aria-disabled="true"])'),
];

const invokerOf = (menu: Element) => document.querySelector<HTMLElement>(`[popovertarget="${CSS.escape(menu.id)}"]`);

/** Where the browser can't anchor a popover, this puts it beside its button. */
function place(menu: HTMLElement) {
  const button = invokerOf(menu)?.getBoundingClientRect();
  if (!button) return;
  const { width, height } = menu.getBoundingClientRect();
  const below = button.bottom + 6;
  const above = button.top - height - 6;
  const up = menu.classList.contains("menu-top") ? above >= 8 : below + height > window.innerHeight && above >= 8;
  const left = menu.classList.contains("menu-start") ? button.left : button.right - width;
  menu.style.inset = `${up ? above : below}px auto auto ${Math.max(8, Math.min(left, window.innerWidth - width - 8))}px`;
  menu.style.margin = "0";
}

/**
 * The keys of every menu on the page, from one listener: focus goes in on opening; arrows, Home, End and first letters move; Tab and
 * choosing close. Esc, closing by a click elsewhere and giving back the focus are the browser's own.
 */
export function MenuKeys() {
  useEffect(() => {
    const anchors = CSS.supports("position-area", "bottom span-left");

    const onToggle = (event: Event) => {
      const menu = event.target;
      if (!(menu instanceof HTMLElement) || menu.getAttribute("role") !== "menu") return;
      if ((event as ToggleEvent).newState !== "open") return;
      if (!anchors) place(menu);
      items(menu)[0]?.focus();
    };

    const onKey = (event: KeyboardEvent) => {
      const target = event.target instanceof Element ? event.target : null;
      const menu = target?.closest<HTMLElement>('[role="menu"][popover]');
      if (!menu) {
        // Down on a menu's button opens it.
        const id =
          event.key === "ArrowDown"
            ? target?.closest("[popovertarget][aria-haspopup=menu]")?.getAttribute("popovertarget")
            : null;
        if (!id) return;
        event.preventDefault();
        document.getElementById(id)?.showPopover();
        return;
      }
      const all = items(menu);
      const at = all.findIndex((item) => item === target);
      const go = (index: number) => {
        event.preventDefault();
        all.at(index % all.length)?.focus();
      };
      if (event.key === "ArrowDown") go(at + 1);
      else if (event.key === "ArrowUp") go(at - 1);
      else if (event.key === "Home") go(0);
      else if (event.key === "End") go(-1);
      else if (event.key === "Tab") menu.hidePopover();
      else if (event.key === " " && target instanceof HTMLAnchorElement) {
        event.preventDefault();
        target.click();
      } else if (event.key.length === 1 && !event.metaKey && !event.ctrlKey && !event.altKey) {
        const letter = event.key.toLowerCase();
        const next = [...all.slice(at + 1), ...all.slice(0, at + 1)].find((item) =>
          item.textContent?.trim().toLowerCase().startsWith(letter),
        );
        next?.focus();
      }
    };

    const onClick = (event: MouseEvent) => {
      const item = event.target instanceof Element ? event.target.closest('[role^="menuitem"]') : null;
      item?.closest<HTMLElement>("[popover]")?.hidePopover();
    };

    // A toggle event doesn't bubble, but it can be caught on its way down.
    document.addEventListener("toggle", onToggle, true);
    document.addEventListener("keydown", onKey);
    document.addEventListener("click", onClick);
    document.addEventListener("click", keepOpener, true);
    return () => {
      document.removeEventListener("toggle", onToggle, true);
      document.removeEventListener("keydown", onKey);
      document.removeEventListener("click", onClick);
      document.removeEventListener("click", keepOpener, true);
    };
  }, []);
  return null;
}
