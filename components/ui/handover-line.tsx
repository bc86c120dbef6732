import type { ReactNode } from "react";

export type Station = {
  word: string;
  /** A day, and who: "Nov 20, by you". */
  note?: ReactNode;
  at: "past" | "here" | "ahead" | "stopped";
};

/** The stations of a transfer and where the baton is. */
function Run({ stations, label = "Progress of the transfer" }: { stations: readonly Station[]; label?: string }) {
  return (
    <ol className="run" aria-label={label}>
      {stations.map(({ word, note, at }) => (
        <li
          key={word}
          className={at === "stopped" ? "here stop" : at === "ahead" ? undefined : at}
          aria-current={at === "here" || at === "stopped" ? "step" : undefined}
        >
          {word}
          {note && (
            <>
              <br />
              {note}
            </>
          )}
        </li>
      ))}
    </ol>
  );
}

type End = { name: string; note?: ReactNode };

/** From one desk to the other, with the baton in between. `note` is the state, a count… beneath a district's name. */
export function HandoverLine({ from, to, stations }: { from: End; to: End; stations: readonly Station[] }) {
  return (
    <div className="line hand">
      <p className="end">
        <span>From</span>
        <b>{from.name}</b>
        <span>{from.note}</span>
      </p>
      <Run stations={stations} />
      <p className="end end-to">
        <span>To</span>
        <b>{to.name}</b>
        <span>{to.note}</span>
      </p>
    </div>
  );
}
