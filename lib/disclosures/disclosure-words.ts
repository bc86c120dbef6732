/** The sentences of the disclosure record, the same on screen, on paper and in the file. */

/** What was stated with a transfer: its legal basis, and what the law asks for beside it. */
export type StatedBasis = {
  legalBasis: string;
  threat: string | null;
  /** Days: YYYY-MM-DD */
  consentOn: string | null;
  notice: string | null;
  noticeOn: string | null;
  noticeMethod: string | null;
  noticeBy: string | null;
  /** The reference of the record request that it answers. */
  request: string | null;
};

/** How a transfer stands, as far as the record tells it. */
export type TransferOutcome = {
  kind: string;
  status: string;
  decidedAt: Date | null;
  unlockedAt: Date | null;
  reason: string | null;
  /** Of what was disclosed of this person: all of it was left out by the receiver. Null where that isn't known. */
  leftOut: boolean | null;
};

const bases: Record<string, string> = {
  enrollment: "Enrollment in the other district, 34 CFR 99.31(a)(2)",
  consent: "Written consent, 34 CFR 99.30",
  emergency: "Health or safety emergency, 34 CFR 99.36",
};
const methods: Record<string, string> = {
  letter: "by letter",
  email: "by email",
  phone: "by phone",
  person: "in person",
};

/** The legal basis with its section. */
export const basisWords = (legalBasis: string): string => bases[legalBasis] ?? legalBasis;

/** Nov 20, 2026, of a moment in the district's time zone, or of a day. */
export function dayWords(at: Date | string, zone: string): string {
  const [date, where] = typeof at === "string" ? [new Date(`${at}T00:00:00Z`), "UTC"] : [at, zone];
  return new Intl.DateTimeFormat("en-US", { year: "numeric", month: "short", day: "numeric", timeZone: where }).format(
    date,
  );
}

/** What stands behind the basis: the threat, the day of the consent, the record request. Empty where nothing was stated. */
export function basisDetail({ legalBasis, threat, consentOn, request }: StatedBasis): string {
  if (legalBasis === "emergency") return threat ? `The threat: ${threat}` : "";
  if (legalBasis === "consent") return consentOn ? `Consent signed on ${dayWords(consentOn, "UTC")}.` : "";
  return request ? `Asked for by record request ${request}.` : "No record request stands behind it.";
}

/** What the parents were told (34 CFR 99.34), which only a disclosure for enrollment asks for. */
export function noticeWords({ legalBasis, notice, noticeOn, noticeMethod, noticeBy }: StatedBasis): string {
  if (notice === "told") {
    const how = [
      noticeOn && `on ${dayWords(noticeOn, "UTC")}`,
      noticeMethod && methods[noticeMethod],
      noticeBy && `by ${noticeBy}`,
    ].filter(Boolean);
    return `Parents were told${how.length > 0 ? ` ${how.join(", ")}` : ""}.`;
  }
  if (notice === "asked") return "Notice not required: the parents asked for it.";
  if (notice === "yearly") return "Notice not required: the yearly notice tells of such transfers.";
  return legalBasis === "enrollment" ? "No parent notice was recorded." : "";
}

/** What became of it: also of what was refused, and of what went to the wrong place. */
export function outcomeWords(
  { kind, status, decidedAt, unlockedAt, reason, leftOut }: TransferOutcome,
  zone: string,
): string {
  const on = decidedAt ? ` on ${dayWords(decidedAt, zone)}` : "";
  const why = reason ? ` Reason: ${reason}` : "";
  switch (status) {
    case "preparing":
      return "Being packed. Nothing has left yet.";
    case "failed":
      return `Not sent: it couldn’t be packed${on}.`;
    case "pending":
      return "Sent. They haven’t opened it.";
    case "unlocked":
      return `Opened there${unlockedAt ? ` on ${dayWords(unlockedAt, zone)}` : ""}; not taken over yet.`;
    case "completed":
      if (leftOut === null) return `Opened there, and decided${on}: whether it was taken over isn’t known here.`;
      return leftOut ? `Opened there, and left out${on}: not taken over.` : `Received there${on}.`;
    case "rejected":
      return `Refused${on}, ${unlockedAt ? "after it was opened there" : "unopened"}; the package is destroyed.${why}`;
    case "cancelled":
      return `Cancelled${on}, unopened; the package is destroyed.`;
    case "expired":
      return `Never opened; it expired${on}, and the package is destroyed.`;
    case "held":
      return "Held there: the student isn’t matched yet.";
    case "delivered":
      return `Delivered${on}.`;
    case "returned":
      return `Refused${on}; the documents are destroyed.${why}`;
    case "recalled":
      return `Sent wrongly: recalled${on}, and out of sight there.${why}`;
    case "reported":
      return `Sent wrongly: reported as another student’s, and out of sight there.${why}`;
    case "redone":
      return `Sent wrongly: reported as another student’s, then sent again to the right one.${why}`;
    case "withdrawn":
      return `Sent wrongly: reported as another student’s, and withdrawn.${why}`;
    default:
      return kind === "cases" ? "Sent." : "";
  }
}

/** A category as people read it: the types in "Documents: iep, evaluation (2)" become their names. */
export function categoryWords(category: string, typeNames: Readonly<Record<string, string>>): string {
  const prefix = "Documents: ";
  if (!category.startsWith(prefix)) return category;
  const parts = category.slice(prefix.length).split(", ");
  return prefix + parts.map((part) => part.replace(/^\w+/, (word) => typeNames[word] ?? word)).join(", ");
}
