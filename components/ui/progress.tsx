import { type ReactNode, useId } from "react";

/** Count and bar: "Sending 312 cases: 240 done". */
export function Progress({
  label,
  done,
  total,
  heading: Label = "p",
}: {
  label: ReactNode;
  done: number;
  total: number;
  heading?: "p" | "h2" | "h3";
}) {
  const id = useId();
  return (
    <div>
      <Label id={id} className="h-s">
        <b>{label}</b>
      </Label>
      <progress className="bar-p" max={Math.max(1, total)} value={done} aria-labelledby={id} />
    </div>
  );
}
