import { dateWords } from "@/components/ui/date";
import { Icon } from "@/components/ui/icon";
import type { IconName } from "@/components/ui/icon-names";
import { Marked } from "@/components/ui/mark";
import type { Verdict } from "@/lib/students/compare-identity";
import type { StudentMatch } from "@/lib/students/match-students";
import type { CaseContent } from "@/lib/transfers/package-content";

type Person = CaseContent["person"];

const looks: Record<Verdict, { className: string; icon: IconName | null }> = {
  agrees: { className: "v v-yes", icon: "check" },
  close: { className: "v v-near", icon: "equal" },
  differs: { className: "v v-no", icon: "equal-not" },
  missing: { className: "v dim", icon: null },
};

/** The person in the transfer beside a student of the roster, field by field, with the verdict in words. */
export function CompareTable({
  person,
  student,
  title,
  sentIn = "In the transfer",
}: {
  person: Pick<Person, "given" | "family" | "birthDate" | "stateId" | "grade">;
  student: StudentMatch;
  title: string;
  /** Where the person was named; heads the column. */
  sentIn?: string;
}) {
  const { comparison } = student;
  const sent = {
    name: `${person.given} ${person.family}`,
    birthDate: dayOf(person.birthDate),
    stateId: person.stateId,
  };
  const ours = {
    name: `${student.given} ${student.family}`,
    birthDate: dayOf(student.birthDate),
    stateId: student.stateId,
  };
  // Between two names that have nothing to do with each other, a few letters underlined say nothing.
  const plain = comparison.somebodyElse;
  const sameGrade = person.grade !== null && person.grade === student.grade;
  return (
    <table className="tbl cmp">
      <caption className={title ? undefined : "sr"}>
        {title || "Compared: "}
        <b>
          <bdi>
            {student.family}, {student.given}
          </bdi>
        </b>{" "}
        <span className="dim">
          · student <span className="id">{student.sisId}</span>
        </span>
      </caption>
      <thead>
        <tr>
          <td />
          <th scope="col">{sentIn}</th>
          <th scope="col">In your roster</th>
          <th scope="col">Compared</th>
        </tr>
      </thead>
      <tbody>
        <Line
          sentIn={sentIn}
          label="Name"
          sent={sent.name}
          ours={ours.name}
          verdict={comparison.name}
          why={comparison.why.name}
          plain={plain}
        />
        <Line
          sentIn={sentIn}
          label="Birth date"
          sent={sent.birthDate}
          ours={ours.birthDate}
          verdict={comparison.birthDate}
          why={plain ? "Differs" : comparison.why.birthDate}
          plain={plain}
        />
        <Line
          sentIn={sentIn}
          label="State ID"
          sent={sent.stateId}
          ours={ours.stateId}
          verdict={comparison.stateId}
          why={comparison.why.stateId}
        />
        <Line
          sentIn={sentIn}
          label="Grade"
          sent={person.grade}
          ours={[student.grade, student.building].filter(Boolean).join(", ") || null}
          verdict={sameGrade ? "agrees" : "missing"}
          why={sameGrade ? "Agrees" : person.grade && student.grade ? "Another grade" : "Not given"}
        />
      </tbody>
    </table>
  );
}

const dayOf = (day: string | null) => (day ? dateWords(day, "UTC") : null);

function Line({
  sentIn,
  label,
  sent,
  ours,
  verdict,
  why,
  plain,
}: {
  sentIn: string;
  label: string;
  sent: string | null;
  ours: string | null;
  verdict: Verdict;
  why: string;
  /** The differing symbols aren't underlined. */
  plain?: boolean;
}) {
  const { className, icon } = looks[verdict];
  const differs = verdict === "differs" && sent !== null && ours !== null;
  const cell = (text: string | null, against: string | null) =>
    text === null ? (
      <>
        <span className="dim" aria-hidden="true">
          –
        </span>
        <span className="sr">not given</span>
      </>
    ) : (
      <bdi>{differs && !plain && against !== null ? <Marked text={text} against={against} /> : text}</bdi>
    );
  return (
    <tr className={differs ? "dif" : undefined}>
      <th scope="row">{label}</th>
      <td data-k={sentIn}>{cell(sent, ours)}</td>
      <td data-k="In your roster">{cell(ours, sent)}</td>
      <td className={className}>
        {icon && <Icon name={icon} />} {why}
      </td>
    </tr>
  );
}

const fieldNames = { name: "Name", birthDate: "Birth date", stateId: "State ID" } as const;

/** The verdict under the table: whether anything has to be checked before linking. */
export function CompareVerdict({ student, other }: { student: StudentMatch; other: string }) {
  const { comparison } = student;
  const differing = (Object.keys(fieldNames) as (keyof typeof fieldNames)[]).filter(
    (field) => comparison[field] === "differs",
  );
  if (comparison.somebodyElse)
    return (
      <p className="err held">
        <Icon name="equal-not" />
        <span>
          <b>A different person:</b> neither the name nor the birth date agrees.
        </span>
      </p>
    );
  if (differing.length > 0)
    return (
      <p className="err held">
        <Icon name="triangle-alert" />
        <span>
          {differing.length === 1 ? "One field differs" : `${differing.length} fields differ`}. Check it with {other} or
          with the family before you save.
        </span>
      </p>
    );
  if (comparison.allAgree)
    return (
      <p className="small">
        <span className="v v-yes">
          <Icon name="check" /> Name and birth date agree.
        </span>
      </p>
    );
  return (
    <p className="err held">
      <Icon name="triangle-alert" />
      <span>Not everything agrees: make sure that it’s the same person before you save.</span>
    </p>
  );
}

/** The same in a few words, for a list of candidates. */
export function verdictWords(student: StudentMatch): string {
  const { comparison } = student;
  if (comparison.allAgree) return "Name and birth date agree";
  if (comparison.somebodyElse) return "A different person";
  return (Object.keys(fieldNames) as (keyof typeof fieldNames)[])
    .filter((field) => comparison[field] !== "missing")
    .map(
      (field) =>
        `${fieldNames[field]} ${{ agrees: "agrees", close: "is close", differs: "differs", missing: "" }[comparison[field]]}`,
    )
    .join(", ");
}
