import { Banner } from "@/components/ui/banner";
import { dateWords } from "@/components/ui/date";
import { Link } from "@/components/ui/link";
import type { RequestAbout } from "@/lib/requests/list-requests-about";

/** Open record requests that name somebody of this student's name and birth date, each with the way to its answer. */
export function RequestBanners({ requests, home }: { requests: readonly RequestAbout[]; home: string }) {
  return requests.map((request) => (
    <Banner
      key={request.id}
      kind="info"
      fact={`${request.district}, ${request.state}, asks for ${request.kind === "cases" ? "cases" : "documents"} of a student with this name and birth date.`}
    >
      {request.dueOn && `Due ${dateWords(request.dueOn, "UTC")}. `}
      <Link href={`${home}/admin/requests/record-requests/${request.id}`}>
        Answer request <span className="id">{request.reference}</span>
      </Link>
    </Banner>
  ));
}
