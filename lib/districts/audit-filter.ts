import { type AuditGroup, auditGroups } from "@/lib/districts/audit-words";

/** Which entries, and from where on: all that the audit log's URL says. */
export type AuditFilter = {
  /** Part of a user's name, username or email; "Baton" is the worker. */
  who: string;
  what: AuditGroup | null;
  /** A case number, a reference, an SIS ID, a student's or user's name. */
  about: string;
  /** Days of the district's time zone, both included: YYYY-MM-DD. */
  from: string | null;
  to: string | null;
  /** The page: older than this entry, or newer than that. */
  before: bigint | null;
  after: bigint | null;
};

export const plainAuditFilter: AuditFilter = {
  who: "",
  what: null,
  about: "",
  from: null,
  to: null,
  before: null,
  after: null,
};

const typed = (value: string | undefined) => (value ?? "").replaceAll("\0", "").trim().slice(0, 200);
/** A day that is in the calendar. */
const day = (value: string | undefined) =>
  value && /^(19|20)\d\d-\d\d-\d\d$/.test(value) && new Date(`${value}T00:00:00Z`).toJSON()?.startsWith(value)
    ? value
    : null;
const seq = (value: string | undefined) => (value && /^[1-9]\d{0,17}$/.test(value) ? BigInt(value) : null);

/** Why a day of the log's query narrows nothing as it stands: it can't be read, or From is after To. */
export type DayProblem = "unread" | "after-to";

/** What is wrong with the days of the log's query, if anything. */
export function findDayProblems(search: Record<string, string | undefined>): {
  from: DayProblem | null;
  to: DayProblem | null;
} {
  const { from, to } = parseAuditFilter(search);
  return {
    from: search.from && !from ? "unread" : from && to && from > to ? "after-to" : null,
    to: search.to && !to ? "unread" : null,
  };
}

/** Reads the log's query. What it doesn't understand counts as not said; of a day `findDayProblems` says so. */
export function parseAuditFilter(search: Record<string, string | undefined>): AuditFilter {
  return {
    who: typed(search.who),
    what: search.what && Object.hasOwn(auditGroups, search.what) ? (search.what as AuditGroup) : null,
    about: typed(search.about),
    from: day(search.from),
    to: day(search.to),
    before: seq(search.before),
    after: search.before ? null : seq(search.after),
  };
}

/** The query string that `parseAuditFilter` reads, without what is the default; "" or beginning with "?". */
export function auditQuery(filter: AuditFilter): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(filter)) if (value) query.set(name, String(value));
  const text = query.toString();
  return text && `?${text}`;
}

/** Whether the log is narrowed, pages aside. */
export function isNarrowed(filter: AuditFilter): boolean {
  return Boolean(filter.who || filter.what || filter.about || filter.from || filter.to);
}
