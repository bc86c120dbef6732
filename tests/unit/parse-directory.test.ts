import { describe, expect, test } from "vitest";
import { DirectoryUnreadable, parseDirectory } from "@/lib/districts/parse-directory";

const parse = (text: string) => parseDirectory(Buffer.from(text));
const one = { ncesId: "0100005", name: "Albertville City", state: "AL", city: null, domain: null };

describe("reads", () => {
  test.each([
    ["comma", "LEAID,LEA_NAME,ST\n0100005,Albertville City,AL\n"],
    ["tab", "LEAID\tLEA_NAME\tST\n0100005\tAlbertville City\tAL"],
    ["semicolon", "LEAID;LEA_NAME;ST\n0100005;Albertville City;AL"],
    ["another order, more columns", "ST,ENROLLMENT,LEA_NAME,X,LEAID\nAL,5821,Albertville City,,0100005"],
    ["BOM and CRLF", "\uFEFFLEAID,LEA_NAME,ST\r\n0100005,Albertville City,AL\r\n"],
    ["quotes", '"LEAID","LEA_NAME","ST"\n"0100005","Albertville City","AL"'],
    ["capitals and spaces", " leaid , Lea_Name , st \n 0100005 ,  Albertville   City , al "],
    ["blank lines", "LEAID,LEA_NAME,ST\n\n0100005,Albertville City,AL\n,,\n\n"],
  ])("%s", (_what, text) => {
    expect(parse(text)).toEqual({ rows: [one], bad: [], zerosRestored: 0 });
  });

  test("a comma, a quotation mark and a line break inside quotes; lines counted as in the file", () => {
    const { rows, bad } = parse('LEAID,LEA_NAME,ST\n0100005,"The ""Big"", Old\nDistrict",AL\n0100006,,AL');
    expect(rows.map((row) => row.name)).toEqual(['The "Big", Old District']);
    expect(bad).toEqual([{ line: 4, reason: "the LEA_NAME is empty" }]);
  });

  test("UTF-16 and the Windows code page", () => {
    const text = "LEAID\tLEA_NAME\tST\n7200030\tAutónomo\tPR";
    expect(parseDirectory(Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, "utf16le")])).rows[0]?.name).toBe(
      "Autónomo",
    );
    expect(parseDirectory(Buffer.from(text, "latin1")).rows[0]?.name).toBe("Autónomo");
  });

  test("city and web site", () => {
    const { rows } = parse(
      "LEAID,LEA_NAME,ST,LCITY,WEBSITE\n0100005,A,AL,Albertville,https://www.albertk12.org/home\n0100006,B,AL,,n/a",
    );
    expect(rows.map(({ city, domain }) => ({ city, domain }))).toEqual([
      { city: "Albertville", domain: "albertk12.org" },
      { city: null, domain: null },
    ]);
  });

  test("a leading zero that a spreadsheet dropped comes back, and is counted", () => {
    expect(parse("LEAID,LEA_NAME,ST\n100005,Albertville City,AL")).toEqual({ rows: [one], bad: [], zerosRestored: 1 });
  });
});

describe("reports", () => {
  test("each bad row with its line and reason, and takes the others", () => {
    const { rows, bad } = parse(
      [
        "LEAID,LEA_NAME,ST",
        ",No id,AL",
        "12345,Short,AL",
        "01000050,Long,AL",
        "01000O5,Letter,AL",
        "0100007,Nowhere,ZZ",
        "0100008,No state,",
        "0100005,Albertville City,AL",
        "0100005,Again,AL",
        "0100009",
      ].join("\n"),
    );
    expect(rows).toEqual([one]);
    expect(bad).toEqual([
      { line: 2, reason: "the LEAID is missing" },
      { line: 3, reason: 'the LEAID "12345" isn\'t 7 digits' },
      { line: 4, reason: 'the LEAID "01000050" isn\'t 7 digits' },
      { line: 5, reason: 'the LEAID "01000O5" isn\'t 7 digits' },
      { line: 6, reason: "\"ZZ\" isn't a state's code" },
      { line: 7, reason: "the state (ST) is missing" },
      { line: 9, reason: "the LEAID 0100005 stands in line 8 already" },
      { line: 10, reason: "the LEA_NAME is empty" },
    ]);
  });

  test.each([
    ["", "empty"],
    ["a,b,c\n1,2,3", "LEAID, LEA_NAME and ST"],
    ["nothing like a table", "LEAID, LEA_NAME and ST"],
    ["PK\u0003\u0004\u0000\u0000", "isn't text"],
    ['LEAID,LEA_NAME,ST\n"0100005,Open,AL\n0100006,B,AL', "quotation mark"],
  ])("%j as a whole", (text, why) => {
    expect(() => parse(text)).toThrow(DirectoryUnreadable);
    expect(() => parse(text)).toThrow(why);
  });
});
