import type { RenderedMail } from "@/emails/mail-data";
import { isDocumentEvent, isPurgeEvent, isRequestEvent, isRosterEvent } from "@/emails/mail-events";
import type { renderMail as RenderMail } from "@/emails/render-mail";
import { systemSignIn } from "@/lib/db/system";
import { withDistrict } from "@/lib/db/tenant";
import { env } from "@/lib/env";
import { DomainError } from "@/lib/errors";
import { daysOfMailTries } from "@/lib/jobs/queues";
import { log } from "@/lib/log";
import { describeMailFailure } from "@/lib/mail/failure";
import { sendMail } from "@/lib/mail/transport";
import type { Jobs, MailEvent } from "@/lib/outbox";
import { workerOf } from "@/lib/policy";
import { invitationDays, issueInvitation } from "@/lib/users/issue-invitation";
import { issueReset, resetMinutes } from "@/lib/users/issue-reset";

/** The mail server didn't take a mail, for now. It's noted with the mail, and nothing that anybody has to look into. */
export class MailWaits extends Error {
  override name = "MailWaits";
}

/** A day without a time of day: "Dec 4, 2026". */
const dayFormat = new Intl.DateTimeFormat("en-US", { dateStyle: "medium", timeZone: "UTC" });

const notAMember = "This person no longer belongs to the district.";

/** Loaded with the first mail: what mails are made with takes as long to load as all the rest, and a worker has other work to begin with. */
const renderMail: typeof RenderMail = async (event, data) =>
  (await import("@/emails/render-mail")).renderMail(event, data);

type Taken = {
  event: MailEvent;
  /** Null for a coordinator, who may be nobody that signs in. */
  membership_id: string | null;
  to_address: string;
  link: string | null;
  /** Nobody is to get it any more: the person was disabled, or it was tried for two weeks. */
  no_more: string | null;
  district: string;
  reference: string | null;
  item_count: number;
  sending: string;
  receiving: string;
  asking: string;
  holding: string;
  due_on: string | null;
  sent_by_us: boolean;
};

/**
 * Sends one addressed mail: counts the try, sends, and marks it as sent once the mail server took it. Killed in between, it's sent once
 * more, with the same Message-ID. Throws `MailWaits` where it has to be tried again later; why stands in the mail's row.
 */
export async function deliver({ districtId, mailId }: Jobs["deliver"]): Promise<void> {
  const mail = await take(districtId, mailId);
  if (!mail) return;
  if (mail.no_more !== null) return refuse(districtId, mailId, mail.no_more);
  const rendered = await render(districtId, mail);
  if (!rendered) return refuse(districtId, mailId, notAMember);
  try {
    await sendMail({ to: mail.to_address, ...rendered, messageId: messageIdOf(mailId) });
  } catch (error) {
    const { refused, why } = describeMailFailure(error);
    log.warn({ mailId, districtId, refused, why }, "mail not taken");
    if (refused) return refuse(districtId, mailId, why);
    await withDistrict(workerOf(districtId), (tx) =>
      tx.mail.updateMany({ where: { districtId, id: mailId, status: "waiting" }, data: { lastError: why } }),
    );
    throw new MailWaits(why);
  }
  await withDistrict(workerOf(districtId), (tx) =>
    tx.mail.updateMany({
      where: { districtId, id: mailId, status: "waiting" },
      data: { status: "sent", sentAt: new Date(), lastError: null },
    }),
  );
}

/** The Message-ID of a mail: the same whenever it is sent. */
export function messageIdOf(mailId: string): string {
  return `<${mailId}@${new URL(env().APP_URL).hostname}>`;
}

