import { PrintLetter } from "@/components/transfers/print-letter";
import { casesWord } from "@/components/transfers/transfer-words";
import { CodeSlip, LetterCode } from "@/components/ui/code-slip";
import { CopyButton } from "@/components/ui/copy-button";
import { dateWords } from "@/components/ui/date";
import { Icon } from "@/components/ui/icon";
import type { Contact } from "@/lib/districts/find-contacts";

type Desk = { name: string; city: string | null; stateName: string };
/** What stands on the slip and in the letter besides the code. Nothing here names a student. */
export type CodeFacts = {
  transferId: string;
  reference: string;
  cases: number;
  from: Desk;
  to: Desk;
  contact: Contact | null;
  signer: { name: string; phone: string | null };
  zone: string;
  today: Date;
};

const place = ({ city, stateName }: Desk) => [city, stateName].filter(Boolean).join(", ");

/** The slip with the code, **Copy**, **Print letter**, and the letter itself, which shows in print alone. */
export function CodeSheet({
  code,
  expiresAt,
  facts,
  title = "Authorization code",
  heading = "h2",
  go,
}: {
  code: string;
  expiresAt: Date | null;
  facts: CodeFacts;
  title?: string;
  heading?: "h1" | "h2";
  /** Copy is the filled button of the view. */
  go?: boolean | undefined;
}) {
  const letterId = `letter-${facts.transferId}`;
  return (
    <>
      <CodeSlip
        code={code}
        title={title}
        heading={heading}
        note={`Good until ${expiresAt ? dateWords(expiresAt, facts.zone, "moment") : "it’s used"}, for one use and five tries`}
      >
        <CopyButton text={code} variant={go ? "go" : undefined} done="Copied. Paste it nowhere that is kept or sent." />
        <PrintLetter letterId={letterId} />
        <noscript>
          <p className="small dim">To print the letter, print this page: the letter alone comes out.</p>
        </noscript>
      </CodeSlip>
      <Letter {...{ code, expiresAt, facts, letterId }} />
    </>
  );
}

function Letter({
  code,
  expiresAt,
  facts,
  letterId,
}: {
  code: string;
  expiresAt: Date | null;
  facts: CodeFacts;
  letterId: string;
}) {
  const { from, to, contact, signer, zone } = facts;
  return (
    <article className="print-only letter" aria-label="Letter" id={letterId}>
      <p>
        {from.name}
        <br />
        {place(from)}
      </p>
      <p>{dateWords(facts.today, zone, "long")}</p>
      <p>
        {contact?.name ? [contact.name, contact.title].filter(Boolean).join(", ") : "Transfer coordinator"}
        <br />
        {to.name}, {place(to)}
      </p>
      <h2>Authorization code for transfer {facts.reference}</h2>
      <p>
        We have sent your district {casesWord(facts.cases)} through Baton.{" "}
        {facts.cases === 1 ? "It stays" : "They stay"} sealed until someone in your district with the Manage Cases
        permission gives this code:
      </p>
      <LetterCode code={code} />
      <ol>
        <li>Sign in to Baton.</li>
        <li>Open Admin ▸ Requests ▸ Case Transfer Requests ▸ Incoming Transfer Requests.</li>
        <li>Find {facts.reference}, choose Accept, type the code, choose Accept Transfer.</li>
      </ol>
      <p>
        The code works once{expiresAt && `, until ${dateWords(expiresAt, zone, "letter")}`}. After five wrong tries it
        is locked and we issue a new one. Keep this letter under lock, and destroy it when the transfer is completed.
        Don’t scan it and don’t email it.
      </p>
      <p>
        {signer.name}
        {signer.phone && (
          <>
            <br />
            {signer.phone}
          </>
        )}
      </p>
    </article>
  );
}

/** How to pass the code on. */
export function PassItOn({ many }: { many?: boolean }) {
  return (
    <section aria-labelledby="pass-on">
      <h2 id="pass-on" className="h-s">
        Pass {many ? "each code" : "it"} on by phone or in person, never by email
      </h2>
      <ol className="do">
        <li>Call the coordinator at the number here, not at one from a message.</li>
        <li>Read out the four groups and have them read back.</li>
        <li>
          They open <b>Admin ▸ Requests ▸ Case Transfer Requests</b>, find it under <b>Incoming Transfer Requests</b>,
          choose <b>Accept</b> and type the code.
        </li>
      </ol>
    </section>
  );
}

/** The person whom one rings up, or what to do where none is published. */
export function CoordinatorCard({
  contact,
  id = "coordinator",
  district,
}: {
  contact: Contact | null;
  id?: string;
  district?: string;
}) {
  return (
    <section className="card-contact" aria-labelledby={id}>
      <h2 id={id} className="h-s">
        Transfer coordinator {district ? `of ${district}` : "there"}
      </h2>
      {contact?.name ? (
        <p>
          <b>{contact.name}</b>
          {contact.title && (
            <>
              <br />
              {contact.title}
            </>
          )}
          {contact.phone && (
            <>
              <br />
              <Icon name="phone" />{" "}
              <a className="id" href={`tel:${contact.phone.replaceAll(/[^+\d]/g, "")}`}>
                {contact.phone}
              </a>
            </>
          )}
          {!contact.phone && contact.email && (
            <>
              <br />
              {contact.email} <span className="small dim">(to ask for a call, not for the code)</span>
            </>
          )}
        </p>
      ) : (
        <p>No contact published. Call the district at a number that you know or look up yourself.</p>
      )}
    </section>
  );
}
