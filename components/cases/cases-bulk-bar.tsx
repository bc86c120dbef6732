"use client";

import { useEffect, useState } from "react";
import { keepTicks, ticksOf } from "@/components/ui/left-behind";
import { Menu, MenuButton } from "@/components/ui/menu";
import { goToBulk, tickedIn, tickRows, useTicked } from "@/components/ui/select-rows";

const counted = new Intl.NumberFormat("en-US");

/**
 * The bar that sticks to the foot of the list while cases are chosen. "Select all N that match" reaches beyond the page: the form then
 * says `all`, and the server looks for the cases itself. Without script the bar stands there always, and that button sends at once.
 * Another query begins a new choice: the list's query is its `key`.
 */
export function CasesBulkBar({
  form,
  total,
  more,
  limit,
  hint,
}: {
  form: string;
  total: number;
  /** There are more than `total`. */
  more: boolean;
  /** At most so many travel at once. */
  limit: number;
  /** What Transfer to District does, or why it can't now. */
  hint: string;
}) {
  const { ticked, all } = useTicked(form, "case");
  const [matching, setMatching] = useState(false);

  // A box whose tick was taken away ends it.
  useEffect(() => {
    if (ticked < all) setMatching(false);
  }, [ticked, all]);

  // The rows that were ticked when the dialog was opened: behind it, and after it was closed.
  useEffect(() => {
    const before = ticksOf(form);
    if (!before) return;
    tickRows(form, "case", (box) => before.values.has(box.value));
    setMatching(before.all);
  }, [form]);
  useEffect(() => {
    const element = document.getElementById(form);
    const onSend = () => keepTicks(form, tickedIn(form, "case"), matching);
    element?.addEventListener("submit", onSend);
    return () => element?.removeEventListener("submit", onSend);
  }, [form, matching]);

  // Who presses Enter on a box doesn't mean to send the form, but is done choosing.
  useEffect(() => {
    const element = document.getElementById(form);
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "Enter" || !(event.target instanceof HTMLInputElement) || event.target.type !== "checkbox")
        return;
      event.preventDefault();
      goToBulk(form);
    };
    element?.addEventListener("keydown", onKey);
    return () => element?.removeEventListener("keydown", onKey);
  }, [form]);

  const beyond = total > all || more;
  const tooMany = more || total > limit;
  return (
    <div
      className={ticked > 0 ? "bulk" : "bulk no-script-only"}
      id={`${form}-bulk`}
      role="region"
      aria-label="Selected cases"
    >
      <div className="bulk-in">
        <p role="status">
          <b className="script-only">
            {matching
              ? `All ${counted.format(total)} cases that match are selected`
              : `${counted.format(ticked)} ${ticked === 1 ? "case" : "cases"} selected`}
          </b>
          <b className="no-script-only">With the ticked cases</b>
          <span className="script-only small bulk-key">
            {" "}
            <kbd className="kbd">Enter</kbd> on a checkbox leads here
          </span>
        </p>
        {matching && <input type="hidden" name="all" value="on" />}
        {beyond && !matching && !tooMany && (
          <button
            className="link"
            type="submit"
            name="all"
            value="on"
            onClick={(event) => {
              event.preventDefault();
              tickRows(form, "case", () => true);
              setMatching(true);
            }}
          >
            {total === 1 ? "Select the one that matches" : `Select all ${counted.format(total)} that match`}
          </button>
        )}
        {beyond && tooMany && (
          <span className="small">
            At most {counted.format(limit)} cases travel at once: narrow the search to select all that match.
          </span>
        )}
        <div className="end-row">
          <button
            className="link script-only"
            type="button"
            onClick={() => {
              setMatching(false);
              tickRows(form, "case", () => false);
            }}
          >
            Clear
          </button>
          <Menu label="Bulk Actions" side="top">
            <MenuButton icon="send" hint={hint}>
              Transfer to District
            </MenuButton>
          </Menu>
        </div>
      </div>
    </div>
  );
}
