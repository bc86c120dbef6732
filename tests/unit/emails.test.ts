import { describe, expect, it } from "vitest";
import type { InvitationMailData, RenderedMail, TransferMailData } from "@/emails/mail-data";
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
type WithoutTest = Exclude<MailEvent, (typeof transferEvents)[number] | "invitation">;

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
