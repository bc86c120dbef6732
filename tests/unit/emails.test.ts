import { describe, expect, it } from "vitest";
import type {
  DocumentMailData,
  InvitationMailData,
  RenderedMail,
  RequestMailData,
  TransferMailData,
} from "@/emails/mail-data";
import { renderMail } from "@/emails/render-mail";
import type { MailEvent } from "@/lib/outbox";

const transferEvents = [
  "transfer-sent",
  "transfer-received",
  "transfer-unlocked",
  "transfer-completed",
  "transfer-rejected",
  "transfer-cancelled",
  "transfer-expired",
  "transfer-locked",
  "transfer-new-code",
  "transfer-failed",
  "transfer-reminder",
] as const satisfies MailEvent[];
const documentEvents = [
  "documents-delivered",
  "documents-held",
  "documents-returned",
  "documents-recalled",
  "documents-reported",
  "documents-failed",
] as const satisfies MailEvent[];
const requestEvents = [
  "request-received",
  "request-answered",
  "request-declined",
  "request-withdrawn",
  "request-due-soon",
  "request-due-today",
  "request-overdue",
] as const satisfies MailEvent[];
type WithoutTest = Exclude<
  MailEvent,
  | (typeof transferEvents)[number]
  | (typeof documentEvents)[number]
  | (typeof requestEvents)[number]
  | "invitation"
  | "password-reset"
  | "factor-reset"
  | "roster-waits"
  | "roster-failed"
  | "purge-proposed"
  | "purge-confirmed"
>;

const allowed: TransferMailData = {
  reference: "T-2026-418207",
  sendingDistrict: "Lakeview ISD",
  receivingDistrict: "Riverbend USD",
  count: 3,
  side: "sender",
  link: "https://baton.example/d/lakeview/admin/requests/case-transfers/0b8f4f3e-6c6e-4e0a-9c53-3b1f0a7d9d11",
  linkLeadsTo: "transfer",
};

// Everything that the world around a mail knows and that must never be in one.
const canaries = {
  studentName: "Zuleika Canarybird",
  givenName: "Zuleika",
  caseNumber: "2026-7719",
  caseContent: "threw a canary-yellow chair",
  attachment: "canary-safety-plan.pdf",
  notes: "canary notes for the other district",
  reason: "Canary reason: Zuleika moved away",
  code: "7KQF-3MXD-W8HT-N2VJ",
  codePlain: "7KQF3MXDW8HTN2VJ",
  birthDate: "2012-03-14",
  stateId: "CANARY9911",
  person: "Pat Canarywriter",
  documentTitle: "Canary IEP 2026",
  sisId: "CANARY-204871",
  owner: "canary.owner@riverbend.example",
  message: "canary message: please hurry",
};

function leaks(mail: RenderedMail): string[] {
  const whole = [mail.subject, mail.html, mail.text].join("\n").toLowerCase();
  return Object.values(canaries).filter((canary) => whole.includes(canary.toLowerCase()));
}

/** Every way of reading a mail: both sides, with and without the right to see the transfer. */
const readings = (["sender", "receiver"] as const).flatMap((side) =>
  (["transfer", "case", "cases"] as const).map((linkLeadsTo): TransferMailData => ({ ...allowed, side, linkLeadsTo })),
);

