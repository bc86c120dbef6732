import { Readable } from "node:stream";
import { describe, expect, test } from "vitest";
import { addAttachment } from "@/lib/cases/add-attachment";
import { findAttachment } from "@/lib/cases/find-attachment";
import { findCase } from "@/lib/cases/find-case";
import { openAttachment } from "@/lib/cases/open-attachment";
import { removeAttachment } from "@/lib/cases/remove-attachment";
import { addDocument } from "@/lib/documents/add-document";
import { findDocument } from "@/lib/documents/find-document";
import { openDocument } from "@/lib/documents/open-document";
import { scanFiles } from "@/lib/jobs/scan-files";
import { objectStore } from "@/lib/storage/open-store";
import { eicar } from "../../support/clamd";
import { audited } from "../../support/documents";
import { ownScanner } from "../../support/scanner";
import { addCase, attach, doors, makeWorld, outcome, textFile } from "../../support/world";

const world = await makeWorld();
const scanner = await ownScanner();
const { lakeview } = world;
const studentId = lakeview.students[0]?.id as string;
const { id: caseId } = await addCase(world, lakeview, { assigned: [lakeview.staff] });

const upload = (text: string) => ({ name: "Plan.txt", bytes: null, source: Readable.from([Buffer.from(text)]) });
const addFile = (text: string, id = caseId) =>
  addAttachment(doors(lakeview.manager), { ...upload(text), caseId: id }).then((added) => added.attachmentId);
const addPaper = (text: string) =>
  addDocument(doors(lakeview.clerk), {
    ...upload(text),
    studentId,
    title: null,
    type: "iep",
    ownerId: null,
    datedOn: null,
  }).then((added) => added.documentId);
const openFile = (id: string, purpose: "download" | "preview" = "download") =>
  openAttachment(doors(lakeview.manager), { id, purpose });
const openPaper = (id: string, purpose: "download" | "preview" = "download") =>
  openDocument(doors(lakeview.clerk), { id, purpose });
const viewOf = (id: string, of = caseId) =>
  doors(lakeview.manager).district((tx) => findAttachment(tx, lakeview.manager, { caseId: of, id }));
const objects = async () => (await Readable.from(objectStore().list("")).toArray()).length;
const read = async (opened: Promise<{ stream: Readable }>) =>
  Buffer.concat(await (await opened).stream.toArray()).toString();

describe("succeeds", () => {
  test("a clean file is scanned once, whole, and can be opened at once", async () => {
    const before = scanner.scanned.length;
    expect(await read(openFile(await addFile("a plan")))).toBe("a plan");
    expect(await read(openPaper(await addPaper("another plan")))).toBe("another plan");
    expect(scanner.scanned.slice(before)).toEqual([6, 12]);
  });

  test("without a scanner files are handed out as they came, and those from before wait when one is set", async () => {
    scanner.off();
    const [file, paper] = [await addFile("a plan"), await addPaper("a plan")];
    expect(await read(openFile(file))).toBe("a plan");
    expect(await viewOf(file)).toMatchObject({ block: null });
    scanner.on();
    expect(await outcome(openFile(file))).toBe("file-blocked");
    expect(await outcome(openPaper(paper))).toBe("file-blocked");
    await scanFiles();
    expect(await read(openFile(file))).toBe("a plan");
    expect(await read(openPaper(paper))).toBe("a plan");
  });
});

describe("wrong state", () => {
  test("with the scanner down a file is kept and handed to nobody until the scanner is back", async () => {
    await scanner.down();
    const [file, paper] = [await addFile("a plan"), await addPaper("a plan")];
    for (const purpose of ["download", "preview"] as const) {
      expect(await outcome(openFile(file, purpose))).toBe("file-blocked");
      expect(await outcome(openPaper(paper, purpose))).toBe("file-blocked");
    }
    expect(await audited(world, lakeview, file)).toEqual(["attachment.add"]);
    expect(await viewOf(file)).toMatchObject({ block: "waiting", removable: true });
    const one = await doors(lakeview.clerk).district((tx) =>
      findDocument(tx, lakeview.clerk, { studentId, id: paper }),
    );
    expect(one).toMatchObject({ block: "waiting" });
    const view = await doors(lakeview.staff).district((tx) => findCase(tx, lakeview.staff, caseId));
    expect(view?.attachments.find((each) => each.id === file)).toMatchObject({ block: "waiting" });
    expect(await scanFiles()).toBe(0);
    expect(await outcome(openFile(file))).toBe("file-blocked");
    await scanner.back();
    expect(await scanFiles()).toBe(2);
    expect(await read(openFile(file, "preview"))).toBe("a plan");
    expect(await read(openPaper(paper, "preview"))).toBe("a plan");
  });

  test("a virus that is found later blocks the file for good, whatever the settings, and both say so", async () => {
    await scanner.down();
    const [file, paper] = [await addFile(`x${eicar}`), await addPaper(`y${eicar}`)];
    await scanner.back();
    expect(await scanFiles()).toBe(2);
    expect(await viewOf(file)).toMatchObject({ block: "infected", removable: true });
    scanner.off();
    expect(await outcome(openFile(file))).toBe("file-blocked");
    expect(await outcome(openPaper(paper))).toBe("file-blocked");
    expect(await audited(world, lakeview, file)).toEqual(["attachment.add", "attachment.infected"]);
    expect(await audited(world, lakeview, paper)).toEqual(["document.add", "document.infected"]);
    const before = await objects();
    await removeAttachment(doors(lakeview.manager), { caseId, id: file });
    expect(await objects()).toBe(before - 1);
  });

  test("a received file stays, also one that couldn't be scanned; one with a virus can be removed with Manage Cases", async () => {
    const { id } = await addCase(world, lakeview, { assigned: [lakeview.staff] });
    await attach(world, lakeview, id, textFile());
    const [row] = await world.sql<{ id: string }>(
      "update attachment set received = true where case_id = $1 returning id",
      [id],
    );
    const attachment = row?.id as string;
    const remove = (by = lakeview.manager) => removeAttachment(doors(by), { caseId: id, id: attachment });
    const scanned = (scan: string) =>
      world.sql("update stored_file f set scan = $2 from attachment a where a.file_id = f.id and a.id = $1", [
        attachment,
        scan,
      ]);
    expect(await outcome(remove())).toBe("read-only");
    await scanned("failed");
    expect(await viewOf(attachment, id)).toMatchObject({ block: "failed", removable: false });
    expect(await outcome(remove())).toBe("read-only");
    await scanned("infected");
    expect(await viewOf(attachment, id)).toMatchObject({ block: "infected", removable: true });
    expect(await outcome(remove(lakeview.staff))).toBe("forbidden");
    expect(await outcome(remove())).toBe("done");
  });
});

describe("bad input", () => {
  test("a file with a virus isn't added, leaves nothing, and who tried is in the audit log", async () => {
    const { id } = await addCase(world, lakeview);
    const before = await objects();
    await expect(addFile(`x${eicar}`, id)).rejects.toMatchObject({
      kind: "file-refused",
      data: { reason: "infected", name: "Plan.txt", signature: "Eicar-Test-Signature" },
    });
    await expect(addPaper(`x${eicar}`)).rejects.toMatchObject({ kind: "file-refused", data: { reason: "infected" } });
    expect(await objects()).toBe(before);
    expect(await audited(world, lakeview, id)).toEqual(["case.refuse-file"]);
    expect(await audited(world, lakeview, studentId)).toEqual(["student.refuse-file"]);
    expect(await world.sql("select 1 from attachment where case_id = $1", [id])).toEqual([]);
  });
});
