"use client";

import { type MouseEvent, useState } from "react";
import { useLiveSearch } from "@/components/transfers/district-picker";
import { countDistricts, NamedDistrict } from "@/components/transfers/district-results";
import { Button } from "@/components/ui/button";
import { describedBy, ErrorLine } from "@/components/ui/field";
import { useFieldState } from "@/components/ui/form-state";
import { Icon } from "@/components/ui/icon";
import type { HolderEntry } from "@/lib/districts/search-holders";

type Given = {
  /** Where the directory answers while somebody types. */
  directory: string;
  /** What was searched, found and chosen by posting. */
  posted: { q: string; results: HolderEntry[] | null; chosen: HolderEntry | null };
};

/**
 * The one district that has the records: a search over the directory whose results are a list to choose from. With script it searches
 * while somebody types; without, the Search button posts the form, and what was chosen and found comes back with it.
 */
export function HolderPicker({ directory, posted }: Given) {
  const { id, error } = useFieldState("holder", {});
  const [own, setOwn] = useState<HolderEntry | null>(null);
  const chosen = own ?? posted.chosen;
  const live = useLiveSearch<HolderEntry>(
    directory,
    posted.results ? { q: posted.q, results: posted.results } : undefined,
  );
  const { results } = live;
  const kept = chosen && !results?.some((one) => one.id === chosen.id) ? chosen : null;
  const known = [...(kept ? [kept] : []), ...(results ?? [])];

  function searchNow(event: MouseEvent) {
    event.preventDefault();
    live.search(live.q);
  }

  return (
    <>
      <div className="field">
        <label htmlFor={id}>District that has the records</label>
        <p className="hint" id={`${id}-hint`}>
          Name, city, state, domain or NCES ID.
        </p>
        {error && <ErrorLine id={`${id}-error`}>{error}</ErrorLine>}
        <div className="search">
          <Icon name="search" />
          <input
            className={error ? "in is-bad" : "in"}
            id={id}
            name="q"
            type="search"
            autoComplete="off"
            data-no-draft
            value={live.q}
            onChange={(event) => live.type(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key !== "Enter") return;
              event.preventDefault();
              live.search(live.q);
            }}
            aria-invalid={error ? true : undefined}
            aria-describedby={describedBy(id, { hint: true, error })}
          />
        </div>
        {/* The form's first button, so Enter searches; with script that happens without sending. */}
        <Button
          type="submit"
          className="no-script-only justify-self-start"
          name="do"
          value="search"
          onClick={searchNow}
        >
          Search
        </Button>
      </div>
      {known.map((one) => (
        <input key={one.id} type="hidden" name="known" value={JSON.stringify(one)} />
      ))}
      {kept && (
        <fieldset className="results">
          <legend className="small dim">Chosen</legend>
          <Choice id={id} one={kept} q="" chosen onChoose={setOwn} />
        </fieldset>
      )}
      {results && (
        <fieldset className="results">
          <legend className="small dim">
            {countDistricts(results.length)} for “{live.searched}”
          </legend>
          {results.length === 0 && (
            <p className="res small">
              Check the spelling, or search for the state or the NCES ID. What isn’t in the directory can’t be asked:
              contact the district directly.
            </p>
          )}
          {results.map((one) => (
            <Choice key={one.id} id={id} one={one} q={live.searched} chosen={chosen?.id === one.id} onChoose={setOwn} />
          ))}
        </fieldset>
      )}
      <p className="sr" role="status">
        {live.said}
      </p>
      {live.failed && (
        <p className="err held" role="alert">
          <Icon name="triangle-alert" />
          <span>The search didn’t answer. Choose Search to try again.</span>
        </p>
      )}
    </>
  );
}

function Choice({
  id,
  one,
  q,
  chosen,
  onChoose,
}: {
  id: string;
  one: HolderEntry;
  q: string;
  chosen: boolean;
  onChoose(one: HolderEntry): void;
}) {
  const facts = `${id}-${one.id}`;
  if (!one.able)
    return (
      <div className="res res-no">
        <label className="tick">
          <input type="radio" disabled aria-describedby={`${facts} ${facts}-why`} />
          <NamedDistrict one={one} q={q} id={facts} />
        </label>
        <div className="res-why small" id={`${facts}-why`}>
          <p>
            <Icon name="triangle-alert" /> <b>Not on Baton yet.</b>{" "}
            {one.contact ? "Call the coordinator:" : "No contact published: contact the district directly."}
          </p>
          <ContactLines contact={one.contact} />
        </div>
      </div>
    );
  return (
    <div className={chosen ? "res on block" : "res block"}>
      <label className="tick">
        <input
          type="radio"
          name="holder"
          value={one.id}
          data-no-draft
          checked={chosen}
          onChange={() => onChoose(one)}
          aria-describedby={`${facts} ${facts}-more`}
        />
        <NamedDistrict one={one} q={q} id={facts} />
      </label>
      <div className="small dim pl-8" id={`${facts}-more`}>
        {one.domain && <p>{one.domain}</p>}
        {one.documentsOff && (
          <p className="text-held">Document transfers are disabled there: ask for cases, or call.</p>
        )}
        <ContactLines contact={one.contact} label="Transfer coordinator: " />
      </div>
    </div>
  );
}

function ContactLines({ contact, label = "" }: { contact: HolderEntry["contact"]; label?: string }) {
  if (!contact) return null;
  return (
    <p>
      {label}
      {contact.name}
      {contact.title && `, ${contact.title}`}
      <br />
      {contact.phone && <span className="id">{contact.phone}</span>}
      {contact.phone && contact.email && " · "}
      {contact.email}
    </p>
  );
}
