import type { Metadata } from "next";
import { demandDemo } from "./guard";
import { MailboxHere } from "./mailbox-here";

export const metadata: Metadata = { title: "Mailbox" };

type Given = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function MailboxPage({ searchParams }: Given) {
  await demandDemo();
  const { to } = await searchParams;
  return (
    <MailboxHere to={typeof to === "string" ? to : null} current={null}>
      <p className="mailbox-none dim">Choose a mail to read it.</p>
    </MailboxHere>
  );
}
