import pg from "pg";
import { systemClose } from "@/lib/db/system";
import { env, setEnv } from "@/lib/env";
import { openBoss } from "@/lib/jobs/worker";
import { closeOutbox } from "@/lib/outbox";
import type { Actor } from "@/lib/policy";
import { hashPassword } from "@/lib/users/password";
import { makeCalendar } from "./calendars";
import { writeFiles } from "./case-files";
import { lastNumbers } from "./cases";
import { moveDisclosuresBack } from "./disclosures";
import { demoPassword, otherDistricts, servicePerson } from "./districts";
import { type DocumentSide, isFreshDocuments, makeDocumentTransfers, moveDocumentsBack } from "./document-transfers";
import { makeDocuments } from "./documents";
import { insertRows } from "./insert";
import { addressMails, sendMails } from "./mails";
import { writeOldRecords } from "./old-records";
import { makeRandom, type Random } from "./random";
import { makeRequests, moveRequestsBack, type RequestSide } from "./requests";
import { daysBefore } from "./time";
import { isFresh, makeStories, makeTransfers, moveBack, type Side } from "./transfers";
import { casePlace, makeWorlds, person, type World } from "./worlds";

/**
 * Fills an empty database with three fictional districts: people, rosters, cases with files, transfers in every state. Does nothing where
 * a district is a tenant already. The same every time, but for the days, which count from now. Its files are sent before a scanner could
 * have looked at them, so none is asked for here: they stay *not scanned*, and where there is one the worker scans them as any others.
 */
export async function loadDemo(now = new Date()): Promise<void> {
  setEnv({ CLAMD_URL: "" });
  const owner = new pg.Client({ connectionString: env().DATABASE_ADMIN_URL });
  await owner.connect();
  try {
    const { rowCount } = await owner.query("select from district where slug is not null limit 1");
    if (rowCount) return;
    const random = makeRandom("baton demo");
    const worlds = await makeWorlds(random, now);
    await writeWorlds(owner, worlds, now);
    await tellStories(owner, random, worlds, now);
  } finally {
    await owner.end();
    await closeOutbox();
    await systemClose();
  }
}

async function writeWorlds(owner: pg.Client, worlds: readonly World[], now: Date): Promise<void> {
  const passwordHash = await hashPassword(demoPassword);
  for (const world of worlds) {
    world.files = await writeFiles(world);
    const owners = casePlace(world).assignable;
    const papers = { ...world, clerk: person(world, "clerk"), staff: person(world, "staff"), owners };
    world.documents = await makeDocuments(papers, now);
  }
  await owner.query("begin");
  await insertRows(
    owner,
    "district",
    worlds.map(({ district, districtId }) => ({
      id: districtId,
      nces_id: district.ncesId,
      name: district.name,
      state: district.state,
      city: district.city,
      domain: `${district.slug}.example`,
      slug: district.slug,
      case_transfers_on: district.on,
    })),
  );
  await insertRows(
    owner,
    "district",
    otherDistricts.map(({ ncesId, ...rest }) => ({ nces_id: ncesId, ...rest })),
  );
  const users = new Map(worlds.flatMap((world) => world.people.map((one) => [one.userId, one])));
  await insertRows(
    owner,
    "app_user",
    [...users.values()].map((one) => ({
      id: one.userId,
      email: one.email,
      name: one.name,
      password_hash: one.joined ? passwordHash : null,
    })),
  );
  for (const world of worlds) {
    await writeWorld(owner, world, now);
    await writeOldRecords(owner, { ...world, manager: person(world, "manager"), clerk: person(world, "clerk") }, now);
  }
  await owner.query("commit");
  await owner.query("analyze");
}

