"use client";

import { useContext, useState } from "react";
import { CompareTable, CompareVerdict, verdictWords } from "@/components/transfers/compare-table";
import { Checkbox, FieldGroup, Radio } from "@/components/ui/choice";
import { dateWords } from "@/components/ui/date";
import { FormContext } from "@/components/ui/form-state";
import { answerOf, LiveSearchField, posting, useLiveSearch } from "@/components/ui/live-search";
import type { StudentMatch } from "@/lib/students/match-students";
import type { CaseContent } from "@/lib/transfers/package-content";

type Found = { q: string; hits: readonly StudentMatch[] };

type Given = {
  /** What was searched and found by posting, without script. */
  posted: Found | null;
  /** Who was chosen when that was posted. */
  chosen: StudentMatch | null;
  person: Pick<CaseContent["person"], "given" | "family" | "birthDate" | "stateId" | "grade">;
  /** Whom it may be about, the proposed one first. */
  proposed: readonly StudentMatch[];
  /** Who is ticked; empty where the person has to look first. */
  studentId: string;
  /** A difference was confirmed for them before. */
  confirmed: boolean;
  other: string;
  /** Where the roster answers while somebody types. */
  searchUrl: string;
  /** What to do where nobody comes near. */
  nobody: string;
};

/** Which student of the roster: the proposed ones, and a search whose hits stand beneath it, none of them ticked by itself. */
export function LinkStudent({
  posted,
  chosen,
  person,
  proposed,
  studentId,
  confirmed,
  other,
  searchUrl,
  nobody,
}: Given) {
  const state = useContext(FormContext)?.state;
  // Refused for want of the second yes: without script the page knows of the chosen student by that alone.
  const refused =
    state?.status === "problem" ? (state.data as { student?: StudentMatch } | undefined)?.student : undefined;
  const search = useLiveSearch<Found>(async (q, signal) => {
    const { hits } = await answerOf<{ hits: StudentMatch[] }>(searchUrl, { ...posting({ q }), signal });
    return { q, hits };
  }, posted);
  // Stays in sight whatever is searched for next.
  const [picked, setPicked] = useState<StudentMatch | null>(null);
  const kept = picked ?? refused ?? chosen;
  const found = search.found?.hits ?? [];
  const hits = (kept && !found.some((one) => one.id === kept.id) ? [kept, ...found] : found).filter(
    (hit) => !proposed.some((one) => one.id === hit.id),
  );
  const [only, ...more] = proposed;
  const choice = (one: StudentMatch, best: boolean, onChange: () => void) => (
    <Radio
      key={one.id}
      name="studentId"
      value={one.id}
      label={
        <>
          {best && <span className="dim">Best match: </span>}
          <bdi>
            {one.family}, {one.given}
          </bdi>
        </>
      }
      hint={
        <>
          Student {one.sisId}
          {one.birthDate && ` · born ${dateWords(one.birthDate, "UTC")}`}
          {one.grade && ` · grade ${one.grade}`} · {verdictWords(one)}
        </>
      }
      defaultChecked={one.id === studentId}
      onChange={onChange}
    >
      <CompareTable person={person} student={one} title="" />
      <CompareVerdict student={one} other={other} />
      <SecondYes student={one} ticked={confirmed && one.id === studentId} />
    </Radio>
  );
  return (
    <FieldGroup name="studentId" label="Which student?" hideLabel={proposed.length < 2} fieldClass="candidates">
      {!only && <p>No student of your roster comes near. {nobody}</p>}
      {only && more.length === 0 && hits.length === 0 ? (
        <div className="grid gap-3">
          <input type="hidden" name="studentId" value={only.id} />
          <CompareTable person={person} student={only} title="Best match: " />
          <CompareVerdict student={only} other={other} />
          <SecondYes student={only} ticked={confirmed && only.id === studentId} />
        </div>
      ) : (
        proposed.map((one) => choice(one, one.id === only?.id, () => setPicked(null)))
      )}
      <LiveSearchField
        name="q"
        label="Another student of the roster"
        hint="Name, state ID or student number"
        q={posted?.q ?? ""}
        search={search}
        fieldClass="find"
      >
        <p className="small" role="status">
          {search.found && foundWords(search.found)}
        </p>
      </LiveSearchField>
      {hits.map((one) => choice(one, false, () => setPicked(one)))}
    </FieldGroup>
  );
}

/** Linking to somebody of another name or birth date takes a second explicit yes. */
function SecondYes({ student, ticked }: { student: StudentMatch; ticked: boolean }) {
  const form = useContext(FormContext);
  const { name, birthDate } = student.comparison;
  if (!student.comparison.differs) return null;
  const what = [name === "differs" && "the name", birthDate === "differs" && "the birth date"].filter(Boolean);
  const state = form?.state;
  const wanted = state?.status === "problem" && state.values.studentId === student.id ? state.fields.same : undefined;
  return (
    <Checkbox
      name="same"
      value={student.id}
      {...(wanted ? { id: `${form?.id}-same` } : {})}
      error={wanted}
      label={
        <>
          This is the same student although {what.join(" and ")} {what.length === 1 ? "differs" : "differ"}
        </>
      }
      defaultChecked={ticked}
    />
  );
}

const foundWords = ({ q, hits }: Found) =>
  hits.length === 0
    ? `No student found for “${q}”. Check the spelling, or try the student number.`
    : `${hits.length === 1 ? "1 student" : `${hits.length} students`} found for “${q}”`;
