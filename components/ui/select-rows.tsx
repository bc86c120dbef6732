"use client";

import { useEffect, useRef, useState } from "react";

const boxesOf = (form: string, name: string) =>
  [
    ...(document
      .getElementById(form)
      ?.querySelectorAll<HTMLInputElement>(`input[type=checkbox][name="${CSS.escape(name)}"]`) ?? []),
  ].filter((box) => !box.disabled);

/** How many of a form's boxes are ticked. Recounts on any change inside the form, and when the rows change. */
export function useTicked(form: string, name: string): { ticked: number; all: number } {
  const [count, setCount] = useState({ ticked: 0, all: 0 });
  useEffect(() => {
    const element = document.getElementById(form);
    if (!element) return;
    const recount = () => {
      const boxes = boxesOf(form, name);
      setCount((before) => {
        const now = { ticked: boxes.filter((box) => box.checked).length, all: boxes.length };
        return before.ticked === now.ticked && before.all === now.all ? before : now;
      });
    };
    recount();
    const rows = new MutationObserver(recount);
    rows.observe(element, { childList: true, subtree: true });
    element.addEventListener("change", recount);
    return () => {
      rows.disconnect();
      element.removeEventListener("change", recount);
    };
  }, [form, name]);
  return count;
}

/** Ticks boxes by script and tells whoever counts them. */
export function tickRows(form: string, name: string, wanted: (box: HTMLInputElement) => boolean): void {
  const boxes = boxesOf(form, name);
  for (const box of boxes) box.checked = wanted(box);
  boxes[0]?.dispatchEvent(new Event("change", { bubbles: true }));
}

/** The values of the ticked rows. */
export const tickedIn = (form: string, name: string): string[] =>
  boxesOf(form, name)
    .filter((box) => box.checked)
    .map((box) => box.value);

/** Puts the focus on the bulk bar's menu, if it stands there. */
export function goToBulk(form: string): void {
  document.getElementById(form)?.querySelector<HTMLElement>(".bulk [aria-haspopup=menu]")?.focus();
}

/** For the head's cell: leads from the first box to the bar at the foot of a long list. There for the keyboard, once rows are ticked. */
export function GoToBulk({ form, name }: { form: string; name: string }) {
  const { ticked } = useTicked(form, name);
  if (ticked === 0) return null;
  return (
    <a
      className="go-bulk"
      href={`#${form}-bulk`}
      onClick={(event) => {
        event.preventDefault();
        goToBulk(form);
      }}
    >
      Go to Bulk Actions
    </a>
  );
}

/**
 * The head's box: ticks every row of the page, shows when only some are ticked. Shift and a click on a row tick all rows from the last
 * one clicked. `form` is the id of the form around the table, `name` that of the rows' boxes. Hidden without script.
 */
export function SelectPage({
  form,
  name,
  label = "Select all on this page",
}: {
  form: string;
  name: string;
  label?: string;
}) {
  const { ticked, all } = useTicked(form, name);
  const box = useRef<HTMLInputElement>(null);

  useEffect(() => {
    if (box.current) box.current.indeterminate = ticked > 0 && ticked < all;
  }, [ticked, all]);

  useEffect(() => {
    const element = document.getElementById(form);
    if (!element) return;
    let last: HTMLInputElement | undefined;
    const onClick = (event: MouseEvent) => {
      const clicked = event.target;
      if (!(clicked instanceof HTMLInputElement) || clicked.name !== name) return;
      if (event.shiftKey && last) {
        const boxes = boxesOf(form, name);
        const [from = 0, to = 0] = [boxes.indexOf(last), boxes.indexOf(clicked)].sort((a, b) => a - b);
        for (const between of boxes.slice(Math.max(0, from), to + 1)) between.checked = clicked.checked;
      }
      last = clicked;
    };
    element.addEventListener("click", onClick);
    return () => element.removeEventListener("click", onClick);
  }, [form, name]);

  return (
    <label className="box script-only">
      <input
        ref={box}
        type="checkbox"
        aria-label={label}
        checked={all > 0 && ticked === all}
        onChange={(event) => {
          const { checked } = event.currentTarget;
          tickRows(form, name, () => checked);
        }}
      />
      <span className="m-only">{label}</span>
    </label>
  );
}
