import type { CSSProperties, ReactElement } from "react";
import {
  Body,
  Button,
  Container,
  Head,
  Heading,
  Html,
  Link,
  Preview,
  render,
  Section,
  Text,
  toPlainText,
} from "react-email";
import type { DocumentMailData, RenderedMail, RequestMailData, TransferMailData } from "@/emails/mail-data";

/** What a mail says; the layout decides how it looks. */
export type MailContent = {
  subject: string;
  heading: string;
  /** What happened, and what to do next; one string per paragraph. */
  paragraphs: readonly string[];
  /** Pairs of label and value. */
  facts: readonly (readonly [string, string])[];
  action: { label: string; href: string };
};

const strings = {
  product: "Baton",
  purpose: "Transfers between school districts",
  safety: "Never reply with student information. Don’t put names, case numbers or authorization codes into email.",
  sender: "Baton sent this automatically; nobody reads replies to it.",
  reference: "Reference",
  from: "From",
  to: "To",
  cases: "Cases",
  documents: "Documents",
  asked: "Asked by",
  of: "Asked of",
  due: "Due",
  open: {
    transfer: "Open the transfer",
    case: "Open the case",
    cases: "Open your cases",
    student: "Open the student’s page",
    request: "Open the request",
    admin: "Open Admin",
  },
  coordinator: "You get this as your district’s transfer coordinator.",
};

// Segoe UI first: Outlook takes Times where it doesn't know the first font of a list.
const font = "'Segoe UI', Helvetica, Arial, sans-serif";
const styles = {
  page: { margin: 0, padding: "24px 0", backgroundColor: "#f1f4f4", fontFamily: font, color: "#13232b" },
  sheet: { width: "100%", maxWidth: "600px", backgroundColor: "#ffffff", border: "1px solid #d3dbdc" },
  bar: { backgroundColor: "#0d2d3a", padding: "16px 32px" },
  product: { margin: 0, color: "#ffffff", fontSize: "19px", lineHeight: "24px", fontWeight: 700 },
  purpose: { margin: 0, color: "#ffffff", fontSize: "13px", lineHeight: "20px" },
  body: { padding: "24px 32px 8px" },
  heading: { margin: "0 0 16px", fontSize: "22px", lineHeight: "30px", fontWeight: 700, color: "#13232b" },
  text: { margin: "0 0 16px", fontSize: "16px", lineHeight: "24px", color: "#13232b" },
  facts: { margin: "0 0 24px", width: "100%", borderTop: "1px solid #d3dbdc" },
  label: {
    padding: "8px 16px 8px 0",
    width: "96px",
    fontSize: "13px",
    lineHeight: "20px",
    color: "#4b5c64",
    borderBottom: "1px solid #d3dbdc",
    textAlign: "left",
    verticalAlign: "top",
    fontWeight: 400,
  },
  value: {
    padding: "8px 0",
    fontSize: "15px",
    lineHeight: "20px",
    color: "#13232b",
    borderBottom: "1px solid #d3dbdc",
    verticalAlign: "top",
  },
  button: {
    backgroundColor: "#0a5a76",
    color: "#ffffff",
    fontSize: "16px",
    lineHeight: "20px",
    fontWeight: 600,
    padding: "12px 24px",
    borderRadius: "6px",
    textDecoration: "none",
  },
  plainLink: { color: "#0a5a76", wordBreak: "break-all" },
  address: { margin: "16px 0", fontSize: "13px", lineHeight: "20px", color: "#4b5c64" },
  safety: { margin: "0 32px 24px", padding: "12px 16px", backgroundColor: "#fdeede", borderLeft: "4px solid #8a4300" },
  safetyText: { margin: 0, fontSize: "15px", lineHeight: "22px", color: "#8a4300", fontWeight: 600 },
  foot: { margin: "8px 0 0", fontSize: "13px", lineHeight: "20px", color: "#4b5c64" },
} as const satisfies Record<string, CSSProperties>;

/** Makes a mail in Baton's look: HTML for every client (tables, styles inline, light), and the same as plain text. */
export async function composeMail(content: MailContent): Promise<RenderedMail> {
  const html = await render(<Layout {...content} />);
  return { subject: content.subject.replace(/\s+/g, " ").trim(), html, text: toPlainText(html, plainText) };
}

