import { randomUUID } from "node:crypto";
import type pg from "pg";
import { doorsFor } from "@/lib/db/exchange";
import { dayIn, laterDay } from "@/lib/districts/day-text";
import { dueDay, type HoldingCalendar } from "@/lib/districts/due-day";
import type { DocumentType } from "@/lib/documents/document-types";
import type { Actor } from "@/lib/policy";
import { declineRequest, withdrawRequest } from "@/lib/requests/decide-request";
import type { RequestKind } from "@/lib/requests/request-content";
import { requestRecords } from "@/lib/requests/request-records";
import type { Random } from "./random";
import type { StudentRow } from "./rosters";
import { atWork, daysBefore, workdayOf } from "./time";

/** Who asks and who answers for a district, and its roster. */
export type RequestSide = {
  districtId: string;
  clerk: Actor;
  manager: Actor;
  students: readonly StudentRow[];
};

type Asked = {
  kind: RequestKind;
  types: DocumentType[];
  /** Whose records: the holder's student of this number, or somebody whom they never had. */
  student: number | { given: string; family: string; birthDate: string; grade: string };
  message: string;
  /** Days before now; or so that it's due so many days from now, by the holder's law and calendar. */
  asked: number | { dueIn: number };
  decided?: number;
  ends: "open" | "answered" | "declined" | "withdrawn";
};

const stories: readonly Asked[] = [
  {
    kind: "documents",
    types: ["iep", "evaluation"],
    student: 0,
    message: "Starts with us on Monday. The IEP meeting is on Wednesday; the evaluations would help us most.",
    asked: 1,
    ends: "open",
  },
  {
    kind: "cases",
    types: [],
    student: 3,
    message: "The family told us of a plan that works. We would like to carry it on from the first day.",
    asked: 2,
    ends: "open",
  },
  {
    kind: "documents",
    types: ["transcript", "health"],
    student: 1,
    message: "Enrolled last week; the counselor needs the transcript to place the classes.",
    asked: { dueIn: 2 },
    ends: "open",
  },
  {
    kind: "documents",
    types: ["evaluation"],
    student: 4,
    message: "",
    asked: { dueIn: -2 },
    ends: "open",
  },
  { kind: "cases", types: [], student: 7, message: "", asked: 20, decided: 19, ends: "answered" },
  {
    kind: "documents",
    types: ["plan504", "health"],
    student: { given: "Rowan", family: "Ashdown-Keele", birthDate: "2013-05-19", grade: "6" },
    message: "The family says that the 504 plan was made with you in the spring.",
    asked: 12,
    decided: 11,
    ends: "declined",
  },
  {
    kind: "documents",
    types: ["transcript"],
    student: 2,
    message: "",
    asked: 33,
    decided: 32,
    ends: "withdrawn",
  },
];

/**
 * Makes record requests in every status, asked by one district of another by the verbs that people use; `answeredBy` is the transfer that
 * answered one. Their times are those of today until `moveRequestsBack`.
 */
export async function makeRequests(
  owner: pg.Client,
  asker: RequestSide,
  holder: RequestSide,
  answeredBy: string,
): Promise<MadeRequest[]> {
  const made: MadeRequest[] = [];
  for (const story of stories) made.push({ requestId: await make(owner, asker, holder, story, answeredBy), story });
  return made;
}
export type MadeRequest = { requestId: string; story: Asked };

async function make(
  owner: pg.Client,
  asker: RequestSide,
  holder: RequestSide,
  story: Asked,
  answeredBy: string,
): Promise<string> {
  const by = (side: RequestSide) => (story.kind === "cases" ? side.manager : side.clerk);
  const [asking, holding] = [doorsFor(by(asker)), doorsFor(by(holder))];
  const who = personOf(holder, story.student);
  const here = asker.students.find((one) => one.given_name === who.given && one.family_name === who.family);
  const [person] = await owner
    .query<{ email: string }>("select email from membership where id = $1", [asking.actor.membershipId])
    .then((result) => result.rows);
  const requestId = await asking.district((tx) =>
    requestRecords(tx, asking.actor, {
      requestId: randomUUID(),
      holdingDistrictId: holder.districtId,
      kind: story.kind,
      documentTypes: story.types,
      legalBasis: "enrollment",
      // One of them was born on another day by the asker's roster, and it's the same person.
      same: here?.id ?? null,
      content: { ...who, owner: person?.email ?? null, sisId: here?.sis_id ?? null, message: story.message },
    }),
  );
  if (story.ends === "declined")
    await holding.district((tx) =>
      declineRequest(tx, holding.actor, {
        requestId,
        reason: "Nobody of this name was ever enrolled here. Ask the family for the name of the school.",
      }),
    );
  if (story.ends === "withdrawn") await asking.district((tx) => withdrawRequest(tx, asking.actor, { requestId }));
  if (story.ends === "answered") {
    await owner.query(
      "update record_request set status = 'answered', decided_at = now(), decided_by_name = $2 where id = $1",
      [requestId, holding.actor.name],
    );
    await owner.query("update transfer set request_id = $1 where id = $2", [requestId, answeredBy]);
  }
  return requestId;
}

