import { notFound, redirect } from "next/navigation";
import type { ReactNode } from "react";
import { AnswerPanel } from "@/components/requests/answer-panel";
import { RequestView } from "@/components/requests/request-view";
import { isId } from "@/lib/is-id";
import { getRequest, type RequestDetails } from "@/lib/requests/get-request";
import { proposeAnswer } from "@/lib/requests/propose-answer";
import { adminCrumbs } from "@/lib/web/admin-nodes";
import type { Place } from "@/lib/web/guard";
import type { PageContext } from "@/lib/web/page";
import { answerWithCasesAction, answerWithDocumentsAction, findStudentAction } from "../actions";
import { recordRequestsPath } from "../paths";
import { RecordRequestsList, recordRequestsQuery } from "../record-requests-list";

type Search = Record<string, string | undefined>;

/** A request with what its pages need. Not there: not found. */
export function findRequest({ actor, doors }: Place, requestId: string): Promise<RequestDetails> {
  if (!isId(requestId)) notFound();
  return doors.district((tx) => getRequest(tx, actor, { requestId }));
}

/** The details page, and what its dialogs stand over when they're opened from there. */
export async function RequestPage({
  place,
  request,
  search,
}: {
  place: Place;
  request: RequestDetails;
  search: Search;
}) {
  const { district } = place;
  const { slug } = district;
  return (
    <RequestView
      request={request}
      result={search.result ?? null}
      crumbs={[...adminCrumbs(slug, "requests"), { label: "Record Requests", href: recordRequestsPath(slug) }]}
      links={{
        dialog: (name) => `${recordRequestsPath(slug, request.id, name)}?from=request`,
        transfer: (kind, id) =>
          `/d/${slug}/admin/requests/${kind === "cases" ? "case-transfers" : "document-transfers"}/${id}`,
      }}
      answer={
        request.side === "incoming" && request.status === "open" && request.content
          ? await Answer({ place, request: { ...request, content: request.content }, chosen: search.student ?? null })
          : null
      }
      zone={district.timeZone}
    />
  );
}

async function Answer({
  place,
  request,
  chosen,
}: {
  place: Place;
  request: RequestDetails & { content: NonNullable<RequestDetails["content"]> };
  chosen: string | null;
}) {
  const { actor, doors, district } = place;
  const { kind, documentTypes, content, otherId } = request;
  const proposals = await doors.district((tx) =>
    proposeAnswer(
      tx,
      actor,
      { kind, documentTypes, content, askingDistrictId: otherId },
      chosen && isId(chosen) ? chosen : null,
    ),
  );
  return (
    <AnswerPanel
      request={request}
      proposals={proposals}
      answerAction={(kind === "cases" ? answerWithCasesAction : answerWithDocumentsAction).bind(null, district.slug)}
      findAction={findStudentAction.bind(null, district.slug)}
      students={`/d/${district.slug}/students`}
    />
  );
}

/**
 * What a dialog of an open request needs: the request, what it stands over (the request's page or the list, whichever it was opened
 * from), and where it goes when it's closed. Of the other side's: not found; once it's decided: the request's page.
 */
export async function findOver(
  { params, search, ...place }: PageContext<"id">,
  side: RequestDetails["side"],
): Promise<{ request: RequestDetails; behind: ReactNode; closeHref: string }> {
  const request = await findRequest(place, params.id);
  const { slug } = place.district;
  const page = recordRequestsPath(slug, request.id);
  if (request.side !== side) notFound();
  if (request.status !== "open") redirect(page);
  return search.from === "request"
    ? { request, behind: await RequestPage({ place, request, search: {} }), closeHref: page }
    : {
        request,
        behind: await RecordRequestsList({ place, search }),
        closeHref: recordRequestsPath(slug) + recordRequestsQuery(search),
      };
}
