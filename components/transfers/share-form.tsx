"use client";

import { useState } from "react";
import { DistrictPicker } from "@/components/transfers/district-picker";
import { LegalBasisFields } from "@/components/transfers/legal-basis-fields";
import { postedChoice } from "@/components/transfers/posted-choice";
import type { ShareViewProps } from "@/components/transfers/share-view";
import { documentsWord } from "@/components/transfers/transfer-words";
import { Banner } from "@/components/ui/banner";
import { LinkButton } from "@/components/ui/button";
import { bytesWords } from "@/components/ui/bytes";
import { dateWords } from "@/components/ui/date";
import { ErrorLine, TextArea, TextField } from "@/components/ui/field";
import { blockWords } from "@/components/ui/file-block";
import { ActionForm } from "@/components/ui/form";
import { SubmitButton } from "@/components/ui/submit-button";
import type { DirectoryEntry } from "@/lib/districts/search-directory";
import type { ActionState } from "@/lib/web/action-state";

type Given = Pick<ShareViewProps, "dispatch" | "typeNames" | "action" | "draft" | "links" | "zone">;

/** The form of **Transfer to Another District**. Works posted: without script the action answers a search with what was typed and found. */
export function ShareForm({ action, draft, ...given }: Given) {
  return (
    <ActionForm action={action} draft={draft} className="stack" warnUnsaved>
      {(state) => <Parts state={state} {...given} />}
    </ActionForm>
  );
}

function Parts({ state, dispatch, typeNames, links, zone }: Omit<Given, "action" | "draft"> & { state: ActionState }) {
  const { prefill, documents, student } = dispatch;
  const posted = postedChoice(state, "documents");
  const fresh = state.status !== "done" && state.status !== "problem";
  const [own, setChosen] = useState<DirectoryEntry[] | null>(null);
  const able = prefill.district?.able ? prefill.district : null;
  const chosen = own ?? (fresh && able ? [able] : posted.chosen);
  const ticked = tickedIn(
    state,
    posted,
    documents.filter((one) => !one.block).map((one) => one.id),
  );
  const [on, setOn] = useState<ReadonlySet<string> | null>(null);
  const going = documents.filter((one) => (on ?? ticked).has(one.id));
  // What was received is passed on for a reason of its own (34 CFR 99.33): the form suggests none.
  const received = going.filter((one) => one.receivedFrom);
  const suggested = prefill.legalBasis ?? (documents.some((one) => one.receivedFrom) ? "" : "enrollment");
  const problem = state.status === "problem" ? state.fields.document : undefined;
  return (
    <>
      <input type="hidden" name="dispatch" value={dispatch.id} />
      <input type="hidden" name="student" value={student.id} />
      <div className="duo">
        <div className="stack">
          {prefill.district && !able && (
            <Banner kind="held" fact={`Nothing can be sent to ${prefill.district.name} now.`}>
              District-to-District Transfer is disabled there. Call the district.
            </Banner>
          )}
          <DistrictPicker
            what="documents"
            directory={links.directory}
            chosen={chosen}
            onChoose={setChosen}
            posted={posted}
          />
          <TextField
            name="sisId"
            label="SIS Student ID"
            hint="The student’s ID in the receiving district. Ask them; yours doesn’t help there."
            maxLength={100}
            autoComplete="off"
            defaultValue={posted.typed.sisId ?? prefill.sisId}
          />
          <TextField
            name="owner"
            label="Owner Email or Username"
            hint="Who owns the documents there, for example the new case manager."
            maxLength={320}
            autoComplete="off"
            spellCheck={false}
            defaultValue={posted.typed.owner ?? prefill.owner}
          />
          <LegalBasisFields suggested={suggested} typed={posted.typed} request={dispatch.request} />
          <TextArea
            name="notes"
            label="Notes"
            hint="They travel sealed, with the documents. Optional."
            limit={10_000}
            rows={3}
            defaultValue={posted.typed.notes ?? prefill.notes}
          />
        </div>
        <section className="travel" aria-labelledby="travel-heading">
          <h2 id="travel-heading" className="h-s">
            What will travel
          </h2>
          <p className="small dim" role="status">
            {going.length === documents.length
              ? documentsWord(documents.length)
              : `${going.length} of ${documentsWord(documents.length)}`}
            , {bytesWords(going.reduce((sum, one) => sum + one.bytes, 0))}. Copies are delivered; your originals stay
            here.
          </p>
          {problem && <ErrorLine>{problem}</ErrorLine>}
          <ul className="picks">
            {documents.map((one) => (
              <li key={one.id}>
                <div className="tick col-[1/-1]">
                  <input
                    type="checkbox"
                    id={`pick-${one.id}`}
                    name="document"
                    value={one.id}
                    data-no-draft
                    disabled={one.block !== null}
                    defaultChecked={ticked.has(one.id)}
                    onChange={(event) => {
                      const next = new Set(on ?? ticked);
                      if (event.currentTarget.checked) next.add(one.id);
                      else next.delete(one.id);
                      setOn(next);
                    }}
                    aria-describedby={`pick-${one.id}-about`}
                  />
                  <span className="res-t">
                    <label htmlFor={`pick-${one.id}`} className="cursor-pointer font-bold">
                      {one.title}
                    </label>
                    <span className="small dim" id={`pick-${one.id}-about`}>
                      {[
                        typeNames[one.type],
                        one.datedOn && dateWords(one.datedOn, zone),
                        bytesWords(one.bytes),
                        one.receivedFrom && `received from ${one.receivedFrom}`,
                        one.block && `stays here: ${blockWords[one.block]}`,
                      ]
                        .filter(Boolean)
                        .join(" · ")}
                    </span>
                  </span>
                </div>
              </li>
            ))}
          </ul>
          {received.length > 0 && (
            <Banner
              kind="held"
              fact={
                received.length === 1
                  ? "1 document came from another district."
                  : `${received.length} documents came from other districts.`
              }
            >
              Sending on what you received is a redisclosure (34 CFR 99.33): only for the purpose that it was sent to
              you for. The disclosure record keeps it.
            </Banner>
          )}
        </section>
      </div>
      <div className="foot">
        <p className="small dim">
          {chosen[0]
            ? `Delivered to ${chosen[0].name} at once, if student and owner are right; otherwise held there until they look.`
            : "Delivered at once, if student and owner are right; otherwise held there until they look."}
        </p>
        <LinkButton href={links.student}>Close</LinkButton>
        <SubmitButton name="do" value="send">
          Transfer Document
        </SubmitButton>
      </div>
    </>
  );
}

/** Which documents are ticked: all at first, else as the form brought them back. */
function tickedIn(state: ActionState, posted: { ticked?: string[] }, all: readonly string[]): Set<string> {
  if (state.status === "done") return new Set(posted.ticked ?? all);
  if (state.status === "problem") return new Set([state.values.document ?? []].flat());
  return new Set(all);
}
