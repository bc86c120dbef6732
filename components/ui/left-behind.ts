"use client";

/**
 * What a dialog was opened from, while its page stands over the list: which rows were ticked, and which control was used. The list is
 * drawn anew behind the dialog and again once it's closed; this puts it back as it was. Kept in memory only, and dropped as soon as the
 * dialog leads anywhere but back.
 */

type Ticks = { form: string; values: ReadonlySet<string>; all: boolean };

let ticks: Ticks | null = null;
let opener: { selector: string; words: string | null } | null = null;
let closing = false;

/** Remembers the ticked rows of a form that is being sent. `all` says that it reaches beyond the page. */
export function keepTicks(form: string, values: readonly string[], all: boolean): void {
  ticks = { form, values: new Set(values), all };
}

/** The rows to tick in a list that has just been drawn; null where it begins anew. */
export function ticksOf(form: string): Ticks | null {
  const found = ticks?.form === form ? ticks : null;
  const behind = document.querySelector("dialog.dlg-page") !== null;
  if (!behind) {
    ticks = null;
    if (!closing) return null;
  }
  return found;
}

/** What finds a control again on a page that was drawn anew. Ids that React makes are others then: its words are left. */
function markOf(control: Element): typeof opener {
  const label = control.getAttribute("aria-label");
  const by = (selector: string) => ({ selector, words: null });
  if (label) return by(`${control.localName}[aria-label="${CSS.escape(label)}"]`);
  const href = control.getAttribute("href");
  if (href) return by(`a[href="${CSS.escape(href)}"]`);
  const name = control.getAttribute("name");
  if (name) return by(`button[name="${CSS.escape(name)}"][value="${CSS.escape(control.getAttribute("value") ?? "")}"]`);
  return { selector: control.localName, words: control.textContent };
}

/** Remembers a control that was used outside of any dialog; an item of a menu by the menu's button. */
export function keepOpener(event: MouseEvent): void {
  const used = event.target instanceof Element ? event.target.closest("a[href], button") : null;
  if (!used || used.closest("dialog")) return;
  const menu = used.closest("[popover]");
  const button = menu && document.querySelector(`[popovertarget="${CSS.escape(menu.id)}"]`);
  opener = markOf(button ?? used);
}

/** A dialog's page stands: from here on only its closing gives anything back. */
export function dialogOpened(): void {
  closing = false;
}

/** The dialog is being closed, not sent. */
export function dialogCloses(): void {
  closing = true;
}

/** The dialog's page has gone: where it was closed, the focus goes back to what had opened it. */
export function dialogGone(): void {
  if (!closing) {
    ticks = null;
    return;
  }
  const wanted = opener;
  // Some controls show a moment later: the bulk bar's, once its rows are counted.
  const giveBack = (framesLeft: number) => {
    closing = false;
    if (!wanted || (document.activeElement && document.activeElement !== document.body)) return;
    [...document.querySelectorAll<HTMLElement>(wanted.selector)]
      .find((one) => wanted.words === null || one.textContent === wanted.words)
      ?.focus({ preventScroll: true });
    if (framesLeft > 0) requestAnimationFrame(() => giveBack(framesLeft - 1));
  };
  requestAnimationFrame(() => giveBack(20));
}
