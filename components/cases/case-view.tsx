import type { ReactNode } from "react";
import { CasePlan } from "@/components/cases/case-plan";
import { HoldBanners } from "@/components/cases/hold-banners";
import { gradeWords, PersonName } from "@/components/cases/words";
import { Banner } from "@/components/ui/banner";
import { LinkButton } from "@/components/ui/button";
import { Crumbs } from "@/components/ui/crumbs";
import { DateText, dateWords } from "@/components/ui/date";
import { blockWords, FileBlockChip } from "@/components/ui/file-block";
import { FileList } from "@/components/ui/file-chip";
import { ActionForm, type FormAction } from "@/components/ui/form";
import { Icon } from "@/components/ui/icon";
import { Level } from "@/components/ui/level";
import { Link } from "@/components/ui/link";
import { Menu, MenuButton, MenuLink } from "@/components/ui/menu";
import { Facts, PageHead, SectionHead } from "@/components/ui/page-head";
import type { CaseNote, CasePerson, CaseTransfer, CaseView as View } from "@/lib/cases/find-case";

const statusNames = { open: "Open", monitoring: "Monitoring", closed: "Closed" } as const;

/** Where the parts of a case lead. */
export type CasePlace = {
  /** /d/<district> */
  home: string;
  /** /api/districts/<district>/attachments */
  files: string;
  zone: string;
};

/** A case's own page, also behind its dialogs. */
export function CaseView({
  view,
  place,
  chooseAction,
  tickAction,
}: {
  view: View;
  place: CasePlace;
  chooseAction: FormAction;
  tickAction: FormAction;
}) {
  const { home } = place;
  const href = `${home}/cases/${view.id}`;
  return (
    <>
      <Crumbs path={[{ label: "Cases", href: `${home}/cases` }]} />
      <PageHead
        title={<PersonName name={view.person} />}
        note={<PersonLine number={view.number} person={view.person} />}
      >
        <LinkButton icon="printer" href={`${href}/print`}>
          Print
        </LinkButton>
        {(view.canEdit || !view.person.studentId) && (
          <LinkButton icon="file-text" href={`${href}/disclosures`}>
            Disclosure record
          </LinkButton>
        )}
        {view.canEdit && (
          <Menu label="Actions">
            <MenuButton
              icon="send"
              form="transfer-this"
              hint="Sends a copy of the case and its attachments. You get an authorization code to pass on."
            >
              Transfer to District
            </MenuButton>
            <MenuLink icon="pencil" href={`${href}/edit`}>
              Edit case
            </MenuLink>
            <MenuLink icon="user" href={`${href}/person`}>
              Change person of concern
            </MenuLink>
            {view.canHold && (
              <MenuLink icon="lock" href={`${home}/admin/retention/holds/place?case=${view.id}`}>
                Legal hold
              </MenuLink>
            )}
          </Menu>
        )}
      </PageHead>
      {view.canEdit && (
        <ActionForm id="transfer-this" action={chooseAction}>
          <input type="hidden" name="only" value={view.id} />
        </ActionForm>
      )}
      <HoldBanners
        holds={view.holds}
        what="case"
        listHref={view.canHold ? `${home}/admin/retention/holds` : null}
        zone={place.zone}
      />
      <TransferBanners transfers={view.transfers} place={place} linked={view.canEdit} />
      <CaseFacts view={view} />
      <div className="case-cols">
        <section aria-labelledby="history">
          <SectionHead id="history" title="History">
            <LinkButton small icon="plus" href={`${href}/note`} scroll={false}>
              Add note
            </LinkButton>
          </SectionHead>
          {view.notes.length > 0 ? (
            <Log notes={view.notes} place={place} />
          ) : (
            <p className="small dim">
              {view.origin ? "Nothing was added here yet." : "No notes yet. Add what happened, and what was agreed."}
            </p>
          )}
          {view.origin && <ReceivedHistory view={view} origin={view.origin} place={place} />}
        </section>
        <div className="case-side">
          <CasePlan view={view} place={place} tickAction={tickAction} />
          <Attachments view={view} place={place} />
          <section aria-labelledby="sight">
            <SectionHead id="sight" title="Who sees this case" />
            <p className="small dim">
              {view.assigned.length > 0 ? "The assigned users, and everyone" : "Everyone"} with Manage Cases:{" "}
              {view.managers.join(", ") || "nobody"}.
            </p>
          </section>
        </div>
      </div>
    </>
  );
}

function PersonLine({ number, person }: { number: string; person: CasePerson }) {
  return (
    <>
      <span className="id">{number}</span>
      {person.preferredName && (
        <>
          {" "}
          · goes by <bdi>{person.preferredName}</bdi>
        </>
      )}
      {person.grade && ` · ${gradeWords(person.grade)}`}
      {!person.studentId && " · Not on the roster"}
      {person.departed && " · Has left the roster"}
    </>
  );
}

/** What the case's rows say, in a row. Also on paper. */
export function CaseFacts({ view }: { view: View }) {
  return (
    <Facts
      facts={[
        ["Level of concern", <Level key="level" level={view.level} />],
        ["Status", statusNames[view.status]],
        ["Building", view.building?.name ?? "–"],
        ["Team", view.team?.name ?? "–"],
        ["Team leader", view.team?.leader ?? "–"],
        ["Case manager", view.manager?.name ?? "–"],
        ["Assigned users", view.assigned.map((one) => one.name).join(", ") || "Nobody"],
        view.origin && ["Received from", `${view.origin.district}, ${view.origin.state}`],
      ]}
    />
  );
}

const waits: Record<string, string> = {
  preparing: "It’s being packed right now.",
  pending: "They haven’t given the authorization code yet.",
  unlocked: "They have given the code, and are choosing the case’s details.",
};

