import type { ReactNode } from "react";
import { Icon } from "@/components/ui/icon";
import { Found } from "@/components/ui/mark";
import type { Unable } from "@/lib/districts/search-directory";

/** A district of the directory, as far as the list shows it. */
export type PickedDistrict = {
  id: string;
  name: string;
  state: string;
  stateName: string;
  ncesId: string;
  city: string | null;
  domain: string | null;
  able: boolean;
  why: Unable | null;
  contact: { name: string; title: string | null; email: string | null; phone: string | null } | null;
};

/** What the picker says, by what is sent. */
export const pickerWords = {
  cases: {
    label: "District Name(s)",
    hint: "Name, city, state or NCES ID. Several ticks make one transfer each, each with its own code.",
    off: "Case transfers are switched off there.",
    ask: "Call the coordinator and ask to switch them on:",
  },
  documents: {
    label: "District",
    hint: "Name, Domain, NCES ID, city or state.",
    off: "District-to-District Transfer is disabled there.",
    ask: "Call the coordinator:",
  },
} as const;
export type What = keyof typeof pickerWords;

/** Results that the server gives at most; more means that the search is too wide. */
const mostResults = 20;

/** The districts that were found: those that can be chosen, and of the others why not. */
export function DistrictResults({
  what,
  id,
  q,
  results,
  isChosen,
  toggle,
}: {
  what: What;
  id: string;
  q: string;
  results: PickedDistrict[];
  isChosen(one: PickedDistrict): boolean;
  toggle(one: PickedDistrict): void;
}) {
  return (
    <fieldset className="results">
      <legend className="small dim">
        {countDistricts(results.length)} for “{q}”
      </legend>
      {results.length === 0 && (
        <p className="res small">
          Check the spelling, or search for the state or the NCES ID. Districts that aren’t in the directory can’t be
          sent to: contact them directly.
        </p>
      )}
      {results.map((one) =>
        one.able ? (
          <label key={one.id} className={isChosen(one) ? "res on" : "res"}>
            <input
              type={what === "cases" ? "checkbox" : "radio"}
              name="receivers"
              value={one.id}
              data-no-draft
              checked={isChosen(one)}
              onChange={() => toggle(one)}
              aria-describedby={`${id}-${one.id}`}
            />
            <NamedDistrict one={one} q={q} id={`${id}-${one.id}`}>
              <DomainAndContact one={one} q={q} />
            </NamedDistrict>
          </label>
        ) : (
          <div key={one.id} className="res res-no">
            <label className="tick">
              <input
                type={what === "cases" ? "checkbox" : "radio"}
                disabled
                aria-describedby={`${id}-${one.id} ${id}-${one.id}-why`}
              />
              <NamedDistrict one={one} q={q} id={`${id}-${one.id}`} />
            </label>
            <div className="res-why small" id={`${id}-${one.id}-why`}>
              <WhyNot what={what} one={one} />
            </div>
          </div>
        ),
      )}
    </fieldset>
  );
}

/** A district of the results by name, place and NCES ID, with what was found in it marked. */
export function NamedDistrict({
  one,
  q,
  id,
  children,
}: {
  one: Pick<PickedDistrict, "name" | "city" | "stateName" | "ncesId">;
  q: string;
  id: string;
  children?: ReactNode;
}) {
  return (
    <span className="res-t">
      <b>
        <Found text={one.name} words={q} />
      </b>
      <span className="small dim" id={id}>
        {one.city && `${one.city}, `}
        {one.stateName} · NCES <span className="id">{one.ncesId}</span>
      </span>
      {children}
    </span>
  );
}

/** Whom one can call before documents go there, and the domain that it's known by. */
function DomainAndContact({ one: { domain, contact }, q }: { one: PickedDistrict; q: string }) {
  return (
    <span className="small">
      {domain && (
        <>
          <span className="id">
            <Found text={domain} words={q} />
          </span>
          {" · "}
        </>
      )}
      {contact
        ? `Transfer coordinator: ${[contact.name, contact.title, contact.phone ?? contact.email].filter(Boolean).join(", ")}`
        : "No transfer coordinator published"}
    </span>
  );
}

function WhyNot({ what, one }: { what: What; one: PickedDistrict }) {
  const { contact } = one;
  return (
    <>
      <p>
        <Icon name="triangle-alert" /> <b>{one.why === "switched-off" ? pickerWords[what].off : "Not on Baton yet."}</b>{" "}
        {contact
          ? one.why === "switched-off"
            ? pickerWords[what].ask
            : "Call the coordinator:"
          : "No contact published: contact the district directly."}
      </p>
      {contact && (
        <p>
          {contact.name}
          {contact.title && `, ${contact.title}`}
          <br />
          {contact.phone && <span className="id">{contact.phone}</span>}
          {contact.phone && contact.email && " · "}
          {contact.email}
        </p>
      )}
    </>
  );
}

/** How many districts a search found, for the heading of its results and for screen readers. */
export const countDistricts = (n: number) =>
  n === 0
    ? "No district found"
    : n === 1
      ? "1 district found"
      : n >= mostResults
        ? `The first ${mostResults} districts found`
        : `${n} districts found`;
