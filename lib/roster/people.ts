import { HASH_BYTES } from "@/lib/roster/record";

/** Whom the district's roster has already: sourcedIds with the hash of what the roster told last (zeros for none). */
export type KnownPeople = { ids: readonly string[]; hashes: Uint8Array; active: string };

const STUDENT = 1;
const ACTIVE = 2;
const STAFF = 4;
const SEEN_STUDENT = 8;
const SEEN_STAFF = 16;
const HAS_BIRTH = 32;

/** A role out of roles.csv, or from the user's own row. */
export type Role = { name: string; school: number };

/**
 * Who is who while a bundle is read: 200,000 students in some tens of megabytes, since everything but the ids lies in typed arrays.
 * A person is a number from 0, the district's own people first.
 */
export class People {
  readonly #numbers = new Map<string, number>();
  readonly #hashes: Buffer[] = [];
  #hash = Buffer.alloc(0);
  #flags = new Uint8Array(1024);
  /** Line of users.csv. */
  #line = new Int32Array(1024);
  /** 20110506; 0 where the bundle says that none is known. */
  #birth = new Int32Array(1024);
  #birthLine = new Int32Array(1024);
  /** Role's number + 1; negative where roles.csv had one that can't be used. */
  #role = new Int32Array(1024);
  #roleLine = new Int32Array(1024);
  readonly #roles: Role[] = [];
  readonly #roleNumbers = new Map<string, number>();
  #known = 0;

  /** Before anything is read: the district's own. */
  addKnown(people: KnownPeople, kind: "student" | "staff"): void {
    for (const [i, id] of people.ids.entries()) {
      const n = this.at(id);
      // Who stands in both, as student and as staff, has the first one's hash, and is looked at each time.
      if (n === this.#known) {
        this.#hashes.push(Buffer.from(people.hashes.buffer, people.hashes.byteOffset + i * HASH_BYTES, HASH_BYTES));
        this.#known++;
      }
      this.#flags[n] =
        (this.#flags[n] ?? 0) | (kind === "staff" ? STAFF : STUDENT | (people.active[i] === "1" ? ACTIVE : 0));
    }
    this.#hash = Buffer.concat([this.#hash, ...this.#hashes.splice(0)]);
  }

  /** The number of a sourcedId, a new one where nobody has it. */
  at(id: string): number {
    const found = this.#numbers.get(id);
    if (found !== undefined) return found;
    const n = this.#numbers.size;
    this.#numbers.set(id, n);
    if (n === this.#flags.length) this.#grow();
    return n;
  }

  /** The number of a sourcedId that somebody has, or -1. */
  find(id: string): number {
    return this.#numbers.get(id) ?? -1;
  }

  isKnownStudent = (n: number): boolean => (this.#flag(n) & STUDENT) !== 0;
  isActiveStudent = (n: number): boolean => (this.#flag(n) & (STUDENT | ACTIVE)) === (STUDENT | ACTIVE);
  isKnownStaff = (n: number): boolean => (this.#flag(n) & STAFF) !== 0;

  /** Whether the roster told the very same of a person the last time. */
  isSame(n: number, hash: Buffer): boolean {
    if (n >= this.#known) return false;
    const at = n * HASH_BYTES;
    return this.#hash.compare(hash, 0, HASH_BYTES, at, at + HASH_BYTES) === 0;
  }

  /** The line of users.csv in which a person stood already, or 0. */
  lineOf = (n: number): number => this.#line[n] ?? 0;
  seeLine(n: number, line: number): void {
    this.#line[n] = line;
  }
  seeStudent(n: number): void {
    this.#flags[n] = this.#flag(n) | SEEN_STUDENT;
  }
  seeStaff(n: number): void {
    this.#flags[n] = this.#flag(n) | SEEN_STAFF;
  }

  /** `birthDate` as YYYY-MM-DD, or null. */
  setBirth(n: number, birthDate: string | null, line: number): void {
    this.#flags[n] = this.#flag(n) | HAS_BIRTH;
    this.#birth[n] = birthDate ? Number(birthDate.replaceAll("-", "")) : 0;
    this.#birthLine[n] = line;
  }
  /** Where demographics.csv named a person whose date can't be used. */
  seeBirthLine(n: number, line: number): void {
    this.#birthLine[n] = line;
  }
  birthLineOf = (n: number): number => this.#birthLine[n] ?? 0;
  /** The birth date, null for none, undefined where demographics.csv doesn't tell. */
  birthOf(n: number): string | null | undefined {
    if ((this.#flag(n) & HAS_BIRTH) === 0) return undefined;
    const digits = String(this.#birth[n] ?? 0);
    return digits === "0" ? null : `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`;
  }

  setRole(n: number, role: Role | null, line: number): void {
    this.#roleLine[n] = line;
    if (!role) {
      this.#role[n] = -1;
      return;
    }
    const key = `${role.name} ${role.school}`;
    let number = this.#roleNumbers.get(key);
    if (number === undefined) {
      number = this.#roles.push(role) - 1;
      this.#roleNumbers.set(key, number);
    }
    this.#role[n] = number + 1;
  }
  roleLineOf = (n: number): number => this.#roleLine[n] ?? 0;
  /** The role out of roles.csv; null where the one there can't be used, undefined where there's none. */
  roleOf(n: number): Role | null | undefined {
    const number = this.#role[n] ?? 0;
    return number === 0 ? undefined : number < 0 ? null : this.#roles[number - 1];
  }

  /** The district's active students whom the bundle didn't name: those who leave with a whole roster. */
  *unseenStudents(): Generator<string> {
    for (const [id, n] of this.#numbers) {
      if (n >= this.#known) return;
      if (this.isActiveStudent(n) && (this.#flag(n) & SEEN_STUDENT) === 0) yield id;
    }
  }
  /** As `unseenStudents`, for staff. */
  *unseenStaff(): Generator<string> {
    for (const [id, n] of this.#numbers) {
      if (n >= this.#known) return;
      if (this.isKnownStaff(n) && (this.#flag(n) & SEEN_STAFF) === 0) yield id;
    }
  }
  /** People whom demographics.csv or roles.csv named and users.csv didn't. */
  *notInUsers(): Generator<{ id: string; n: number }> {
    for (const [id, n] of this.#numbers) {
      if (this.lineOf(n) === 0 && (this.birthLineOf(n) > 0 || this.roleLineOf(n) > 0)) yield { id, n };
    }
  }

  #flag(n: number): number {
    return this.#flags[n] ?? 0;
  }

  #grow(): void {
    const size = this.#flags.length * 2;
    const flags = new Uint8Array(size);
    flags.set(this.#flags);
    this.#flags = flags;
    const larger = (before: Int32Array<ArrayBuffer>) => {
      const after = new Int32Array(size);
      after.set(before);
      return after;
    };
    this.#line = larger(this.#line);
    this.#birth = larger(this.#birth);
    this.#birthLine = larger(this.#birthLine);
    this.#role = larger(this.#role);
    this.#roleLine = larger(this.#roleLine);
  }
}
