import { type ReactNode, useId } from "react";
import { Icon } from "@/components/ui/icon";

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

/** Results item by item; `ok` says whether it went well, `children` a link to see why. */
export function Results({ results }: { results: readonly { ok: boolean; text: ReactNode; more?: ReactNode }[] }) {
  return (
    <ul className="job">
      {results.map(({ ok, text, more }, index) => (
        <li key={index} className={ok ? "j-ok" : "j-no"}>
          <Icon name={ok ? "check" : "triangle-alert"} />
          <span>{text}</span>
          {more}
        </li>
      ))}
    </ul>
  );
}
