import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import * as yazl from "yazl";

const starts = "Ka,Ro,Mi,Te,La,Ben,Dor,Ver,Hal,Sto,Gri,Mar,Ost,Win,Pel,Jun".split(",");
const ends = "ra,son,lin,ton,man,ley,berg,ova,ski,ez,etti,ard,wyn,mund,ford,by".split(",");
const syllables = (n: number): string => `${starts[n % 16]}${ends[(n >> 4) % 16]}`;
const uuid = (n: number, kind: number): string => `0000000${kind}-0000-4000-8000-${n.toString(16).padStart(12, "0")}`;

/** A student of the generated roster; with `changed`, every hundredth is called otherwise and is a grade further. */
function student(n: number, changed: boolean): string {
  const other = changed && n % 100 === 7;
  const family = syllables(n * 7 + (n >> 8)) + syllables(n >> 4).toLowerCase();
  return [
    uuid(n, 1),
    "",
    "",
    "true",
    uuid(n % 180, 2),
    "student",
    `s${n}`,
    `{State:${30_000_000 + n}}`,
    syllables(n * 13),
    other ? `${family}-Vale` : family,
    n % 3 === 0 ? syllables(n * 5) : "",
    String(100_000 + n),
    "",
    "",
    "",
    "",
    String(1 + ((n + (other ? 1 : 0)) % 12)).padStart(2, "0"),
    "",
  ].join(",");
}

function* lines(header: string, count: number, line: (n: number) => string): Generator<string> {
  let block = `${header}\n`;
  for (let n = 0; n < count; n++) {
    block += `${line(n)}\n`;
    if (block.length > 64_000) {
      yield block;
      block = "";
    }
  }
  yield block;
}

/** Writes a OneRoster 1.1 bundle of `count` students in 180 schools. */
export async function writeRoster(path: string, count: number, changed: boolean): Promise<void> {
  const zip = new yazl.ZipFile();
  const manifest =
    "propertyName,value\nmanifest.version,1.0\noneroster.version,1.1\nfile.users,bulk\nfile.orgs,bulk\nfile.demographics,bulk\n";
  zip.addBuffer(Buffer.from(manifest), "manifest.csv");
  const orgs = lines("sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId", 180, (n) =>
    [uuid(n, 2), "", "", `School ${n + 1}`, "school", n, ""].join(","),
  );
  zip.addReadStream(Readable.from(orgs), "orgs.csv");
  const header =
    "sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password";
  zip.addReadStream(Readable.from(lines(header, count, (n) => student(n, changed))), "users.csv");
  const births = lines("sourcedId,status,dateLastModified,birthDate,sex", count, (n) =>
    [uuid(n, 1), "", "", new Date(Date.UTC(2008, 0, 1 + (n % 4000))).toISOString().slice(0, 10), ""].join(","),
  );
  zip.addReadStream(Readable.from(births), "demographics.csv");
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(path));
}