const plainText = {
  selectors: [
    { selector: "[data-skip-in-text]", format: "skip" },
    { selector: "table.facts", format: "dataTable", options: { uppercaseHeaderCells: false } },
    { selector: "h1", options: { uppercase: false } },
    { selector: "a", options: { hideLinkHrefIfSameAsText: true } },
  ],
};

/** The facts that every mail about a transfer gives. */
export function transferFacts(data: TransferMailData): MailContent["facts"] {
  return [
    [strings.reference, data.reference],
    [strings.from, data.sendingDistrict],
    [strings.to, data.receivingDistrict],
    [strings.cases, String(data.count)],
  ];
}

/** The button of a mail about a transfer. */
export function transferAction(data: TransferMailData): MailContent["action"] {
  return { label: strings.open[data.linkLeadsTo], href: data.link };
}

/** The facts that every mail about a document transfer gives. */
export function documentFacts(data: DocumentMailData): MailContent["facts"] {
  return [
    [strings.reference, data.reference],
    [strings.from, data.sendingDistrict],
    [strings.to, data.receivingDistrict],
    [strings.documents, String(data.count)],
  ];
}

/** The button of a mail about a document transfer. */
export function documentAction(data: DocumentMailData): MailContent["action"] {
  return { label: strings.open[data.linkLeadsTo], href: data.link };
}

/** The facts that every mail about a record request gives. */
export function requestFacts(data: RequestMailData): MailContent["facts"] {
  return [
    [strings.reference, data.reference],
    [strings.asked, data.askingDistrict],
    [strings.of, data.holdingDistrict],
    ...(data.due === null ? [] : [[strings.due, data.due] as const]),
  ];
}

/** The button of a mail about a record request. */
export function requestAction(data: RequestMailData): MailContent["action"] {
  return { label: strings.open[data.linkLeadsTo], href: data.link };
}

/** Why the transfer coordinator reads this; nothing for anybody else. */
export function coordinatorLine(data: { asCoordinator: boolean }): string[] {
  return data.asCoordinator ? [strings.coordinator] : [];
}

/** "1 document", "12 documents". */
export function documentCount(count: number): string {
  return count === 1 ? "1 document" : `${count} documents`;
}

/** "1 case", "12 cases". */
export function caseCount(count: number): string {
  return count === 1 ? "1 case" : `${count} cases`;
}

function Layout({ subject, heading, paragraphs, facts, action }: MailContent): ReactElement {
  return (
    <Html lang="en" dir="ltr">
      <Head>
        <meta name="color-scheme" content="light" />
        <meta name="supported-color-schemes" content="light" />
      </Head>
      <Preview>{paragraphs[0] ?? subject}</Preview>
      <Body style={styles.page}>
        <Container width="600" style={styles.sheet}>
          <Section style={styles.bar}>
            <Text style={styles.product}>{strings.product}</Text>
            <Text style={styles.purpose}>{strings.purpose}</Text>
          </Section>
          <Section style={styles.body}>
            <Heading as="h1" style={styles.heading}>
              {heading}
            </Heading>
            {paragraphs.map((paragraph) => (
              <Text key={paragraph} style={styles.text}>
                {paragraph}
              </Text>
            ))}
            {facts.length > 0 && (
              <table className="facts" style={styles.facts} cellPadding={0} cellSpacing={0} border={0}>
                <tbody>
                  {facts.map(([label, value]) => (
                    <tr key={label}>
                      <th scope="row" style={styles.label}>
                        {label}
                      </th>
                      <td style={styles.value}>{value}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            )}
            <Button href={action.href} style={styles.button}>
              {action.label}
            </Button>
            <Text style={styles.address} data-skip-in-text="true">
              <Link href={action.href} style={styles.plainLink}>
                {action.href}
              </Link>
            </Text>
          </Section>
          <Section style={{ padding: "0 32px 24px" }}>
            <table style={{ width: "100%" }} cellPadding={0} cellSpacing={0} border={0} role="presentation">
              <tbody>
                <tr>
                  <td style={{ ...styles.safety, margin: 0 }}>
                    <Text style={styles.safetyText}>{strings.safety}</Text>
                  </td>
                </tr>
              </tbody>
            </table>
            <Text style={styles.foot}>{strings.sender}</Text>
          </Section>
        </Container>
      </Body>
    </Html>
  );
}
