import { casesWord } from "@/components/transfers/transfer-words";
import { fateOf, travelling } from "@/components/transfers/travelling";
import { Banner } from "@/components/ui/banner";
import { bytesWords } from "@/components/ui/bytes";
import { Icon } from "@/components/ui/icon";
import { Link } from "@/components/ui/link";
import type { DispatchCase } from "@/lib/transfers/get-dispatch";

/** Cases shown before the list folds. */
const shownAtOnce = 12;

type Given = { cases: readonly DispatchCase[]; chosen: readonly { id: string; name: string }[]; transfers: string };

/** What goes to the ticked districts, what stays here and why, and the warning that a received case is sent on. */
export function WhatTravels({ cases, chosen, transfers }: Given) {
  const going = travelling(cases, chosen);
  const attachments = going.reduce((sum, one) => sum + one.attachments, 0);
  const bytes = going.reduce((sum, one) => sum + one.bytes, 0);
  const received = going.filter((one) => one.receivedFrom);
  const row = (one: DispatchCase) => <Row key={one.id} {...{ one, chosen, transfers }} />;
  return (
    <section className="travel" aria-labelledby="travel-heading">
      <h2 id="travel-heading" className="h-s">
        What will travel
      </h2>
      <p className="small dim" role="status">
        {going.length === cases.length ? casesWord(cases.length) : `${going.length} of ${casesWord(cases.length)}`} with
        history, plan and{" "}
        {attachments === 0
          ? "no attachments"
          : `${attachments} ${attachments === 1 ? "attachment" : "attachments"}, ${bytesWords(bytes)}`}
        . Your originals stay here.
      </p>
      <ul>{cases.slice(0, shownAtOnce).map(row)}</ul>
      {cases.length > shownAtOnce && (
        <details className="mt-2">
          <summary className="link-like small">Show all {casesWord(cases.length)}</summary>
          <ul>{cases.slice(shownAtOnce).map(row)}</ul>
        </details>
      )}
      {received.length > 0 && (
        <Banner
          kind="held"
          fact={
            received.length === 1
              ? "1 case came from another district."
              : `${received.length} cases came from other districts.`
          }
        >
          Sending on what you received is a redisclosure (34 CFR 99.33): only for the purpose that it was sent to you
          for. The disclosure record keeps it.
        </Banner>
      )}
    </section>
  );
}

function Row({ one, chosen, transfers }: { one: DispatchCase } & Omit<Given, "cases">) {
  const fate = fateOf(one, chosen);
  return (
    <li className={fate.kind === "stays" ? "stays" : undefined}>
      <span className="id">{one.number}</span>
      <span>
        {one.family}, {one.given}
      </span>
      {fate.kind !== "stays" && (
        <span className="small dim">
          {one.attachments > 0 && (
            <>
              <Icon name="paperclip" /> <span className="sr">Attachments: </span>
              {one.attachments} · {bytesWords(one.bytes)}
            </>
          )}
        </span>
      )}
      {one.receivedFrom && fate.kind !== "stays" && (
        <span className="small dim col-[2/-1]">Received from {one.receivedFrom}</span>
      )}
      {fate.waiting.map((waiting) => (
        <span
          key={waiting.transferId}
          className={chosen.length === 0 ? "small dim col-[2/-1]" : "small text-held col-[2/-1]"}
        >
          {chosen.length === 0
            ? "Waits already in "
            : fate.kind === "stays" && chosen.length === 1
              ? "Stays here: already in transfer "
              : `Not to ${waiting.district}: already in transfer `}
          <Link className="id" href={`${transfers}/${waiting.transferId}`}>
            {waiting.reference}
          </Link>
          {chosen.length === 0 && ` to ${waiting.district}`}
        </span>
      ))}
    </li>
  );
}
