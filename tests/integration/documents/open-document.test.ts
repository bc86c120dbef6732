import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { withDistrict } from "@/lib/db/tenant";
import { findDocument } from "@/lib/documents/find-document";
import { openDocument } from "@/lib/documents/open-document";
import type { Actor } from "@/lib/policy";
import { audited, putDocument, quarantine } from "../../support/documents";
import { doors, makeWorld, outcome } from "../../support/world";

const world = await makeWorld();
const { lakeview, riverbend } = world;
const student = lakeview.students[0]?.id as string;
const open = async (actor: Actor, id: string, purpose: "download" | "preview" = "download") => {
  const opened = await openDocument(doors(actor), { id, purpose });
  return { name: opened.name, bytes: Buffer.concat(await opened.stream.toArray()) };
};
const find = (actor: Actor, id: string, studentId = student) =>
  withDistrict(actor, (tx) => findDocument(tx, actor, { studentId, id }));

describe("succeeds", () => {
  test("for who manages documents and for its owner, byte for byte, under its title; audited before the bytes", async () => {
    const { id, bytes } = await putDocument(world, lakeview, { title: "Notes: 9/24", owner: lakeview.staff });
    expect(await open(lakeview.clerk, id)).toEqual({ name: "Notes- 9-24.txt", bytes });
    expect((await open(lakeview.staff, id, "preview")).bytes.equals(bytes)).toBe(true);
    expect(await audited(world, lakeview, id)).toEqual(["document.download", "document.read"]);
    expect(await find(lakeview.staff, id)).toMatchObject({ title: "Notes: 9/24", preview: true, deleted: null });
  });
  test("says where it came from", async () => {
    const { id } = await putDocument(world, lakeview);
    await world.sql("update document set origin_district_id = $2 where id = $1", [id, riverbend.id]);
    expect((await find(lakeview.clerk, id))?.received).toMatchObject({ district: "Riverbend", state: "California" });
  });
});

describe("wrong permission", () => {
  test("not for others, whatever else they manage", async () => {
    const { id } = await putDocument(world, lakeview);
    for (const actor of [lakeview.staff, lakeview.manager]) {
      expect(await outcome(open(actor, id))).toBe("not-there");
      expect(await find(actor, id)).toBeNull();
    }
    expect(await audited(world, lakeview, id)).toEqual([]);
  });
});

describe("other district", () => {
  test("not there", async () => {
    const { id } = await putDocument(world, lakeview);
    expect(await outcome(open(riverbend.clerk, id))).toBe("not-there");
    expect(await find(riverbend.clerk, id)).toBeNull();
  });
});

describe("wrong state", () => {
  test("not from the bin, not out of quarantine; the bin is for who manages documents", async () => {
    const [binned, hidden] = [
      await putDocument(world, lakeview, { deletedDaysAgo: 2, owner: lakeview.staff }),
      await putDocument(world, lakeview),
    ];
    await quarantine(world, hidden.id);
    expect(await outcome(open(lakeview.clerk, binned.id))).toBe("not-there");
    expect(await outcome(open(lakeview.clerk, hidden.id))).toBe("not-there");
    expect(await find(lakeview.clerk, hidden.id)).toBeNull();
    expect(await find(lakeview.staff, binned.id)).toBeNull();
    expect((await find(lakeview.clerk, binned.id))?.deleted).not.toBeNull();
  });
  test("Word files have no preview", async () => {
    const { id, fileId } = await putDocument(world, lakeview);
    await world.sql(
      "update stored_file set media_type = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document' where id = $1",
      [fileId],
    );
    expect(await outcome(open(lakeview.clerk, id, "preview"))).toBe("not-there");
    expect((await open(lakeview.clerk, id)).name).toBe("IEP 2026–27.docx");
  });
});

describe("bad input", () => {
  test("ids that never were, or aren't ids; another student's document", async () => {
    const { id } = await putDocument(world, lakeview);
    expect(await outcome(open(lakeview.clerk, randomUUID()))).toBe("not-there");
    expect(await outcome(open(lakeview.clerk, "../../etc/passwd"))).toBe("not-there");
    expect(await find(lakeview.clerk, id, lakeview.students[1]?.id)).toBeNull();
    expect(await find(lakeview.clerk, "x", "y")).toBeNull();
  });
});

describe("two at once", () => {
  test("both read it, and both are written down", async () => {
    const { id } = await putDocument(world, lakeview);
    await Promise.all([open(lakeview.clerk, id), open(lakeview.admin, id)]);
    expect(await audited(world, lakeview, id)).toEqual(["document.download", "document.download"]);
  });
});
