import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import PDFDocument from "pdfkit";
import { dayWords } from "@/lib/disclosures/disclosure-words";
import type { DisclosureEntry, DisclosureRecord } from "@/lib/disclosures/find-disclosures";

/** What stands on the paper beside the record itself. */
export type RecordHead = {
  district: string;
  /** Who printed it. */
  by: string;
  now: Date;
  zone: string;
};

/** US Letter, lying: points from the edges. The head of the columns is drawn into the upper margin of every page. */
const margins = { top: 84, bottom: 54, left: 42, right: 42 };
const columns = [
  { label: "Date", width: 70 },
  { label: "Disclosed to", width: 104 },
  { label: "Records", width: 140 },
  { label: "Interest and legal basis", width: 186 },
  { label: "What became of it", width: 122 },
  { label: "By", width: 86 },
];
const ink = "#000000";
const dim = "#333333";

/**
 * The disclosure record on paper: a tagged PDF (title, language, headings, a table with its header cells), whose pages each say whose
 * record it is by number and which page. A letter that the font doesn't have isn't dropped in silence: a sign stands for it, and a
 * sentence says so; the page, which the browser prints, has them all.
 */
export async function disclosuresPdf(record: DisclosureRecord, head: RecordHead): Promise<Buffer> {
  const title = "Disclosure record (34 CFR 99.32)";
  const pdf = new PDFDocument({
    size: "LETTER",
    layout: "landscape",
    margins,
    bufferPages: true,
    tagged: true,
    pdfVersion: "1.7",
    lang: "en-US",
    displayTitle: true,
    info: { Title: title, Author: head.district.replaceAll(/[<>&]/g, " "), Producer: "Baton", Creator: "Baton" },
  });
  const done = buffer(pdf);
  // The project's own folder is where its processes run.
  const folder = join(process.cwd(), "lib/disclosures");
  pdf.registerFont("regular", join(/* turbopackIgnore: true */ folder, "record-regular.ttf"));
  pdf.registerFont("bold", join(/* turbopackIgnore: true */ folder, "record-bold.ttf"));

  const name = drawable(`${record.about.given} ${record.about.family}`);
  const rows = record.entries.map((entry) => cells(entry, head.zone));
  const intro = drawable(
    `${head.district}. Who outside the district was given records about this student, when, why and on which legal basis; also what was refused or went to the wrong place. Printed on ${dayWords(head.now, head.zone)} by ${head.by}. Confidential student record.`,
  );
  const lacking = [name, intro, ...rows.flat()].some((text) => text.includes(unknownLetter));

  const root = pdf.struct("Document");
  pdf.addStructure(root);
  const say = (tag: "H1" | "P", draw: () => void) => root.add(pdf.struct(tag, {}, [draw]));
  const { about, entries } = record;
  pdf.y = 42;
  say("H1", () => pdf.font("bold").fontSize(18).fillColor(ink).text(title, margins.left, 42));
  pdf.moveDown(0.2);
  say("P", () => pdf.font("bold").fontSize(13).text(name));
  say("P", () => pdf.font("regular").fontSize(10).text(personWords(about)));
  pdf.moveDown(0.4);
  say("P", () => pdf.fontSize(9).fillColor(dim).text(intro));
  if (lacking)
    say("P", () =>
      pdf.text(
        `${unknownLetter} stands for a letter that this document’s font doesn’t have. The record on screen has it, and can be printed from there.`,
      ),
    );
  pdf.moveDown(0.8).fillColor(ink);
  if (entries.length === 0) {
    say("P", () => pdf.fontSize(11).text("Nothing was disclosed through Baton."));
  } else {
    const options = {
      // Where the table hangs in the tree of tags; the package's types don't know of it.
      structParent: root,
      columnStyles: columns.map(({ width }) => width),
      defaultStyle: { padding: 4, border: { top: 0, left: 0, right: 0, bottom: 0.5 }, borderColor: "#999999" },
    };
    const table = pdf.table(options);
    pdf.fontSize(9);
    table.row(
      columns.map(({ label }) => ({
        text: label,
        type: "TH" as const,
        scope: "Column" as const,
        font: { src: "bold" },
      })),
    );
    // From here on a page more repeats the head; for readers by ear it's one table all along.
    pdf.on("pageAdded", () => repeatHead(pdf));
    pdf.font("regular");
    for (const row of rows) table.row(row);
    table.end();
  }
  root.end();
  numberPages(pdf, about.sisId ? `SIS ID ${about.sisId}` : "Not on the roster");
  pdf.end();
  return done;
}

