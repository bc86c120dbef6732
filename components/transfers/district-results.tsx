import { Icon } from "@/components/ui/icon";
import { Found } from "@/components/ui/mark";
import type { DirectoryEntry, DirectoryUse } from "@/lib/districts/search-directory";

/** What the picker says, by what a district is picked for. */
export const pickerWords: Record<
  DirectoryUse,
  { label: string; hint: string; none: string; off: string; ask: string }
> = {
  cases: {
    label: "District Name(s)",
    hint: "Name, Domain, NCES ID, city or state. Several ticks make one transfer each, each with its own code.",
    none: "Districts that aren’t in the directory can’t be sent to: contact them directly.",
    off: "Case transfers are switched off there.",
    ask: "Call the coordinator and ask to switch them on:",
  },
  documents: {
    label: "District",
    hint: "Name, Domain, NCES ID, city or state.",
    none: "Districts that aren’t in the directory can’t be sent to: contact them directly.",
    off: "District-to-District Transfer is disabled there.",
    ask: "Call the coordinator:",
  },
  request: {
    label: "District that has the records",
    hint: "Name, Domain, NCES ID, city or state.",
    none: "Districts that aren’t in the directory can’t be asked: contact them directly.",
    off: "Document transfers are disabled there: ask for cases, or call.",
    ask: "Call the coordinator:",
  },
};

/** Results that the server gives at most; more means that the search is too wide. */
const mostResults = 20;

/** The districts that were found: those that can be chosen, and of the others why not. */
export function DistrictResults({
  what,
  id,
  found: { q, results },
  isChosen,
  toggle,
}: {
  what: DirectoryUse;
  id: string;
  found: { q: string; results: DirectoryEntry[] };
  isChosen(one: DirectoryEntry): boolean;
  toggle(one: DirectoryEntry): void;
}) {
  const type = what === "cases" ? "checkbox" : "radio";
  return (
    <fieldset className="results">
      <legend className="small dim">
        {countDistricts(results.length)} for “{q}”
      </legend>
      {results.length === 0 && (
        <p className="res small">
          Check the spelling, or search for the state or the NCES ID. {pickerWords[what].none}
        </p>
      )}
      {results.map((one) =>
        one.able ? (
          <label key={one.id} className={isChosen(one) ? "res on" : "res"}>
            <input
              type={type}
              name="districts"
              value={one.id}
              data-no-draft
              checked={isChosen(one)}
              onChange={() => toggle(one)}
              aria-describedby={`${id}-${one.id}`}
            />
            <span className="res-t">
              <NameAndPlace one={one} q={q} id={`${id}-${one.id}`} />
              <DomainAndContact one={one} q={q} />
              {one.why === "switched-off" && <span className="small text-held">{pickerWords[what].off}</span>}
            </span>
          </label>
        ) : (
          <div key={one.id} className="res res-no">
            <label className="tick">
              <input type={type} disabled aria-describedby={`${id}-${one.id} ${id}-${one.id}-why`} />
              <span className="res-t">
                <NameAndPlace one={one} q={q} id={`${id}-${one.id}`} />
              </span>
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
function NameAndPlace({ one, q, id }: { one: DirectoryEntry; q: string; id: string }) {
  return (
    <>
      <b>
        <Found text={one.name} words={q} />
      </b>
      <span className="small dim" id={id}>
        {one.city && `${one.city}, `}
        {one.stateName} · NCES <span className="id">{one.ncesId}</span>
      </span>
    </>
  );
}

/** Whom one can call first, and the domain that it's known by. */
function DomainAndContact({ one: { domain, contact }, q }: { one: DirectoryEntry; q: string }) {
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

function WhyNot({ what, one }: { what: DirectoryUse; one: DirectoryEntry }) {
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
