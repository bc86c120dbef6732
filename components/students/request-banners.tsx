import { Banner } from "@/components/ui/banner";
import { dateWords } from "@/components/ui/date";
import { Link } from "@/components/ui/link";
import type { RequestAbout } from "@/lib/requests/list-requests-about";

/** Open record requests that name somebody of this student's name and birth date, each with the way to its answer. */
export function RequestBanners({
  requests,
  home,
  today,
}: {
  requests: readonly RequestAbout[];
  home: string;
  /** YYYY-MM-DD in the district's time zone. */
  today: string;
}) {
  const isOverdue = (request: RequestAbout) => request.dueOn !== null && request.dueOn < today;
  return requests.map((request) => (
    <Banner
      key={request.id}
      kind={isOverdue(request) ? "held" : "info"}
      fact={`${request.district}, ${request.state}, asks for ${request.kind === "cases" ? "cases" : "documents"} of a student with this name and birth date.`}
    >
      {request.dueOn &&
        `${isOverdue(request) ? "Overdue: it was due" : request.dueOn === today ? "Due today," : "Due"} ${dateWords(request.dueOn, "UTC")}. `}
      <Link href={`${home}/admin/requests/record-requests/${request.id}`}>
        Answer request <span className="id">{request.reference}</span>
      </Link>
    </Banner>
  ));
}
