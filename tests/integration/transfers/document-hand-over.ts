import { randomUUID } from "node:crypto";
import { handOver } from "@/lib/jobs/hand-over";
import { chooseDocuments } from "@/lib/transfers/choose-documents";
import { type TransferInput, transferDocuments } from "@/lib/transfers/transfer-documents";
import { putDocument } from "../../support/documents";
import { doors, type Someone, type TestDistrict, textFile, type World } from "../../support/world";

export type TestDocument = {
  title?: string;
  type?: string;
  datedOn?: string | null;
  file?: { name: string; bytes: Buffer };
};

/** Puts a document of a student into a district, its file into the real storage. Gives its id. */
export async function addDocument(
  world: World,
  district: TestDistrict,
  studentId: string,
  { title = "Plan", type = "iep", datedOn = "2026-09-01", file = textFile() }: TestDocument = {},
): Promise<string> {
  const about = { studentId, title, type, datedOn, owner: null, bytes: file.bytes, fileName: file.name };
  return (await putDocument(world, district, about)).id;
}

export type TestStudent = {
  id: string;
  sisId: string;
  given: string;
  family: string;
  preferred: string | null;
  birthDate: string | null;
  stateId: string | null;
};
let next = 0;

/** A new student of a district; the same person with another SIS ID where `like` says so. */
export async function addStudent(
  world: World,
  district: TestDistrict,
  about: Partial<Omit<TestStudent, "id">> & { active?: boolean } = {},
): Promise<TestStudent> {
  const n = ++next;
  const { active = true, ...own } = about;
  const student: TestStudent = {
    id: randomUUID(),
    sisId: `N${n}`,
    given: `Given${n}`,
    family: `Family${n}`,
    preferred: null,
    birthDate: `2011-${String((n % 12) + 1).padStart(2, "0")}-${String((n % 27) + 1).padStart(2, "0")}`,
    stateId: null,
    ...own,
  };
  await world.sql(
    "insert into student (district_id, id, sis_id, given_name, family_name, preferred_name, birth_date, state_id, active) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    [
      district.id,
      student.id,
      student.sisId,
      student.given,
      student.family,
      student.preferred,
      student.birthDate,
      student.stateId,
      active,
    ],
  );
  return student;
}

/** One person on both rosters, with a number of their own on each. */
export async function addMover(
  world: World,
  about: Partial<Omit<TestStudent, "id" | "sisId">> = {},
  to = world.riverbend,
): Promise<{ here: TestStudent; there: TestStudent }> {
  const here = await addStudent(world, world.lakeview, about);
  const { id: _, sisId: __, ...same } = here;
  return { here, there: await addStudent(world, to, { ...same, stateId: null }) };
}

/** Drafts a transfer of documents. */
export async function draftDocuments(
  actor: Someone,
  studentId: string,
  documentIds: readonly string[],
  more: { redoOf?: string; requestId?: string } = {},
): Promise<string> {
  const chosen = { studentId, documentIds, ...more };
  return (await doors(actor).district((tx) => chooseDocuments(tx, actor, chosen))).dispatchId;
}

export type SentDocuments = {
  id: string;
  dispatchId: string;
  documentIds: string[];
  here: TestStudent;
  there: TestStudent;
};
type About = {
  documents?: TestDocument[];
  person?: Partial<Omit<TestStudent, "id" | "sisId">>;
  to?: TestDistrict;
  by?: Someone;
  input?: Partial<TransferInput>;
};

export const documentInput = (
  dispatchId: string,
  to: TestDistrict,
  sisId: string,
  own: Partial<TransferInput> = {},
): TransferInput => ({ dispatchId, receiverId: to.id, sisId, owner: "clerk", legalBasis: "enrollment", ...own });

/** A document transfer whose package lies sealed and waits for the receiver's worker. */
export async function sealedDocuments(world: World, about: About = {}): Promise<SentDocuments> {
  const { documents = [{}], to = world.riverbend, by = world.lakeview.clerk } = about;
  const { here, there } = await addMover(world, about.person, to);
  const documentIds = await Promise.all(documents.map((one) => addDocument(world, world.lakeview, here.id, one)));
  const dispatchId = await draftDocuments(by, here.id, documentIds);
  const { transferId } = await transferDocuments(doors(by), documentInput(dispatchId, to, there.sisId, about.input));
  return { id: transferId, dispatchId, documentIds, here, there };
}

/** As `sealedDocuments`, and looked at by the receiver's worker: delivered where it agrees, else held. */
export async function handedOver(world: World, about: About = {}): Promise<SentDocuments> {
  const sent = await sealedDocuments(world, about);
  await handOver({ districtId: (about.to ?? world.riverbend).id, transferId: sent.id }, 0);
  return sent;
}

/** Held, because nobody there has the SIS Student ID that was typed. */
export const heldDocuments = (world: World, about: About = {}): Promise<SentDocuments> =>
  handedOver(world, { ...about, input: { sisId: "nobody", ...about.input } });

/** The documents that came with a transfer. */
export const arrivedWith = (world: World, transferId: string) =>
  world.sql<{ student_id: string; owner_id: string; district_id: string }>(
    "select student_id, owner_id, district_id from document where origin_transfer_id = $1",
    [transferId],
  );

/** What the disclosure records say of a transfer, oldest first. */
export async function disclosedWith(world: World, transferId: string): Promise<string[]> {
  const rows = await world.sql<{ category: string }>(
    "select category from disclosure where transfer_id = $1 order by at, category",
    [transferId],
  );
  return rows.map((row) => row.category);
}