function TransferBanners({
  transfers,
  place,
  linked,
}: {
  transfers: readonly CaseTransfer[];
  place: CasePlace;
  linked: boolean;
}) {
  return transfers.map((transfer) => {
    const link = linked ? (
      <Link href={`${place.home}/admin/requests/case-transfers/${transfer.id}`}>
        Transfer <span className="id">{transfer.reference}</span>
      </Link>
    ) : (
      <>
        Transfer <span className="id">{transfer.reference}</span>
      </>
    );
    return transfer.open ? (
      <Banner
        key={transfer.id}
        kind="info"
        icon="clock"
        fact={`Waits in a transfer to ${transfer.district}, ${transfer.state}.`}
      >
        {waits[transfer.status]} What you add now doesn’t travel. {link}
      </Banner>
    ) : transfer.leftOut ? (
      <Banner
        key={transfer.id}
        kind="held"
        fact={`Left out by ${transfer.district}, ${transfer.state}${transfer.decidedAt ? `, on ${dateWords(transfer.decidedAt, place.zone)}` : ""}.`}
      >
        They opened it and didn’t take it over. You keep the whole case.{" "}
        {transfer.leftReason && (
          <>
            Their reason: <q dir="auto">{transfer.leftReason}</q>{" "}
          </>
        )}
        {link}
      </Banner>
    ) : (
      <Banner
        key={transfer.id}
        kind="gone"
        fact={`Transferred to ${transfer.district}, ${transfer.state}${transfer.decidedAt ? `, on ${dateWords(transfer.decidedAt, place.zone)}` : ""}.`}
      >
        Nothing was removed here: you keep the whole case. What you add now stays with you. {link}
      </Banner>
    );
  });
}

/** Notes, newest first, with the files that hang on them. */
export function Log({ notes, place }: { notes: readonly CaseNote[]; place: CasePlace }) {
  return (
    <ol className="log">
      {notes.map((note) => (
        <li key={note.id}>
          <p className="log-when">
            <b>
              <DateText value={note.at} zone={place.zone} />
            </b>
            <span>{note.author}</span>
          </p>
          <div className="log-what">
            <p className="whitespace-pre-line" dir="auto">
              {note.body}
            </p>
            {note.files.map((file) => (
              <p className="files" key={file.id}>
                <Icon name="paperclip" />{" "}
                {file.block ? (
                  <>
                    {file.name} <FileBlockChip block={file.block} />
                  </>
                ) : (
                  <a href={`${place.files}/${file.id}`}>{file.name}</a>
                )}
              </p>
            ))}
          </div>
        </li>
      ))}
    </ol>
  );
}

/** The canary copy: what came from another district, as it came. */
export function ReceivedHistory({
  view,
  origin,
  place,
  heading: Heading = "h3",
}: {
  view: View;
  origin: NonNullable<View["origin"]>;
  place: CasePlace;
  heading?: "h2" | "h3";
}) {
  return (
    <section className="copy" aria-labelledby="received">
      <div className="copy-h">
        <Heading id="received" className="h-s">
          Received from {origin.district}, {origin.state}
        </Heading>
        <span className="st st-copy">
          <Icon name="eye" />
          Read-only
        </span>
        <p className="small">
          Came on <DateText value={origin.receivedAt} zone={place.zone} />
          {origin.transfer && (
            <>
              , with transfer{" "}
              {view.canEdit ? (
                <Link className="id" href={`${place.home}/admin/requests/case-transfers/${origin.transfer.id}`}>
                  {origin.transfer.reference}
                </Link>
              ) : (
                <span className="id">{origin.transfer.reference}</span>
              )}
            </>
          )}
          , unchanged since.
          {origin.number && (
            <>
              {" "}
              Their case <span className="id">{origin.number}</span>.
            </>
          )}
          {origin.place && <> There: {origin.place}.</>}
          {origin.cameAs && origin.cameAs !== `${view.person.familyName}, ${view.person.givenName}` && (
            <>
              {" "}
              It came as <bdi>{origin.cameAs}</bdi>.
            </>
          )}
        </p>
      </div>
      {view.receivedNotes.length > 0 ? (
        <Log notes={view.receivedNotes} place={place} />
      ) : (
        <p className="small">No notes came with it.</p>
      )}
      <p className="copy-law small">
        <Icon name="info" /> Passing this part on needs a legal basis of its own (34 CFR 99.33). The transfer dialog
        reminds you and asks for it.
      </p>
    </section>
  );
}

function Attachments({ view, place }: { view: View; place: CasePlace }) {
  const href = `${place.home}/cases/${view.id}`;
  return (
    <section aria-labelledby="attachments">
      <SectionHead id="attachments" title="Attachments">
        <LinkButton small icon="upload" href={`${href}/attach`} scroll={false}>
          Add
        </LinkButton>
      </SectionHead>
      {view.attachments.length > 0 ? (
        <FileList
          files={view.attachments.map((file) => ({
            id: file.id,
            name: file.name,
            href: `${href}/attachments/${file.id}`,
            size: file.size,
            received: file.received,
            note: (
              <>
                {file.received ? (
                  `From ${view.origin?.district ?? "another district"} · read-only`
                ) : (
                  <FileNote at={file.addedAt} by={file.addedBy} zone={place.zone} />
                )}
                {file.block && ` · ${blockWords[file.block]}`}
              </>
            ),
          }))}
        />
      ) : (
        <p className="small dim">No files yet. PDF, DOCX, PNG, JPEG and TXT can be added, up to 50 MB each.</p>
      )}
    </section>
  );
}

function FileNote({ at, by, zone }: { at: Date; by: string; zone: string }): ReactNode {
  return (
    <>
      <DateText value={at} zone={zone} /> · {by}
    </>
  );
}
