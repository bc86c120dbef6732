import { DecideRestForm } from "@/components/transfers/decide-rest-form";
import { Handover } from "@/components/transfers/handover";
import { type IntakeChoice, IntakeForm } from "@/components/transfers/intake-form";
import { type IntakeLine, IntakeList } from "@/components/transfers/intake-list";
import { ReceivedContent } from "@/components/transfers/received-content";
import { casesWord } from "@/components/transfers/transfer-words";
import { AskAnew } from "@/components/ui/ask-anew";
import { Banner } from "@/components/ui/banner";
import { LinkButton } from "@/components/ui/button";
import { Crumbs } from "@/components/ui/crumbs";
import type { FormAction } from "@/components/ui/form";
import { Link } from "@/components/ui/link";
import { PageHead } from "@/components/ui/page-head";
import { StateChip } from "@/components/ui/state-chip";
import type { Intake, IntakeItem } from "@/lib/transfers/get-intake";
import type { TransferDetails } from "@/lib/transfers/get-transfer";

type Given = {
  transfer: TransferDetails;
  intake: Intake;
  /** The case asked for; else the first that is open. */
  current: number | null;
  /** Team and case manager that were chosen for all cases after. */
  carried: { teamId: string | null; managerId: string | null };
  /** What the person just did, or just missed. */
  told: { missing: boolean; already: string | null; linked: number | null; taken: number | null };
  you: string;
  /** The person's place in the district; their draft is kept under it. */
  membershipId: string | null;
  own: { name: string; stateName: string };
  crumbs: readonly { label: string; href: string }[];
  links: { page: string; transfer: string; reject: string; cases: string };
  decideAction: FormAction;
  decideRestAction: FormAction;
  zone: string;
};

/** Case details of an unlocked transfer. */
export function IntakeView({
  transfer,
  intake,
  current,
  carried,
  told,
  you,
  membershipId,
  own,
  crumbs,
  links,
  decideAction,
  decideRestAction,
  zone,
}: Given) {
  const { items } = intake;
  const open = items.filter((item) => !item.decision);
  const item = items.find((one) => one.n === current) ?? open[0] ?? items[0];
  if (!item) return null;
  const others = open.filter((one) => one.n !== item.n).length;
  const elsewhere = items.filter((one) => one.n !== item.n && one.decision?.decision !== "leave");
  const { person } = item.content;
  const agreeing = open.filter(agrees).length;
  const unmatched = open.filter((one) => one.matches.length === 0 && one.receivedBefore.length === 0).length;
  const options = (list: readonly { id: string; name: string }[]) =>
    list.map(({ id, name }) => ({ value: id, label: name }));
  const choices = {
    buildings: options(intake.buildings),
    teams: options(intake.teams),
    managers: options(intake.managers),
  };
  return (
    <>
      <AskAnew />
      <Crumbs path={[...crumbs, { label: `Transfer ${intake.reference}`, href: links.transfer }]} />
      <PageHead
        title={
          <>
            Case details for <span className="id">{intake.reference}</span>
          </>
        }
        chip={<StateChip state="unlocked" />}
      >
        <LinkButton small variant="stop" href={links.reject} scroll={false}>
          Reject
        </LinkButton>
      </PageHead>
      <Told {...{ told, open: open.length }} />
      <Handover
        kind="cases"
        course={transfer}
        side="incoming"
        own={{ name: own.name, note: own.stateName }}
        other={{ name: transfer.otherDistrict, note: transfer.otherState }}
        items={transfer.items}
        zone={zone}
        by={{ unlocked: transfer.ownActor === you ? "you" : transfer.ownActor }}
      />
      {intake.cover.notes && (
        <details className="copy mb-4" open={intake.cover.notes.length < 600}>
          <summary>
            <b>Notes from {transfer.otherDistrict}</b>, {intake.cover.sentBy}
          </summary>
          <p className="whitespace-pre-line" dir="auto">
            {intake.cover.notes}
          </p>
        </details>
      )}
      <div className="pair">
        <IntakeList
          lines={items.map((one) => lineOf(one, item.n))}
          current={item.n}
          href={(n) => `${links.page}?n=${n}`}
        />
        <div className="enter">
          {(agreeing > 1 || unmatched > 1) && (
            <DecideRestForm
              key={open.length}
              action={decideRestAction}
              transferId={intake.transferId}
              agreeing={agreeing}
              unmatched={unmatched}
              {...choices}
              open={open.length > 5}
            />
          )}
          <div className="enter-h">
            <p className="small dim">
              Case {items.indexOf(item) + 1} of {items.length} · {transfer.otherDistrict}’s number{" "}
              <span className="id">{item.content.number}</span>
            </p>
            <h2>
              Who is{" "}
              <bdi>
                {person.given} {person.family}
              </bdi>{" "}
              here?
            </h2>
          </div>
          {item.receivedBefore.length > 0 && (
            <Banner kind="held" fact="This case was received before.">
              {item.receivedBefore.length === 1 ? "It’s" : "They’re"} in your district as{" "}
              {item.receivedBefore.map((one, at) => (
                <span key={one.id}>
                  {at > 0 && ", "}
                  <Link className="id" href={`${links.cases}/${one.id}`}>
                    {one.number}
                  </Link>
                </span>
              ))}
              . Leave it out, unless you want it a second time.
            </Banner>
          )}
          <ReceivedContent key={`came-${item.n}`} content={item.content} from={transfer.otherDistrict} zone={zone} />
          <IntakeForm
            key={item.n}
            action={decideAction}
            membershipId={membershipId}
            transferId={intake.transferId}
            n={item.n}
            person={person}
            candidates={candidatesOf(item)}
            choice={choiceOf(item, carried, choices)}
            {...choices}
            others={others}
            total={items.length}
            saved={elsewhere.length}
            unmanaged={elsewhere.filter((one) => one.decision && !one.decision.managerId).length}
            links={{
              page: `${links.page}?n=${item.n}`,
              transfer: links.transfer,
              students: `${links.page}/students?n=${item.n}`,
            }}
            own={own.name}
            other={transfer.otherDistrict}
          />
        </div>
      </div>
    </>
  );
}

