import type { Metadata } from "next";
import { notFound, redirect } from "next/navigation";
import { CasesView } from "@/components/cases/cases-view";
import { BlockedFiles } from "@/components/transfers/blocked-files";
import { TransferForm } from "@/components/transfers/transfer-form";
import { Banner } from "@/components/ui/banner";
import { LinkButton } from "@/components/ui/button";
import { DialogPage } from "@/components/ui/dialog-page";
import { caseQuery, parseCaseQuery } from "@/lib/cases/case-filter";
import { getCasesPage } from "@/lib/cases/get-cases-page";
import { findDirectoryEntry } from "@/lib/districts/search-directory";
import { isId } from "@/lib/is-id";
import { getDispatch } from "@/lib/transfers/get-dispatch";
import { mostCases } from "@/lib/transfers/limits";
import { districtPage } from "@/lib/web/page";
import { caseLinks } from "../../case-links";
import { chooseCasesAction } from "../../choose-cases-action";
import { sendAction } from "./actions";

export const metadata: Metadata = { title: "Transfer to District" };

/** The dialog **Transfer to District** over the list that the cases were chosen in. */
export default districtPage<"dispatch">(
  { needs: "manageCases", tab: "cases" },
  async ({ actor, doors, district, params }) => {
    if (!isId(params.dispatch)) notFound();
    const dispatch = await doors.district((tx) => getDispatch(tx, actor, { dispatchId: params.dispatch }));
    const home = `/d/${district.slug}`;
    if (dispatch.sent) redirect(`${home}/cases/transfer/${dispatch.id}/sent`);
    const filter = parseCaseQuery(dispatch.listQuery);
    const closeHref = `${home}/cases${caseQuery(filter)}`;
    const list = await doors.district((tx) => getCasesPage(tx, actor, filter));
    const { answers } = dispatch;
    // The asking district as the search gives it: with its switch, and whom to call.
    const asking =
      answers &&
      (await doors.district((tx) => findDirectoryEntry(tx, actor, { id: answers.districtId, what: "cases" })));
    const transfers = `${home}/admin/requests/case-transfers`;
    const infected = dispatch.cases.reduce((sum, one) => sum + one.infectedFiles, 0);
    const failed = dispatch.cases.reduce((sum, one) => sum + one.failedFiles, 0);
    const waiting = dispatch.cases.reduce((sum, one) => sum + one.waitingFiles, 0);
    const obstacle = !dispatch.switchOn
      ? "off"
      : dispatch.cases.length === 0
        ? "none"
        : dispatch.tooLarge
          ? "large"
          : infected + failed + waiting > 0
            ? "blocked"
            : null;
    return (
      <>
        <CasesView
          page={list}
          filter={filter}
          links={caseLinks(home, filter, list.list.page)}
          zone={district.timeZone}
          now={new Date()}
          mostCases={mostCases}
          chooseAction={chooseCasesAction.bind(null, district.slug)}
        />
        <DialogPage
          title="Transfer to District"
          closeHref={closeHref}
          wide={!obstacle}
          bare={!obstacle}
          foot={<LinkButton href={closeHref}>Close</LinkButton>}
        >
          {obstacle === "off" && (
            <>
              <Banner kind="held" fact="Case transfers are switched off in your district.">
                Nothing can be sent or received until you switch them on.
              </Banner>
              <p>
                Open <b>Case Transfer Requests</b> under Admin and switch on{" "}
                <b>Activate Case Transfers Between Districts</b>. Then choose the cases again.
              </p>
              <p>
                <LinkButton variant="go" href={transfers}>
                  Go to Case Transfer Requests
                </LinkButton>
              </p>
            </>
          )}
          {obstacle === "none" && (
            <Banner kind="held" fact="The chosen cases aren’t there any more.">
              Close this, and choose again.
            </Banner>
          )}
          {obstacle === "large" && (
            <Banner kind="held" fact="The attachments are larger than 2 GB together.">
              Close this, and send the cases in several goes.
            </Banner>
          )}
          {obstacle === "blocked" && (
            <BlockedFiles
              {...{ infected, failed, waiting }}
              cases={dispatch.cases.filter((one) => one.infectedFiles + one.failedFiles + one.waitingFiles > 0)}
              home={`${home}/cases`}
            />
          )}
          {!obstacle && asking && !asking.able && (
            <Banner kind="held" fact={`${asking.name} asks for these, but has case transfers switched off.`}>
              Call them and ask to switch them on.
            </Banner>
          )}
          {!obstacle && (
            <TransferForm
              action={sendAction.bind(null, district.slug)}
              dispatchId={dispatch.id}
              draft={`transfer:${actor.membershipId}:${dispatch.id}`}
              directory={`${home}/directory`}
              closeHref={closeHref}
              transfers={transfers}
              cases={dispatch.cases}
              answers={answers && asking?.able ? { ...answers, district: asking } : null}
            />
          )}
        </DialogPage>
      </>
    );
  },
);
