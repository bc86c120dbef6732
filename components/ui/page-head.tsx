import type { ReactNode } from "react";

/** A page's title; `note` is a line beside it, `chip` a state, children the buttons at the end. */
export function PageHead({
  title,
  note,
  chip,
  children,
}: {
  title: ReactNode;
  note?: ReactNode;
  chip?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <div className="head">
      <h1>{title}</h1>
      {chip}
      {note && <p>{note}</p>}
      {children && <div className="head-end">{children}</div>}
    </div>
  );
}

/** A section's heading with its note and buttons. */
export function SectionHead({
  id,
  title,
  note,
  children,
}: {
  id?: string | undefined;
  title: ReactNode;
  note?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <div className="sec-h">
      <h2 id={id}>{title}</h2>
      {note && <p className="small dim">{note}</p>}
      {children && <div className="btns">{children}</div>}
    </div>
  );
}

/** Facts in a row: label above, value beneath. */
export function Facts({
  facts,
}: {
  facts: readonly (readonly [label: string, value: ReactNode] | null | false | undefined)[];
}) {
  return (
    <dl className="facts">
      {facts.map(
        (fact) =>
          fact && (
            <div key={fact[0]}>
              <dt>{fact[0]}</dt>
              <dd>{fact[1]}</dd>
            </div>
          ),
      )}
    </dl>
  );
}
