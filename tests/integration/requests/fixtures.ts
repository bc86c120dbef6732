import { randomUUID } from "node:crypto";
import type { RequestContent } from "@/lib/requests/request-content";
import { type RequestInput, requestRecords } from "@/lib/requests/request-records";
import { doors, type Someone, type TestDistrict, type World } from "../../support/world";

export const canary: RequestContent = {
  given: "Zuleika",
  family: "Canarybird",
  birthDate: "2012-03-14",
  grade: "7",
  owner: null,
  sisId: "CANARY-77",
  message: "Canary message",
};

/** What a form would bring: Riverbend asks Lakeview for an IEP, unless said otherwise. */
export const asking = (
  holder: Pick<TestDistrict, "id">,
  own: Partial<Omit<RequestInput, "content">> & { content?: Partial<RequestContent> } = {},
): RequestInput => ({
  requestId: randomUUID(),
  holdingDistrictId: holder.id,
  kind: "documents",
  documentTypes: ["iep"],
  legalBasis: "enrollment",
  ...own,
  content: { ...canary, ...own.content },
});

/** Asks by the real verb; gives the request's id. */
export const ask = (by: Someone, input: RequestInput): Promise<string> =>
  doors(by).district((tx) => requestRecords(tx, by, input));

export async function statusOf(world: World, requestId: string): Promise<string> {
  const [row] = await world.sql<{ status: string }>("select status from record_request where id = $1", [requestId]);
  return row?.status ?? "";
}

/** The actions in a district's audit log about a request, in order. */
export async function auditOf(world: World, district: TestDistrict, requestId: string): Promise<string[]> {
  const rows = await world.sql<{ action: string }>(
    "select action from audit where district_id = $1 and subject_id = $2 order by seq",
    [district.id, requestId],
  );
  return rows.map((row) => row.action);
}

/** The mails that a request's jobs are to address, as "event → district", sorted. */
export async function mailsOf(world: World, requestId: string): Promise<string[]> {
  const rows = await world.sql<{ event: string; district: string }>(
    `select j.data ->> 'event' event, d.name district from pgboss.job j join district d on d.id = (j.data ->> 'districtId')::uuid
     where j.name = 'notify' and j.data ->> 'requestId' = $1`,
    [requestId],
  );
  return rows.map((row) => `${row.event} → ${row.district}`).sort();
}
