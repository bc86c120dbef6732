import { randomUUID } from "node:crypto";
import type pg from "pg";
import { doorsFor } from "@/lib/db/exchange";
import type { DocumentType } from "@/lib/documents/document-types";
import type { Actor } from "@/lib/policy";
import { declineRequest, withdrawRequest } from "@/lib/requests/decide-request";
import type { RequestKind } from "@/lib/requests/request-content";
import { requestRecords } from "@/lib/requests/request-records";
import type { Random } from "./random";
import type { StudentRow } from "./rosters";
import { atWork, daysBefore } from "./time";

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
  /** Days before now. */
  asked: number;
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
    const asked = atWork(random, daysBefore(now, story.asked), timeZone, now);
    const decided =
      story.decided === undefined
        ? null
        : new Date(
            Math.max(
              atWork(random, daysBefore(now, story.decided), timeZone, now).getTime(),
              asked.getTime() + 3_600_000,
            ),
          );
    await owner.query("update record_request set requested_at = $2, decided_at = $3 where id = $1", [
      requestId,
      asked,
      decided,
    ]);
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