async function writeWorld(owner: pg.Client, world: World, now: Date): Promise<void> {
  const { district, districtId, cases } = world;
  const of = <Row extends object>(rows: readonly Row[]) => rows.map((row) => ({ district_id: districtId, ...row }));
  await insertRows(
    owner,
    "membership",
    of(
      world.people.map((one, i) => ({
        id: one.id,
        user_id: one.userId,
        username: one.login,
        name: one.name,
        email: one.email,
        permissions: one.permissions,
        created_at: daysBefore(now, 600 - i),
        joined_at: one.joined ? daysBefore(now, 599 - i) : null,
        disabled_at: one.disabled ? daysBefore(now, 120) : null,
      })),
    ),
  );
  await insertRows(
    owner,
    "district_settings",
    of([
      {
        time_zone: district.timeZone,
        expiry_days: 14,
        coordinator_name: district.coordinator?.name ?? null,
        coordinator_title: district.coordinator?.title ?? null,
        coordinator_email: district.coordinator ? `transfers@${district.slug}.example` : null,
        coordinator_phone: district.coordinator?.phone ?? null,
        coordinator_shown: district.coordinator !== null,
        switch_changed_at: district.on ? daysBefore(now, 400) : null,
        switch_changed_by: district.on ? person(world, "admin").id : null,
      },
    ]),
  );
  await insertRows(owner, "school_break", of(makeCalendar(district.slug, now)));
  await insertRows(
    owner,
    "building",
    of(district.buildings.map(({ name }, i) => ({ id: world.buildingIds[i], name }))),
  );
  await insertRows(
    owner,
    "team",
    of(
      district.teams.map((name, i) => ({
        id: world.teamIds[i],
        name,
        leader_id: casePlace(world).leaders[i]?.id ?? null,
      })),
    ),
  );
  await insertRows(owner, "student", world.students);
  await insertRows(
    owner,
    "person",
    cases.flatMap((one) => (one.person ? [one.person] : [])),
  );
  await insertRows(
    owner,
    "case",
    cases.map((one) => one.row),
  );
  await insertRows(
    owner,
    "note",
    cases.flatMap((one) => one.notes),
  );
  await insertRows(
    owner,
    "strategy",
    cases.flatMap((one) => one.strategies),
  );
  await insertRows(
    owner,
    "task",
    cases.flatMap((one) => one.tasks),
  );
  await insertRows(
    owner,
    "case_assignment",
    of(
      cases.flatMap((one) =>
        [...new Set(one.assigned)].map((membershipId) => ({ case_id: one.row.id, membership_id: membershipId })),
      ),
    ),
  );
  await insertRows(owner, "stored_file", [...world.files.map(({ row }) => row), ...world.documents.files]);
  await insertRows(owner, "document", world.documents.documents);
  await insertRows(
    owner,
    "attachment",
    of(
      world.files.map(({ case: one, file, row }) => ({
        case_id: one.row.id,
        note_id: file.noteId,
        file_id: row.id,
        name: file.name,
        added_by: file.by.id,
        added_by_name: file.by.name,
        added_at: file.at,
      })),
    ),
  );
  await insertRows(
    owner,
    "counter",
    of([...lastNumbers(cases)].map(([year, value]) => ({ name: `case-${year}`, value }))),
  );
}

async function tellStories(owner: pg.Client, random: Random, worlds: readonly World[], now: Date): Promise<void> {
  const [first, second, third] = worlds as [World, World, World];
  const boss = await openBoss().start();
  try {
    const outgoing = makeStories(random, side(first), side(second), first.travelers);
    const incoming = makeStories(random, side(second), side(first), second.travelers);
    const [sent, received] = await Promise.all([
      makeTransfers(owner, outgoing, now),
      makeTransfers(owner, incoming, now),
    ]);
    // The completed one of two cases, of the story before the last three: it answered what the other district had asked for.
    const completed = (all: typeof sent) => all.at(-4)?.transferId ?? "";
    const requests = [
      { made: await makeRequests(owner, requestSide(second), requestSide(first), completed(sent)), of: second },
      { made: await makeRequests(owner, requestSide(first), requestSide(second), completed(received)), of: first },
    ];
    const papers = [
      ...(await makeDocumentTransfers(owner, documentSide(first), documentSide(second))),
      ...(await makeDocumentTransfers(owner, documentSide(second), documentSide(first))),
      // Nobody moves to the third district: there it is held, and returned.
      ...(await makeDocumentTransfers(owner, documentSide(first), documentSide(third), ["held", "returned"])),
      ...(await makeDocumentTransfers(owner, documentSide(third), documentSide(second), ["held", "returned"])),
    ];
    await addressMails(boss);
    for (const { made, of } of requests) await moveRequestsBack(owner, random, made, of.district.timeZone, now, false);
    const told = [
      ...sent.map((one) => ({ one, timeZone: first.district.timeZone })),
      ...received.map((one) => ({ one, timeZone: second.district.timeZone })),
    ];
    // What lies back goes first, so that only the mails of what is fresh are left to be sent.
    for (const { one, timeZone } of told) if (!isFresh(one)) await moveBack(owner, random, one, timeZone, now);
    for (const one of papers) if (!isFreshDocuments(one)) await moveDocumentsBack(owner, random, one, now);
    await sendMails(boss);
    for (const one of papers) if (isFreshDocuments(one)) await moveDocumentsBack(owner, random, one, now);
    for (const { one, timeZone } of told) if (isFresh(one)) await moveBack(owner, random, one, timeZone, now);
    for (const { made, of } of requests) await moveRequestsBack(owner, random, made, of.district.timeZone, now, true);
    await moveDisclosuresBack(owner);
  } finally {
    await boss.stop({ graceful: false });
  }
}

function actorOf(world: World, login: string): Actor {
  const one = person(world, login);
  return {
    userId: one.userId,
    membershipId: one.id,
    districtId: world.districtId,
    name: one.name,
    permissions: new Set(one.permissions as Actor["permissions"] extends ReadonlySet<infer P> ? P[] : never),
    ip: null,
  };
}

function documentSide(world: World): DocumentSide {
  return {
    districtId: world.districtId,
    timeZone: world.district.timeZone,
    clerk: actorOf(world, "clerk"),
    admin: actorOf(world, "admin"),
    students: world.students,
  };
}

function requestSide(world: World): RequestSide {
  return {
    districtId: world.districtId,
    clerk: actorOf(world, "clerk"),
    manager: actorOf(world, "manager"),
    students: world.students,
  };
}

function side(world: World): Side {
  return {
    districtId: world.districtId,
    manager: actorOf(world, "manager"),
    admin: actorOf(world, "admin"),
    service: actorOf(world, servicePerson.login),
    buildingIds: world.buildingIds,
    teamIds: world.teamIds,
    managerIds: casePlace(world).managers.map((one) => one.id),
  };
}
