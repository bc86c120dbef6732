import type { ReactNode } from "react";
import { Log, ReceivedHistory } from "@/components/cases/case-log";
import { CasePlan } from "@/components/cases/case-plan";
import { HoldBanners } from "@/components/cases/hold-banners";
import { TransferBanners } from "@/components/cases/transfer-banners";
import { gradeWords, PersonName } from "@/components/cases/words";
import { LinkButton } from "@/components/ui/button";
import { Crumbs } from "@/components/ui/crumbs";
import { DateText } from "@/components/ui/date";
import { blockWords } from "@/components/ui/file-block";
import { FileList } from "@/components/ui/file-chip";
import { ActionForm, type FormAction } from "@/components/ui/form";
import { Level } from "@/components/ui/level";
import { Menu, MenuButton, MenuLink } from "@/components/ui/menu";
import { Facts, PageHead, SectionHead } from "@/components/ui/page-head";
import type { CasePerson, CaseView as View } from "@/lib/cases/find-case";

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
        {(view.canEdit || view.canHold) && (
          <Menu label="Actions">
            {view.canEdit && (
              <>
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
              </>
            )}
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
