import { ShareForm } from "@/components/transfers/share-form";
import { Banner } from "@/components/ui/banner";
import { LinkButton } from "@/components/ui/button";
import { Crumbs } from "@/components/ui/crumbs";
import { blockWords } from "@/components/ui/file-block";
import type { FormAction } from "@/components/ui/form";
import { Link } from "@/components/ui/link";
import { PageHead } from "@/components/ui/page-head";
import type { DocumentType } from "@/lib/documents/document-types";
import type { DocumentDispatch } from "@/lib/transfers/get-document-dispatch";

export type ShareViewProps = {
  dispatch: DocumentDispatch;
  typeNames: Record<DocumentType, string>;
  action: FormAction;
  /** Whose draft it is that this tab keeps. */
  draft: string;
  links: { directory: string; student: string; students: string; transfers: string };
  zone: string;
};

/** **Transfer to Another District**: where a student's documents go, to which student there, and who owns them then. */
export function ShareView({ dispatch, typeNames, action, draft, links, zone }: ShareViewProps) {
  const { student, documents, redoOf } = dispatch;
  const name = `${student.family}, ${student.given}`;
  const obstacle = dispatch.off
    ? "off"
    : documents.length === 0
      ? "none"
      : documents.every((one) => one.block)
        ? "blocked"
        : dispatch.tooLarge
          ? "large"
          : null;
  return (
    <>
      <Crumbs
        path={[
          { label: "Students", href: links.students },
          { label: name, href: links.student },
        ]}
      />
      <PageHead
        title="Transfer to Another District"
        note={
          <>
            <bdi>{name}</bdi> · SIS ID <span className="id">{student.sisId}</span>
          </>
        }
      />
      {redoOf && (
        <Banner
          kind="held"
          fact={
            <>
              This redoes transfer{" "}
              <Link className="id" href={`${links.transfers}/${redoOf.id}`}>
                {redoOf.reference}
              </Link>
              , which was reported as another student’s.
            </>
          }
        >
          {redoOf.reason && `They say: “${redoOf.reason}” `}Everything is kept but the SIS Student ID: ask the district
          for the right one.
          {redoOf.gone.length > 0 && (
            <>
              {" "}
              {redoOf.gone.length === 1 ? "One original is gone" : `${redoOf.gone.length} originals are gone`} and
              doesn’t travel: {redoOf.gone.map((one) => one.title ?? typeNames[one.type]).join(", ")}.
            </>
          )}
        </Banner>
      )}
      {dispatch.request && (
        <Banner fact={`This answers record request ${dispatch.request}.`}>
          District, student and owner are filled in from it. Check them.
        </Banner>
      )}
      {obstacle === "off" && (
        <Banner kind="held" fact="District-to-District Transfer is disabled in your district.">
          A district admin enables it under Admin ▸ Settings.
        </Banner>
      )}
      {obstacle === "none" && (
        <Banner kind="held" fact="The chosen documents aren’t there any more.">
          Go back to the student, and choose again.
        </Banner>
      )}
      {obstacle === "blocked" && (
        <Banner kind="held" fact="None of these documents can be sent now.">
          {documents.map((one) => one.block && `“${one.title}”: ${blockWords[one.block]}.`).join(" ")}
        </Banner>
      )}
      {obstacle === "large" && (
        <Banner kind="held" fact="The documents are larger than 2 GB together.">
          Go back to the student, and send them in several goes.
        </Banner>
      )}
      {obstacle ? (
        <p className="mt-4">
          <LinkButton href={links.student}>Back to the student</LinkButton>
        </p>
      ) : (
        <ShareForm {...{ dispatch, typeNames, action, draft, links, zone }} />
      )}
    </>
  );
}