describe.each(transferEvents)("the mail %s", (event) => {
  it("leaks nothing, however much it's handed", async () => {
    for (const data of readings) expect(leaks(await renderMail(event, { ...data, ...canaries }))).toEqual([]);
  });

  it("gives reference, both districts, the count and the link, in HTML and in plain text", async () => {
    for (const data of readings) {
      const { html, text } = await renderMail(event, data);
      for (const body of [html, text]) {
        for (const fact of [data.reference, data.sendingDistrict, data.receivingDistrict, "3", data.link])
          expect(body).toContain(fact);
      }
    }
  });

  it("has the reference in a subject of one line", async () => {
    for (const data of readings) {
      const { subject } = await renderMail(event, {
        ...data,
        receivingDistrict: "Riverbend\r\nBcc: everybody@example.com",
      });
      expect(subject).toMatch(/^T-2026-418207: /);
      expect(subject).not.toMatch(/[\r\n]/);
    }
  });

  it("asks never to reply with student information", async () => {
    const { html, text } = await renderMail(event, allowed);
    for (const body of [html, text]) expect(body).toContain("Never reply with student information");
  });

  it("escapes what districts are called", async () => {
    const { html } = await renderMail(event, {
      ...allowed,
      sendingDistrict: '<img src="x">',
      receivingDistrict: "A & B",
    });
    expect(html).not.toContain('<img src="x">');
    expect(html).toContain("A &amp; B");
  });

  it("has no script, no picture, no address but the link", async () => {
    const { html } = await renderMail(event, allowed);
    expect(html).not.toMatch(/<script|<img|<link|url\(|<style/i);
    const addresses = [...html.matchAll(/(?:href|src)="([^"]*)"/g)].map((match) => match[1]);
    expect(new Set(addresses)).toEqual(new Set([allowed.link]));
  });
});

const documents: DocumentMailData = {
  reference: "T-2026-418207",
  sendingDistrict: "Lakeview ISD",
  receivingDistrict: "Riverbend USD",
  count: 3,
  side: "receiver",
  link: "https://baton.example/d/riverbend/admin/requests/document-transfers/0b8f4f3e-6c6e-4e0a-9c53-3b1f0a7d9d11",
  linkLeadsTo: "transfer",
  asCoordinator: false,
};
const documentReadings = (["sender", "receiver"] as const).flatMap((side) =>
  (["transfer", "student"] as const).flatMap((linkLeadsTo) =>
    [false, true].map((asCoordinator): DocumentMailData => ({ ...documents, side, linkLeadsTo, asCoordinator })),
  ),
);
const request: RequestMailData = {
  reference: "R-2026-418207",
  askingDistrict: "Riverbend USD",
  holdingDistrict: "Lakeview ISD",
  due: "Dec 4, 2026",
  link: "https://baton.example/d/lakeview/admin/requests/record-requests/0b8f4f3e-6c6e-4e0a-9c53-3b1f0a7d9d11",
  linkLeadsTo: "request",
  asCoordinator: false,
};
const requestReadings = [false, true].map((asCoordinator): RequestMailData => ({ ...request, asCoordinator }));

describe("the mails of document transfers and record requests", () => {
  const all = [
    ...documentEvents.flatMap((event) =>
      documentReadings.map((data) => ({
        event,
        data,
        facts: [data.sendingDistrict, data.receivingDistrict, "3"],
        make: (more = {}) => renderMail(event, { ...data, ...more }),
      })),
    ),
    ...requestEvents.flatMap((event) =>
      requestReadings.map((data) => ({
        event,
        data,
        facts: [data.askingDistrict, data.holdingDistrict, "Dec 4, 2026"],
        make: (more = {}) => renderMail(event, { ...data, ...more }),
      })),
    ),
  ];

  it.each([...documentEvents, ...requestEvents])("%s leaks nothing, however much it's handed", async (event) => {
    for (const { make } of all.filter((one) => one.event === event)) expect(leaks(await make(canaries))).toEqual([]);
  });

  it.each([...documentEvents, ...requestEvents])(
    "%s gives reference, both districts, the link, and asks never to reply with student information",
    async (event) => {
      for (const { make, data, facts } of all.filter((one) => one.event === event)) {
        const { subject, html, text } = await make();
        expect(subject.startsWith(`${data.reference}: `)).toBe(true);
        for (const body of [html, text]) {
          for (const fact of [data.reference, data.link, ...facts, "Never reply with student information"])
            expect(body).toContain(fact);
        }
        expect(html).not.toMatch(/<script|<img|<link|url\(|<style/i);
      }
    },
  );

  it("leads the new owner to the student, everybody else to the transfer, and says which", async () => {
    const owner = await renderMail("documents-delivered", { ...documents, linkLeadsTo: "student" });
    expect(owner.text).toContain("Open the student’s page");
    expect(owner.text).toContain("you’re their owner");
    const other = await renderMail("documents-delivered", { ...documents, asCoordinator: true });
    expect(other.text).toContain("Open the transfer");
    expect(other.text).toContain("as your district’s transfer coordinator");
  });

  it("says when an answer was due, to whoever oversees and may not open it, too; and nothing where there is no deadline", async () => {
    const admin = await renderMail("request-overdue", { ...request, linkLeadsTo: "admin" });
    expect(admin.text).toContain("was due on Dec 4, 2026");
    expect(admin.text).toContain("Open Admin");
    const none = await renderMail("request-received", { ...request, due: null });
    expect(none.text).not.toMatch(/\bDue\b|null/);
  });

  it("tells the sender of a held transfer nothing but that it's held", async () => {
    const { text } = await renderMail("documents-held", { ...documents, side: "sender" });
    expect(text).not.toMatch(/birth|no such|unknown|differ/i);
  });

  it("says one document as one, and has a subject of one line", async () => {
    const { subject } = await renderMail("documents-delivered", {
      ...documents,
      count: 1,
      sendingDistrict: "Lakeview\r\nBcc: everybody@example.com",
    });
    expect(subject).toContain("1 document from");
    expect(subject).not.toMatch(/[\r\n]/);
  });
});

it("request-overdue doesn’t say that anybody was reminded: earlier stages are left out where they were missed", async () => {
  expect((await renderMail("request-overdue", request)).text).not.toMatch(/remind/i);
});

describe("who has to call whom", () => {
  it.each(["transfer-received", "transfer-new-code"] as const)(
    "%s sends the receiver to the telephone for the code",
    async (event) => {
      const { text } = await renderMail(event, { ...allowed, side: "receiver" });
      expect(text).toContain("Call the sending district for the authorization code. It’s never sent by email.");
    },
  );

  it("transfer-sent sends the sender to the telephone, and whoever may not see the code nowhere", async () => {
    expect((await renderMail("transfer-sent", allowed)).text).toContain(
      "Call Riverbend USD and read out the authorization code",
    );
    for (const [linkLeadsTo, button] of [
      ["case", "Open the case"],
      ["cases", "Open your cases"],
    ] as const) {
      const assigned = (await renderMail("transfer-sent", { ...allowed, linkLeadsTo })).text;
      expect(assigned).not.toContain("authorization code, which");
      expect(assigned).toContain(button);
    }
  });

  it("speaks to the side that reads", async () => {
    for (const event of ["transfer-expired", "transfer-locked", "transfer-reminder"] as const) {
      const sender = await renderMail(event, { ...allowed, side: "sender" });
      const receiver = await renderMail(event, { ...allowed, side: "receiver" });
      expect(sender.text).not.toBe(receiver.text);
    }
  });

  it("says one case as one", async () => {
    expect((await renderMail("transfer-received", { ...allowed, count: 1, side: "receiver" })).subject).toContain(
      "1 case from",
    );
  });
});

describe("the mail invitation", () => {
  const invitation: InvitationMailData = {
    district: "Lakeview ISD",
    joined: false,
    link: "https://baton.example/invitation/abc",
    days: 7,
  };

  it.each([false, true])("names the district and gives the link (joined: %s)", async (joined) => {
    const { subject, html, text } = await renderMail("invitation", { ...invitation, joined, ...canaries });
    expect(subject).toContain("Lakeview ISD");
    for (const body of [html, text]) {
      expect(body).toContain(invitation.link);
      expect(body).toContain("7 days");
    }
    expect(leaks({ subject, html, text })).toEqual([]);
  });
});

describe("the mails about signing in", () => {
  const link = "https://baton.example/new-password/abc";

  it("password-reset gives the link and how long it works, and nothing else of anybody", async () => {
    const { subject, html, text } = await renderMail("password-reset", { link, minutes: 60, ...canaries });
    expect(subject).toBe("A new password for Baton");
    for (const body of [html, text]) {
      expect(body).toContain(link);
      expect(body).toContain("one hour");
    }
    expect(leaks({ subject, html, text })).toEqual([]);
  });

  it("factor-reset names the district whose admin did it", async () => {
    const { subject, html, text } = await renderMail("factor-reset", { district: "Lakeview ISD", link, ...canaries });
    for (const body of [html, text]) expect(body).toContain("Lakeview ISD");
    expect(leaks({ subject, html, text })).toEqual([]);
  });
});

describe("the mails about picked-up rosters", () => {
  it.each(["roster-waits", "roster-failed"] as const)(
    "%s names the district, gives the link, and leaks nothing",
    async (event) => {
      const link = "https://baton.example/d/lakeview/admin/roster/0b8f4f3e-6c6e-4e0a-9c53-3b1f0a7d9d11";
      const mail = await renderMail(event, { district: "Lakeview ISD", link, ...canaries });
      expect(mail.subject).toMatch(/^Lakeview ISD: a roster /);
      for (const body of [mail.html, mail.text]) expect(body).toContain(link);
      expect(leaks(mail)).toEqual([]);
    },
  );
});

describe("the mails about proposals for destruction", () => {
  it.each(["purge-proposed", "purge-confirmed"] as const)(
    "%s gives number, district, count and link, and leaks nothing",
    async (event) => {
      const link = "https://baton.example/d/lakeview/admin/retention/proposals/0b8f4f3e-6c6e-4e0a-9c53-3b1f0a7d9d11";
      const data = { reference: "D-2026-0007", district: "Lakeview ISD", count: 1234, link };
      const mail = await renderMail(event, { ...data, ...canaries });
      expect(mail.subject).toMatch(/^D-2026-0007: records /);
      for (const body of [mail.html, mail.text])
        for (const fact of ["D-2026-0007", "Lakeview ISD", "1,234", link]) expect(body).toContain(fact);
      expect(leaks(mail)).toEqual([]);
    },
  );
});

describe("the check itself", () => {
  it("covers every mail there is", () => {
    // Doesn't compile when an event is missing above.
    const everyMailIsTested: [WithoutTest] extends [never] ? true : false = true;
    expect(everyMailIsTested).toBe(true);
  });

  it("finds a mail that leaks", async () => {
    const leaking = await renderMail("transfer-rejected", {
      ...allowed,
      receivingDistrict: `Riverbend (${canaries.reason})`,
    });
    expect(leaks(leaking)).toContain(canaries.reason);
  });
});
