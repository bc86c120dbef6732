import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { createInterface } from "node:readline";
import type { AuditHead } from "@/lib/districts/verify-audit";
import { joinFields } from "@/lib/storage/aes-gcm";
import { keys } from "@/lib/storage/keys";

/**
 * Heads of the audit chains, kept in a second place: whoever cuts a chain's tail, or writes all of it anew, can't take back what was
 * said elsewhere before. One line of JSON each, signed with a key that the database doesn't have:
 *
 *     {"district": id, "seq": "12345", "hash": 64 hex digits, "at": ISO time, "mac": 64 hex digits}
 */
export type SignedHead = { district: string; seq: string; hash: string; at: string; mac: string };

/** A head of a district's chain. */
export type HeadOf = AuditHead & { districtId: string };

/** The newest kept head per district, and how many lines weren't heads that this installation signed. */
export type KeptHeads = { heads: Map<string, AuditHead & { at: string }>; foreign: number };

export function signHead({ districtId, seq, hash }: HeadOf, at: Date): SignedHead {
  const head = { district: districtId, seq: String(seq), hash, at: at.toISOString() };
  return { ...head, mac: keys().signAuditHead(messageOf(head)).toString("hex") };
}

const messageOf = ({ district, seq, hash, at }: Omit<SignedHead, "mac">) => joinFields(district, seq, hash, at);

/** Adds lines to the file, and waits until they're on the disk. Makes the file where it isn't there; nobody else may read it. */
export async function appendHeads(file: string, heads: readonly SignedHead[]): Promise<void> {
  const handle = await open(file, "a", 0o600);
  try {
    await handle.appendFile(heads.map((head) => `${JSON.stringify(head)}\n`).join(""));
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * Reads a file of heads, or a log with heads in it, line by line: memory grows with the districts, not with the file. A file that isn't
 * there throws; lines of a log that aren't about heads count for nothing.
 */
export async function readHeads(file: string): Promise<KeptHeads> {
  const kept: KeptHeads = { heads: new Map(), foreign: 0 };
  const lines = createInterface({ input: createReadStream(file, "utf8"), crlfDelay: Number.POSITIVE_INFINITY });
  for await (const line of lines) {
    if (line.trim() === "") continue;
    const head = parseHead(line);
    if (head === "other") continue;
    if (head === null) {
      kept.foreign++;
      continue;
    }
    const known = kept.heads.get(head.district);
    const seq = BigInt(head.seq);
    if (!known || known.seq < seq) kept.heads.set(head.district, { seq, hash: head.hash, at: head.at });
  }
  return kept;
}

/** The head in a line; null for one that isn't ours or isn't whole, "other" for a line of a log about something else. */
function parseHead(line: string): SignedHead | null | "other" {
  let parsed: unknown;
  try {
    parsed = JSON.parse(line);
  } catch {
    return null;
  }
  if (!isRecord(parsed)) return null;
  if ("level" in parsed && !("auditHead" in parsed)) return "other";
  const head = "auditHead" in parsed ? parsed.auditHead : parsed;
  if (!isRecord(head)) return null;
  const { district, seq, hash, at, mac } = head as Record<keyof SignedHead, unknown>;
  if ([district, seq, hash, at, mac].some((one) => typeof one !== "string") || !/^\d{1,18}$/.test(seq as string))
    return null;
  const signed = { district, seq, hash, at, mac } as SignedHead;
  return keys().isSignedAuditHead(messageOf(signed), Buffer.from(signed.mac, "hex")) ? signed : null;
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;