const personWords = ({ birthDate, sisId }: DisclosureRecord["about"]): string =>
  [sisId ? `SIS ID ${sisId}` : "Not on the roster", birthDate && `born ${dayWords(birthDate, "UTC")}`]
    .filter(Boolean)
    .join(" · ");

/** The letters that the font has: Latin with all its accents, Greek, Cyrillic, and the signs of typesetting (record-font-license.txt). */
const inFont =
  /^(?!\p{Cn})[\u0300-\u036f\n\x20-\x7e\u00a0-\u00ac\u00ae-\u024f\u0259\u02b0-\u02dd\u0370-\u03e1\u03f0-\u03ff\u0400-\u052f\u1e00-\u1eff\u2002-\u2015\u2018-\u201e\u2020-\u2022\u2026\u2032\u2033\u2039\u203a\u2044\u20ac\u2116\u2122]$/u;
/** Stands for a letter that the font doesn't have; that there is one is said on the first page. */
const unknownLetter = "\ufffd";

/** The text in letters that the font has: each in one piece with its accents where there is such a letter, others as `unknownLetter`. */
function drawable(text: string): string {
  return Array.from(text.normalize("NFC"), (letter) => (inFont.test(letter) ? letter : unknownLetter)).join("");
}

function cells(entry: DisclosureEntry, zone: string): string[] {
  const lines = (...parts: string[]) => parts.filter(Boolean).join("\n");
  return [
    dayWords(entry.at, zone),
    entry.to,
    lines(entry.what, ...entry.items, entry.transfer ? `Transfer ${entry.transfer.reference}` : ""),
    lines(`${entry.interest}.`, entry.basis, entry.basisDetail, entry.notice),
    entry.outcome,
    entry.by,
  ].map(drawable);
}

/** The columns' names in the upper margin of a further page: drawn for the eye alone, the table's own head is on the first. */
function repeatHead(pdf: PDFKit.PDFDocument): void {
  pdf.markContent("Artifact", { type: "Layout" });
  pdf.font("bold").fontSize(9).fillColor(ink);
  let x = margins.left;
  for (const { label, width } of columns) {
    pdf.text(label, x + 4, margins.top - 18, { width: width - 8, lineBreak: false });
    x += width;
  }
  pdf
    .moveTo(margins.left, margins.top - 4)
    .lineTo(x, margins.top - 4)
    .lineWidth(0.5)
    .strokeColor("#999999")
    .stroke();
  pdf.endMarkedContent();
  pdf.font("regular").fontSize(9);
  pdf.x = margins.left;
  pdf.y = margins.top;
}

function numberPages(pdf: PDFKit.PDFDocument, whose: string): void {
  const { start, count } = pdf.bufferedPageRange();
  for (let page = start; page < start + count; page++) {
    pdf.switchToPage(page);
    pdf.markContent("Artifact", { type: "Pagination" });
    // Below the margin: without taking it away, the text would begin a page of its own.
    pdf.page.margins.bottom = 0;
    pdf
      .font("regular")
      .fontSize(8)
      .fillColor(dim)
      .text(`Disclosure record, ${whose}. Page ${page + 1} of ${count}`, margins.left, pdf.page.height - 36, {
        lineBreak: false,
      });
    pdf.endMarkedContent();
  }
}