function personOf(holder: RequestSide, student: Asked["student"]) {
  if (typeof student !== "number") return student;
  const row = holder.students[student] as StudentRow;
  return { given: row.given_name, family: row.family_name, birthDate: row.birth_date, grade: row.grade };
}

async function holderOf(owner: pg.Client, requestId: string): Promise<HoldingCalendar> {
  const { rows } = await owner.query<HoldingCalendar>(
    `select d.id "districtId", d.state, s.time_zone "timeZone", s.answer_days "answerDays", s.answer_kind "answerKind",
       coalesce((select jsonb_agg(jsonb_build_object('from', b.from_date, 'to', b.to_date, 'summer', b.summer)) from school_break b where b.district_id = d.id), '[]') breaks
     from record_request r join district d on d.id = r.holding_district_id join district_settings s on s.district_id = d.id where r.id = $1`,
    [requestId],
  );
  return rows[0] as HoldingCalendar;
}

/** How many days ago a request must have come to be due so many days from now; in a break, on the first day after it, or the last before. */
function daysAgo(holder: HoldingCalendar, documentTypes: readonly string[], dueIn: number, now: Date): number {
  const wanted = laterDay(dayIn(holder.timeZone, now), dueIn);
  const days = Array.from({ length: 120 }, (_, ago) => {
    const due = dueDay({ requestedAt: workdayOf(daysBefore(now, ago)), documentTypes }, holder);
    return { ago, on: due?.on ?? "" };
  });
  const found = dueIn < 0 ? days.find(({ on }) => on <= wanted) : days.findLast(({ on }) => on >= wanted);
  return found?.ago ?? 0;
}

/**
 * Puts requests and their mails where their stories have them: the open ones (`open`) once their mails were sent, the others before. What
 * lies back sends no mail today: it counts as sent then.
 */
export async function moveRequestsBack(
  owner: pg.Client,
  random: Random,
  made: readonly MadeRequest[],
  timeZone: string,
  now: Date,
  open: boolean,
): Promise<void> {
  for (const { requestId, story } of made.filter((one) => (one.story.ends === "open") === open)) {
    const holder = await holderOf(owner, requestId);
    const ago = typeof story.asked === "number" ? story.asked : daysAgo(holder, story.types, story.asked.dueIn, now);
    const asked = atWork(random, daysBefore(now, ago), timeZone, now);
    const due = dueDay({ requestedAt: asked, documentTypes: story.types }, holder);
    const decided =
      story.decided === undefined
        ? null
        : new Date(
            Math.max(
              atWork(random, daysBefore(now, story.decided), timeZone, now).getTime(),
              asked.getTime() + 3_600_000,
            ),
          );
    await owner.query(
      "update record_request set requested_at = $2, decided_at = $3, due_on = $4, due_days = $5, due_kind = $6, due_own = $7 where id = $1",
      [requestId, asked, decided, due?.on ?? null, due?.days ?? null, due?.kind ?? null, due?.own ?? false],
    );
    if (open) {
      await owner.query(
        "update mail set created_at = $2, sent_at = $2::timestamptz + interval '3 seconds' where request_id = $1 and status = 'sent'",
        [requestId, asked],
      );
      continue;
    }
    await owner.query(
      "delete from pgboss.job j using mail m where m.request_id = $1 and j.name = 'deliver' and j.singleton_key = m.id::text",
      [requestId],
    );
    await owner.query(
      `update mail set created_at = x.at, sent_at = x.at + interval '3 seconds', status = 'sent', tries = 1
       from (select id, case event when 'request-received' then $2::timestamptz else $3::timestamptz end at from mail where request_id = $1) x where mail.id = x.id`,
      [requestId, asked, decided],
    );
  }
}
