import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import { openAttachment } from "@/lib/cases/open-attachment";
import { systemSignIn } from "@/lib/db/system";
import { openDocument } from "@/lib/documents/open-document";
import { handOver } from "@/lib/jobs/hand-over";
import { getRequest } from "@/lib/requests/get-request";
import { requestRecords } from "@/lib/requests/request-records";
import { acceptTransfer } from "@/lib/transfers/accept-transfer";
import { getDocumentDispatch } from "@/lib/transfers/get-document-dispatch";
import { getPackage } from "@/lib/transfers/get-package";
import { getTransfer } from "@/lib/transfers/get-transfer";
import { saveTransfer } from "@/lib/transfers/save-transfer";
import { findEnrolment } from "@/lib/users/enrol-factor";
import { checkSecondFactor, readFactor, useFactor } from "@/lib/users/factor";
import { openTotpSecret } from "@/lib/users/totp";
import { enrolled, codeOf as factorCode, openSession } from "../../support/second-factor";
import { doors, type Someone, textFile, type World } from "../../support/world";
import { sealedDocuments } from "../transfers/document-hand-over";
import { codeOf, entered, sent, statusOf, unlocked } from "../transfers/hand-over";

const read = async (stream: AsyncIterable<Uint8Array>) => {
  const parts: Uint8Array[] = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts);
};

const details = (by: Someone, transferId: string) => doors(by).district((tx) => getTransfer(tx, by, { transferId }));

/** One of everything that is wrapped. */
export async function wrappedScene(world: World) {
  const { lakeview, riverbend } = world;
  const file = textFile();
  const person = { userId: lakeview.manager.userId, email: `manager@${lakeview.slug}.example` };
  const factor = await enrolled(person);
  const other = await openSession({ userId: lakeview.clerk.userId });
  const settingUp = await systemSignIn((tx) =>
    findEnrolment(tx, { userId: lakeview.clerk.userId, sessionId: other.sessionId, email: "clerk@x.example" }),
  );
  const requestId = randomUUID();
  const content = {
    given: "Ana",
    family: "Torres",
    birthDate: "2012-01-15",
    grade: null,
    owner: null,
    sisId: null,
    message: "All of it, please",
  };
  await doors(riverbend.clerk).district((tx) =>
    requestRecords(tx, riverbend.clerk, {
      requestId,
      holdingDistrictId: lakeview.id,
      kind: "documents",
      documentTypes: ["iep"],
      legalBasis: "enrollment",
      content,
    }),
  );
  const saved = await entered(world, { notes: "saved notes", cases: [{ files: [file] }] });
  await saveTransfer(doors(riverbend.manager), { transferId: saved.id });
  return {
    file,
    factor,
    clerkSession: other.sessionId,
    settingUp: settingUp?.secret,
    requestId,
    saved,
    pending: await sent(world, { notes: "pending notes", cases: [{ files: [file] }] }),
    open: await unlocked(world, { notes: "open notes", cases: [{ files: [file] }] }),
    documents: await sealedDocuments(world, { documents: [{ file }] }),
  };
}

/** Opens all of it, by the verbs that people use. */
export async function openAll(world: World, made: Awaited<ReturnType<typeof wrappedScene>>): Promise<void> {
  const { lakeview, riverbend, sql } = world;
  const [attachment] = await sql<{ id: string }>(
    'select a.id from attachment a join "case" c on c.district_id = a.district_id and c.id = a.case_id where c.origin_transfer_id = $1',
    [made.saved.id],
  );
  const received = await openAttachment(doors(riverbend.manager), { id: attachment?.id ?? "", purpose: "download" });
  expect(await read(received.stream)).toEqual(made.file.bytes);
  expect(await codeOf(lakeview.manager, made.pending.id)).toBe(made.pending.code);
  expect((await details(lakeview.manager, made.pending.id)).notes).toBe("pending notes");
  expect((await details(riverbend.manager, made.saved.id)).notes).toBe("saved notes");
  await acceptTransfer(doors(riverbend.manager), { transferId: made.pending.id, code: made.pending.code });
  expect((await getPackage(doors(riverbend.manager), { transferId: made.open.id })).cases).toHaveLength(1);
  await handOver({ districtId: riverbend.id, transferId: made.documents.id }, 0);
  expect(await statusOf(world, made.documents.id)).toBe("delivered");
  const [document] = await sql<{ id: string }>("select id from document where origin_transfer_id = $1", [
    made.documents.id,
  ]);
  const delivered = await openDocument(doors(riverbend.clerk), { id: document?.id ?? "", purpose: "download" });
  expect(await read(delivered.stream)).toEqual(made.file.bytes);
  await doors(lakeview.clerk).district((tx) =>
    getDocumentDispatch(tx, lakeview.clerk, { dispatchId: made.documents.dispatchId }),
  );
  const request = await doors(lakeview.clerk).district((tx) =>
    getRequest(tx, lakeview.clerk, { requestId: made.requestId }),
  );
  expect(request.content?.message).toBe("All of it, please");
  const userId = lakeview.manager.userId;
  const shown = await systemSignIn(async (tx) => {
    const row = await readFactor(tx, userId);
    return row && checkSecondFactor(row, factorCode(made.factor.secret));
  });
  expect(shown && (await systemSignIn((tx) => useFactor(tx, shown)))).toBe(true);
  const [session] = await sql<{ totp_secret: Buffer }>("select totp_secret from session where id = $1", [
    made.clerkSession,
  ]);
  expect(openTotpSecret(lakeview.clerk.userId, session?.totp_secret ?? Buffer.alloc(0))).toBe(made.settingUp);
}
