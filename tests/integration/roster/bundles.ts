import { readFileSync } from "node:fs";
import { Readable } from "node:stream";
import { doorsFor } from "@/lib/db/exchange";
import { roster } from "@/lib/jobs/roster";
import { checkImport } from "@/lib/roster/check-import";
import { requestApply } from "@/lib/roster/decide-import";
import { startImport } from "@/lib/roster/start-import";
import { asOwner, type Tenant } from "../../support/make-tenant";
import { makeZip } from "../../support/zip";

/** A student or someone of the staff as a test writes them; what isn't given is empty. */
export type Person = {
  id: string;
  role?: string;
  given?: string;
  family?: string;
  sis?: string;
  state?: string;
  born?: string;
  grade?: string;
  org?: string;
  email?: string;
  username?: string;
  status?: string;
};

const header =
  "sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password";

/** A line of users.csv, version 1.1. */
const userLine = (one: Person): string =>
  [
    one.id,
    one.status ?? "",
    "",
    "true",
    one.org ?? "north",
    one.role ?? "student",
    one.username ?? "",
    one.state ? `{State:${one.state}}` : "",
    one.given ?? "Ana",
    one.family ?? `Torres ${one.id}`,
    "",
    one.sis ?? `S-${one.id}`,
    one.email ?? "",
    "",
    "",
    "",
    one.grade ?? "09",
    "",
  ].join(",");

export type Files = Record<string, string | Buffer>;

/** The files of a bundle, version 1.1. */
export function bundleFiles(people: readonly Person[], kind: "bulk" | "delta" = "bulk", own: Files = {}): Files {
  return {
    "manifest.csv": [
      "propertyName,value",
      "manifest.version,1.0",
      "oneroster.version,1.1",
      `file.users,${kind}`,
      `file.orgs,${kind}`,
      `file.demographics,${kind}`,
    ].join("\n"),
    "orgs.csv":
      "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId\nnorth,,,North High,school,1,\ndistrict,,,The District,district,2,\n",
    "users.csv": `${[header, ...people.map(userLine)].join("\n")}\n`,
    "demographics.csv": `${[
      "sourcedId,status,dateLastModified,birthDate",
      ...people
        .filter((one) => (one.role ?? "student") === "student")
        .map((one) => `${one.id},,,${one.born ?? "2011-05-06"}`),
    ].join("\n")}\n`,
    ...own,
  };
}

export const zipOf = (files: Files): Buffer =>
  makeZip(Object.entries(files).map(([name, content]) => ({ name, content })));

/** Uploads a zip as the district's admin; gives the import. */
export async function upload(tenant: Tenant, zip: Buffer, name = "roster.zip"): Promise<string> {
  const { importId } = await startImport(tenant.admin.doors, { name, bytes: zip.length, source: Readable.from([zip]) });
  return importId;
}

export type ImportRow = {
  status: string;
  kind: string | null;
  version: string | null;
  added: number;
  changed: number;
  returned: number;
  leaving: number;
  unchanged: number;
  staff: number;
  error_count: number;
  note_count: number;
  failure: string | null;
  failure_detail: string | null;
  rows_read: number;
  file_id: string | null;
};

export async function importRow(importId: string): Promise<ImportRow> {
  const [row] = await asOwner<ImportRow>("select * from roster_import where id = $1", [importId]);
  return row as ImportRow;
}

/** Uploads and checks a bundle, as the worker would. */
export async function checked(tenant: Tenant, zip: Buffer): Promise<ImportRow & { id: string }> {
  const importId = await upload(tenant, zip);
  await roster({ districtId: tenant.districtId, importId, step: "check" });
  return { id: importId, ...(await importRow(importId)) };
}

/** Uploads, checks and applies a bundle. */
export async function applied(tenant: Tenant, zip: Buffer): Promise<ImportRow & { id: string }> {
  const { id } = await checked(tenant, zip);
  const { doors, actor } = tenant.admin;
  await doors.district((tx) => requestApply(tx, actor, { importId: id, confirmed: true }));
  await roster({ districtId: tenant.districtId, importId: id, step: "apply" });
  return { id, ...(await importRow(id)) };
}

/** Checks an import by the verb itself, as whoever. */
export const checkAs = (actor: Tenant["admin"]["actor"], importId: string) =>
  checkImport(doorsFor(actor), (run) => doorsFor(actor).district(run), { importId });

export type ProblemRow = {
  file: string;
  line: number | null;
  column_name: string | null;
  reason: string;
  detail: string | null;
};

export const problemsOf = (importId: string): Promise<ProblemRow[]> =>
  asOwner<ProblemRow>(
    "select file, line, column_name, reason, detail from roster_problem where import_id = $1 order by n",
    [importId],
  );

export type StudentRow = {
  id: string;
  sis_id: string;
  state_id: string | null;
  given_name: string;
  family_name: string;
  preferred_name: string | null;
  birth_date: string | null;
  grade: string | null;
  building: string | null;
  active: boolean;
  source: string;
  source_id: string | null;
  left_on: string | null;
};

/** The district's students by SIS ID. */
export const studentsOf = (tenant: Tenant): Promise<StudentRow[]> =>
  asOwner<StudentRow>(
    `select s.id, s.sis_id, s.state_id, s.given_name, s.family_name, s.preferred_name, s.birth_date::text, s.grade, b.name building, s.active, s.source, s.source_id, s.left_on::text
     from student s left join building b on b.district_id = s.district_id and b.id = s.building_id where s.district_id = $1 order by s.sis_id`,
    [tenant.districtId],
  );

/** A file of the shared data, or null where the folder isn't there. */
export function shared(name: string): Buffer | null {
  try {
    return readFileSync(new URL(`../../../../shared/data/${name}`, import.meta.url));
  } catch {
    return null;
  }
}
