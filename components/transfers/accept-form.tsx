"use client";

import { useContext } from "react";
import type { Contact } from "@/components/transfers/code-sheet";
import { Handover } from "@/components/transfers/handover";
import { dayWords } from "@/components/transfers/transfer-words";
import { Banner } from "@/components/ui/banner";
import { LinkButton } from "@/components/ui/button";
import { CodeField } from "@/components/ui/code-field";
import { ActionForm, type FormAction } from "@/components/ui/form";
import { FormContext } from "@/components/ui/form-state";
import { Icon } from "@/components/ui/icon";
import { Link } from "@/components/ui/link";
import { SubmitButton } from "@/components/ui/submit-button";
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
    expiresAt: Date | null;
    triesLeft: number;
    contact: Contact | null;
  };
  /** What keeps it from being accepted, known before the click. */
  obstacle: string | null;
  transferHref: string;
  closeHref: string;
  zone: string;
};

/** **Authorization code** and **Accept Transfer**. */
export function AcceptForm({ action, transfer, obstacle, transferHref, closeHref, zone }: Given) {
  return (
    <ActionForm action={action} foot={<Foot {...{ transfer, obstacle, closeHref }} />}>
      {(state) => (
        <>
          <input type="hidden" name="transfer" value={transfer.id} />
          <Handover
            course={{ ...transfer, unlockedAt: null, decidedAt: null }}
            side="incoming"
            own={{
              name: "You",
              ...(transfer.expiresAt ? { note: `Expires ${dayWords(transfer.expiresAt, zone)}` } : {}),
            }}
            other={{ name: transfer.otherDistrict, note: transfer.otherState }}
            cases={transfer.cases}
            zone={zone}
          />
          {obstacle && state.status === "idle" ? (
            <Banner kind="held" fact={obstacle} />
          ) : (
            <CodeField
              hint="16 letters and digits. Capitals, spaces and hyphens don’t matter, nor does O for 0 or I for 1."
              triesLeft={triesLeft(state, transfer.triesLeft)}
            />
          )}
          {(obstacle || isOver(state)) && (
            <p>
              <Link href={transferHref}>See the transfer</Link>
            </p>
          )}
          <Call {...{ transfer, wrong: state.status === "problem" }} />
        </>
      )}
    </ActionForm>
  );
}

const kindOf = (state: ActionState) =>
  state.status === "problem" ? (state.data as { kind?: string; triesLeft?: number } | undefined) : undefined;

function triesLeft(state: ActionState, before: number): number {
  const data = kindOf(state);
  return data?.kind === "wrong-code" ? (data.triesLeft ?? before) : data?.kind === "code-locked" ? 0 : before;
}

const isOver = (state: ActionState) =>
  ["code-locked", "transfer-expired", "transfer-decided", "own-switch-off", "other-switch-off"].includes(
    kindOf(state)?.kind ?? "",
  );

function Foot({ transfer, obstacle, closeHref }: Pick<Given, "transfer" | "obstacle" | "closeHref">) {
  const state = useContext(FormContext)?.state;
  const over =
    (obstacle && (!state || state.status === "idle")) || kindOf(state ?? { status: "idle" })?.kind === "code-locked";
  return (
    <>
      <p className="small dim">
        After the fifth wrong code the transfer is locked until {transfer.otherDistrict} issues a new one.
      </p>
      <LinkButton href={closeHref} scroll={false}>
        Close
      </LinkButton>
      {!over && <SubmitButton>Accept Transfer</SubmitButton>}
    </>
  );
}

function Call({ transfer, wrong }: { transfer: Given["transfer"]; wrong: boolean }) {
  const { contact, otherDistrict } = transfer;
  return (
    <div className="well small call">
      <Icon name="phone" />
      <p>
        {wrong
          ? "Compare it with the letter, or have it read out again."
          : "The code comes by phone, in person or in a letter. Never by email."}
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