async function take(districtId: string, mailId: string): Promise<Taken | null> {
  const [row] = await withDistrict(
    workerOf(districtId),
    (tx) => tx.$queryRaw<Taken[]>`
      with taken as (update mail set tries = tries + 1 where district_id = ${districtId}::uuid and id = ${mailId}::uuid and status = 'waiting' returning *)
      select x.event, x.membership_id, x.to_address, x.link,
        case when m.disabled_at is not null then ${notAMember}
          when x.created_at < now() - make_interval(days => ${daysOfMailTries}::int) then coalesce(x.last_error || ' ', '') || ${`Given up after ${daysOfMailTries} days.`} end no_more,
        d.name district, coalesce(t.reference, q.reference, p.number) reference,
        coalesce(t.item_count, (select count(*)::int from purge_proposal_item i where i.district_id = x.district_id and i.proposal_id = p.id and (p.status <> 'confirmed' or i.outcome = 'destroyed'))) item_count, coalesce(s.name, '') sending, coalesce(r.name, '') receiving,
        coalesce(a.name, '') asking, coalesce(h.name, '') holding, q.due_on::text due_on,
        coalesce(t.sending_district_id = x.district_id, false) sent_by_us
      from taken x
      join district d on d.id = x.district_id
      left join membership m on m.district_id = x.district_id and m.id = x.membership_id
      left join transfer t on t.id = x.transfer_id
      left join district s on s.id = t.sending_district_id
      left join district r on r.id = t.receiving_district_id
      left join purge_proposal p on p.district_id = x.district_id and p.id = x.proposal_id
      left join record_request q on q.id = x.request_id and x.transfer_id is null
      left join district a on a.id = q.requesting_district_id
      left join district h on h.id = q.holding_district_id`,
  );
  return row ?? null;
}

async function refuse(districtId: string, mailId: string, why: string): Promise<void> {
  await withDistrict(workerOf(districtId), (tx) =>
    tx.mail.updateMany({
      where: { districtId, id: mailId, status: "waiting" },
      data: { status: "refused", lastError: why },
    }),
  );
}

async function render(districtId: string, mail: Taken): Promise<RenderedMail | null> {
  if (mail.event === "invitation") return renderInvitation(districtId, mail);
  if (mail.event === "password-reset") return renderReset(districtId, mail);
  if (mail.event === "factor-reset")
    return renderMail(mail.event, { district: mail.district, link: `${env().APP_URL}/sign-in` });
  if (isRosterEvent(mail.event))
    return renderMail(mail.event, { district: mail.district, link: `${env().APP_URL}${mail.link}` });
  if (mail.reference === null) throw new Error("a mail about something that isn't there");
  const { reference } = mail;
  const link = `${env().APP_URL}${mail.link}`;
  if (isPurgeEvent(mail.event))
    return renderMail(mail.event, { reference, district: mail.district, count: mail.item_count, link });
  const asCoordinator = mail.membership_id === null;
  if (isRequestEvent(mail.event))
    return renderMail(mail.event, {
      reference,
      askingDistrict: mail.asking,
      holdingDistrict: mail.holding,
      due: mail.due_on && dayFormat.format(new Date(`${mail.due_on}T00:00Z`)),
      link,
      linkLeadsTo: mail.link?.includes("/record-requests/") ? "request" : "admin",
      asCoordinator,
    });
  const data = {
    reference,
    sendingDistrict: mail.sending,
    receivingDistrict: mail.receiving,
    count: mail.item_count,
    side: mail.sent_by_us ? ("sender" as const) : ("receiver" as const),
    link,
  };
  if (isDocumentEvent(mail.event))
    return renderMail(mail.event, {
      ...data,
      linkLeadsTo: mail.link?.includes("/students/") ? "student" : "transfer",
      asCoordinator,
    });
  return renderMail(mail.event, {
    ...data,
    linkLeadsTo: mail.link?.includes("/case-transfers/")
      ? "transfer"
      : mail.link?.includes("/cases/")
        ? "case"
        : "cases",
  });
}

/** The link's secret comes to be here, with each try: neither the job nor the mail's row holds it. Null where nobody is invited any more. */
async function renderInvitation(districtId: string, mail: Taken): Promise<RenderedMail | null> {
  const actor = workerOf(districtId);
  const { membership_id } = mail;
  if (membership_id === null) return null;
  try {
    const { token, existing } = await withDistrict(actor, (tx) => issueInvitation(tx, actor, membership_id));
    return await renderMail("invitation", {
      district: mail.district,
      joined: existing,
      link: `${env().APP_URL}/invitation/${token}`,
      days: invitationDays,
    });
  } catch (error) {
    if (error instanceof DomainError && error.kind === "not-there") return null;
    throw error;
  }
}

/** As an invitation's: the link's secret comes to be here. Null where the person signs in nowhere any more. */
async function renderReset(districtId: string, mail: Taken): Promise<RenderedMail | null> {
  const { membership_id: membershipId } = mail;
  if (membershipId === null) return null;
  try {
    const token = await systemSignIn((tx) => issueReset(tx, { districtId, membershipId }));
    return await renderMail("password-reset", {
      link: `${env().APP_URL}/new-password/${token}`,
      minutes: resetMinutes,
    });
  } catch (error) {
    if (error instanceof DomainError && error.kind === "not-there") return null;
    throw error;
  }
}
