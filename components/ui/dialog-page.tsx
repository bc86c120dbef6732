"use client";

import { type ReactNode, useEffect, useId, useRef } from "react";
import { AskAnew } from "@/components/ui/ask-anew";
import { Icon } from "@/components/ui/icon";
import { dialogCloses, dialogGone, dialogOpened } from "@/components/ui/left-behind";
import { Link } from "@/components/ui/link";

/** Under this width, and without script, a dialog is a page of its own. globals.css says the same. */
const asDialog = "(min-width: 761px)";

/** What the focus goes to, first to last: what asks for it, a summary of problems, the first field, the heading. */
const starts = [
  "[data-autofocus]",
  ".summary",
  ".d-body :is(input:not([type=hidden]), select, textarea):not(:disabled)",
  ".d-head h1",
];

/** The first of them that can be seen: what shows without script alone can't take the focus, and the browser would leave it on Close. */
function startOf(dialog: HTMLElement): HTMLElement | undefined {
  return starts
    .flatMap((selector) => [...dialog.querySelectorAll<HTMLElement>(selector)])
    .find((one) => one.checkVisibility({ visibilityProperty: true }));
}

/**
 * A dialog that is a page with its own URL: stands beside the list that it came from (last in the page), shown modal where script runs
 * and there's room, else as a page with the list hidden. Esc and Close go to `closeHref`, and the focus back to what opened it.
 *
 * Plain children stand in the scrolling part, `foot` below it. With `bare`, children bring both themselves: <ActionForm foot={…}>.
 * Final things put `data-autofocus` on the safe button.
 */
export function DialogPage({
  title,
  closeHref,
  wide,
  bare,
  columns,
  foot,
  children,
}: {
  title: ReactNode;
  closeHref: string;
  /** 1040 px instead of 600. */
  wide?: boolean | undefined;
  bare?: boolean | undefined;
  columns?: boolean | undefined;
  foot?: ReactNode;
  children: ReactNode;
}) {
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const close = useRef<HTMLAnchorElement>(null);

  useEffect(() => {
    const element = dialog.current;
    if (!element) return;
    const room = matchMedia(asDialog);
    const show = () => {
      // Where somebody is already, before script ran or when the window's width changes: they stay there.
      const at = document.activeElement;
      const held = at instanceof HTMLElement && element.contains(at) ? at : undefined;
      if (element.open) element.close();
      if (room.matches) element.showModal();
      else element.show();
      (held ?? startOf(element))?.focus({ preventScroll: !room.matches });
    };
    show();
    room.addEventListener("change", show);
    return () => {
      room.removeEventListener("change", show);
      if (element.open) element.close();
    };
  }, []);

  useEffect(() => {
    const element = dialog.current;
    dialogOpened();
    const home = new URL(closeHref, location.href).href;
    const onClick = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[href]") : null;
      if (link?.href === home) dialogCloses();
    };
    element?.addEventListener("click", onClick);
    window.addEventListener("popstate", dialogCloses);
    return () => {
      element?.removeEventListener("click", onClick);
      window.removeEventListener("popstate", dialogCloses);
      if (!element?.isConnected) dialogGone();
    };
  }, [closeHref]);

  return (
    <dialog
      open
      ref={dialog}
      className={wide ? "dlg dlg-page wide" : "dlg dlg-page"}
      aria-labelledby={id}
      onClose={(event) => {
        // The browser lets a second Esc in a row through, whatever was said to the first; the page is still this one.
        const { currentTarget: element } = event;
        if (event.target !== element || element.open) return;
        if (matchMedia(asDialog).matches) element.showModal();
        else element.show();
        close.current?.click();
      }}
      onCancel={(event) => {
        // By way of the link, so that a form with something unsent can ask first.
        if (event.target !== event.currentTarget) return;
        event.preventDefault();
        close.current?.click();
      }}
    >
      <AskAnew />
      <div className="d-head">
        <h1 id={id} tabIndex={-1} className="outline-none">
          {title}
        </h1>
        <Link ref={close} className="btn btn-icon" href={closeHref} scroll={false} aria-label="Close">
          <Icon name="x" />
        </Link>
      </div>
      {bare ? (
        children
      ) : (
        <>
          <div className={columns ? "d-body d-two" : "d-body"}>{children}</div>
          {foot && <div className="d-foot">{foot}</div>}
        </>
      )}
    </dialog>
  );
}
