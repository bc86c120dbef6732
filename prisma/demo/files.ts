import { once } from "node:events";
import { crc32, deflateSync } from "node:zlib";
import PDFDocument from "pdfkit";
import type { Random } from "./random";

/** What a made document says: a heading, a line of facts, and paragraphs under headings of their own. */
export type PdfContent = {
  title: string;
  district: string;
  facts: readonly string[];
  sections: readonly { heading: string; lines: readonly string[] }[];
};

/** A small, tagged PDF: one or two pages of text, a rule, a place to sign. */
export async function makePdf(content: PdfContent): Promise<Buffer> {
  const pdf = new PDFDocument({
    size: "LETTER",
    margin: 72,
    tagged: true,
    displayTitle: true,
    lang: "en-US",
    info: { Title: content.title, Author: content.district },
  });
  const chunks: Buffer[] = [];
  pdf.on("data", (chunk: Buffer) => chunks.push(chunk));
  const root = pdf.struct("Document");
  pdf.addStructure(root);
  const paragraph = (tag: string, size: number, bold: boolean, text: string, gap = 6) => {
    root.add(
      pdf.struct(tag, {}, () => {
        pdf
          .font(bold ? "Helvetica-Bold" : "Helvetica")
          .fontSize(size)
          .fillColor("#13232b")
          .text(text, { paragraphGap: gap });
      }),
    );
  };
  paragraph("P", 9, false, content.district);
  paragraph("H1", 20, true, content.title, 10);
  for (const fact of content.facts) paragraph("P", 10, false, fact, 2);
  pdf.markContent("Artifact");
  pdf
    .moveTo(72, pdf.y + 8)
    .lineTo(540, pdf.y + 8)
    .lineWidth(0.75)
    .stroke("#71828a");
  pdf.endMarkedContent();
  pdf.moveDown(1.5);
  for (const { heading, lines } of content.sections) {
    paragraph("H2", 13, true, heading, 4);
    for (const line of lines) paragraph("P", 11, false, line);
    pdf.moveDown(0.5);
  }
  root.end();
  const ended = once(pdf, "end");
  pdf.end();
  await ended;
  return Buffer.concat(chunks);
}

const width = 480;
const height = 240;
const palette = { paper: 0, line: 1, bar: 2, soft: 3 };
const colors = [
  [255, 255, 255],
  [113, 130, 138],
  [10, 90, 118],
  [211, 219, 220],
];

/** A bar chart as PNG (ISO/IEC 15948), made pixel by pixel: one bar per week. */
export function makeChart(random: Random): Buffer {
  const pixels = Buffer.alloc(width * height, palette.paper);
  const fill = (x: number, y: number, w: number, h: number, color: number) => {
    for (let row = Math.max(0, y); row < Math.min(height, y + h); row++)
      pixels.fill(color, row * width + x, row * width + Math.min(width, x + w));
  };
  for (let step = 1; step <= 4; step++) fill(40, 200 - step * 40, 420, 1, palette.soft);
  const weeks = random.int(8, 14);
  let value = random.int(90, 150);
  for (let week = 0; week < weeks; week++) {
    value = Math.max(8, Math.min(160, value + random.int(-34, 18)));
    fill(50 + week * Math.floor(400 / weeks), 200 - value, Math.floor(400 / weeks) - 8, value, palette.bar);
  }
  fill(40, 40, 2, 161, palette.line);
  fill(40, 200, 420, 2, palette.line);
  return encodePng(pixels);
}

function encodePng(pixels: Buffer): Buffer {
  const rows = Buffer.alloc((width + 1) * height);
  // A filter byte (0, none) before every row.
  for (let y = 0; y < height; y++) pixels.copy(rows, y * (width + 1) + 1, y * width, (y + 1) * width);
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  // Eight bits per pixel, colors from a palette.
  head.set([8, 3, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    chunk("IHDR", head),
    chunk("PLTE", Buffer.from(colors.flat())),
    chunk("IDAT", deflateSync(rows)),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(data.length, 0);
  ends.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
}
