"use client";

import { useContext } from "react";
import type { AcceptObstacle } from "@/components/transfers/accept-obstacle";
import { Handover } from "@/components/transfers/handover";
import { isOver, kindOf } from "@/components/transfers/over";
import { Banner } from "@/components/ui/banner";
import { LinkButton } from "@/components/ui/button";
import { CodeField } from "@/components/ui/code-field";
import { dateWords } from "@/components/ui/date";
import { ActionForm, type FormAction } from "@/components/ui/form";
import { FormContext } from "@/components/ui/form-state";
import { Icon } from "@/components/ui/icon";
import { Link } from "@/components/ui/link";
import { SubmitButton } from "@/components/ui/submit-button";
import type { Contact } from "@/lib/districts/find-contacts";
import type { TransferStatus } from "@/lib/transfers/state";
import type { ActionState } from "@/lib/web/action-state";

type Given = {
  action: FormAction;
  transfer: {
    id: string;
    cases: number;
    otherDistrict: string;
    otherState: string;
    status: TransferStatus;
    createdAt: Date;
    sentAt: Date | null;
    unlockedAt: Date | null;
    decidedAt: Date | null;
    expiresAt: Date | null;
    triesLeft: number;
    contact: Contact | null;
  };
  /** What keeps it from being accepted, known before the click. */
  obstacle: AcceptObstacle | null;
  transferHref: string;
  closeHref: string;
  zone: string;
};

/** **Authorization code** and **Accept Transfer**. */
export function AcceptForm({ action, transfer, obstacle, transferHref, closeHref, zone }: Given) {
  return (
    <ActionForm action={action} foot={<Foot {...{ transfer, obstacle, closeHref }} />}>
      {(state) => {
        const closed = closedBy(state) ?? (state.status === "idle" ? obstacle : null);
        const call = closed
          ? closed.call
          : state.status === "problem"
            ? "Compare it with the letter, or have it read out again."
            : "The code comes by phone, in person or in a letter. Never by email.";
        return (
          <>
            <input type="hidden" name="transfer" value={transfer.id} />
            <Handover
              kind="cases"
              course={transfer}
              side="incoming"
              own={{
                name: "You",
                ...(transfer.status === "pending" && transfer.expiresAt
                  ? { note: `Expires ${dateWords(transfer.expiresAt, zone, "moment")}` }
                  : {}),
              }}
              other={{ name: transfer.otherDistrict, note: transfer.otherState }}
              items={transfer.cases}
              zone={zone}
            />
            {obstacle && state.status === "idle" ? (
              <Banner kind="held" fact={obstacle.fact} />
            ) : closed ? null : (
              <CodeField
                hint="16 letters and digits. Capitals, spaces and hyphens don’t matter, nor does O for 0 or I for 1."
                triesLeft={triesLeft(state, transfer.triesLeft)}
              />
            )}
            {closed && (
              <p>
                <Link href={transferHref}>See its details</Link>
              </p>
            )}
            {call && <Call transfer={transfer} what={call} />}
          </>
        );
      }}
    </ActionForm>
  );
}

function triesLeft(state: ActionState, before: number): number {
  const data = kindOf(state);
  return data?.kind === "wrong-code" ? (data.triesLeft ?? before) : before;
}

/** What the answer to a code has closed: the code field goes, and the other district is called for something else. */
function closedBy(state: ActionState): { call: string | null } | null {
  switch (kindOf(state)?.kind) {
    case "code-locked":
      return { call: "Ask for a new code: the present one opens nothing any more." };
    case "transfer-expired":
      return { call: "Ask them to send it again: a new transfer has a code of its own." };
    case "other-switch-off":
      return { call: "Ask them to switch case transfers on." };
    case "own-switch-off":
      return { call: null };
    default:
      return isOver(state) ? { call: null } : null;
  }
}

function Foot({ transfer, obstacle, closeHref }: Pick<Given, "transfer" | "obstacle" | "closeHref">) {
  const state = useContext(FormContext)?.state ?? { status: "idle" };
  const open = !closedBy(state) && !(obstacle && state.status === "idle");
  return (
    <>
      {open && (
        <p className="small dim">
          After the fifth wrong code the transfer is locked until {transfer.otherDistrict} issues a new one.
        </p>
      )}
      <LinkButton href={closeHref} scroll={false}>
        Close
      </LinkButton>
      {open && <SubmitButton>Accept Transfer</SubmitButton>}
    </>
  );
}

function Call({ transfer, what }: { transfer: Given["transfer"]; what: string }) {
  const { contact, otherDistrict } = transfer;
  return (
    <div className="well small call">
      <Icon name="phone" />
      <p>
        {what}
        <br />
        {contact?.name ? (
          <>
            <b>{contact.name}</b>
            {contact.title && `, ${contact.title}`}, {otherDistrict}
            {contact.phone && (
              <>
                :{" "}
                <a className="id" href={`tel:${contact.phone.replaceAll(/[^+\d]/g, "")}`}>
                  {contact.phone}
                </a>
              </>
            )}
          </>
        ) : (
          `${otherDistrict} publishes no contact: call them at a number that you know or look up yourself.`
        )}
      </p>
    </div>
  );
}
