import { disclosuresCsv } from "@/lib/disclosures/disclosures-csv";
import { disclosuresPdf } from "@/lib/disclosures/disclosures-pdf";
import { type DisclosureRecord, type DisclosureSubject, findDisclosures } from "@/lib/disclosures/find-disclosures";
import { documentTypeNames } from "@/lib/documents/document-types";
import { DomainError } from "@/lib/errors";
import { csvResponse } from "@/lib/web/csv-response";
import type { Place } from "@/lib/web/guard";

/** The disclosure record, opened and so written to the audit log. Throws `not-there` for whoever doesn't see it. */
export async function openDisclosures(
  { doors, actor, district }: Pick<Place, "doors" | "actor" | "district">,
  about: DisclosureSubject,
  purpose: "read" | "print" | "export" = "read",
): Promise<DisclosureRecord> {
  const record = await doors.district((tx) =>
    findDisclosures(tx, actor, { about, purpose, zone: district.timeZone, typeNames: documentTypeNames }),
  );
  if (!record) throw new DomainError("not-there");
  return record;
}

/** The record as a file: `?as=csv`, or PDF. Written down before the first byte leaves; the file's name names nobody. */
export async function disclosureFile(place: Place, request: Request, about: DisclosureSubject): Promise<Response> {
  const { actor, district } = place;
  if (new URL(request.url).searchParams.get("as") === "csv") {
    const record = await openDisclosures(place, about, "export");
    return csvResponse("disclosure-record.csv", [disclosuresCsv(record, district.timeZone)].values());
  }
  const record = await openDisclosures(place, about, "print");
  const pdf = await disclosuresPdf(record, {
    district: district.name,
    by: actor.name,
    now: new Date(),
    zone: district.timeZone,
  });
  return new Response(new Uint8Array(pdf), {
    headers: {
      "content-type": "application/pdf",
      "content-length": String(pdf.length),
      "content-disposition": 'attachment; filename="disclosure-record.pdf"',
      "content-security-policy": "sandbox; default-src 'none'",
      "x-content-type-options": "nosniff",
      "cache-control": "private, no-store",
    },
  });
}