/** Linked without an eye on it: one match that agrees in everything, and not received before. */
const agrees = (item: IntakeItem) =>
  item.receivedBefore.length === 0 &&
  Boolean(item.matches[0]?.comparison.allAgree) &&
  !item.matches[1]?.comparison.allAgree;

/** The proposed students; whoever the case is linked to already stands first. */
function candidatesOf({ matches, linked }: IntakeItem) {
  return linked ? [linked, ...matches.filter((one) => one.id !== linked.id)] : matches;
}

type Options = readonly { value: string }[];

function choiceOf(
  { decision, matches, proposed }: IntakeItem,
  carried: Given["carried"],
  offered: { teams: Options; managers: Options },
): IntakeChoice {
  if (decision)
    return {
      decision: decision.decision,
      studentId: decision.studentId,
      confirmed: decision.decision === "link",
      buildingId: decision.buildingId,
      teamId: decision.teamId,
      managerId: decision.managerId,
      reason: decision.reason ?? "",
    };
  const [best] = matches;
  // Of another name, or born on another day: shown to the eye alone, so that nobody links by pressing on.
  const proposes = best !== undefined && !best.comparison.differs;
  const known = (id: string | null, list: Options) => (list.some((one) => one.value === id) ? id : null);
  return {
    decision: !best ? "new" : proposes ? "link" : null,
    studentId: proposes ? best.id : null,
    confirmed: false,
    buildingId: proposed.buildingId,
    teamId: known(carried.teamId, offered.teams) ?? proposed.teamId,
    managerId: known(carried.managerId, offered.managers) ?? proposed.managerId,
    reason: "",
  };
}

function lineOf(item: IntakeItem, current: number): IntakeLine {
  const { decision, content, matches } = item;
  const { given, family } = content.person;
  const note = decision
    ? {
        link: `Linked to ${decision.studentSisId ?? "a student who left"}`,
        new: "Not on the roster",
        leave: "Left out",
      }[decision.decision]
    : item.n === current
      ? "You are here"
      : item.receivedBefore.length > 0
        ? "Received before"
        : agrees(item)
          ? "Everything agrees"
          : matches.length > 0
            ? "Match to check"
            : "No match found";
  return { n: item.n, given, family, decided: decision !== null, note };
}

function Told({ told, open }: { told: Given["told"]; open: number }) {
  const { missing, already, linked, taken } = told;
  const done = linked ?? taken;
  return (
    <>
      {already && (
        <Banner fact={`${already} has already given the code.`} live>
          Go on with the case details here.
        </Banner>
      )}
      {missing && open > 0 && (
        <Banner
          kind="held"
          fact={`${casesWord(open)} still ${open === 1 ? "needs" : "need"} details before you can save.`}
          live
        >
          What you entered is kept.
        </Banner>
      )}
      {done !== null && (
        <Banner
          kind="done"
          fact={`${casesWord(done)} ${done === 1 ? "was" : "were"} ${linked !== null ? "linked" : "taken over as in the transfer"}.`}
          live
        >
          {open === 0
            ? "Everything is entered: save it."
            : `${casesWord(open)} still ${open === 1 ? "needs" : "need"} details.`}
        </Banner>
      )}
    </>
  );
}
