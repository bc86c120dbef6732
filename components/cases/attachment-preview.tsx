import type { CasePlace } from "@/components/cases/case-view";
import { Banner } from "@/components/ui/banner";
import { LinkButton } from "@/components/ui/button";
import { bytesWords } from "@/components/ui/bytes";
import { Crumbs } from "@/components/ui/crumbs";
import { DateText } from "@/components/ui/date";
import { Icon } from "@/components/ui/icon";
import { PageHead } from "@/components/ui/page-head";
import type { AttachmentView } from "@/lib/cases/find-attachment";

/** A file of a case as far as browsers can show it, with its download. */
export function AttachmentPreview({
  file,
  text,
  place,
}: {
  file: AttachmentView;
  text: { text: string; cut: boolean } | null;
  place: CasePlace;
}) {
  const { home, files, zone } = place;
  const cases = `${home}/cases`;
  const source = `${files}/${file.id}?preview=1`;
  return (
    <>
      <Crumbs
        path={[
          { label: "Cases", href: cases },
          { label: file.caseNumber, href: `${cases}/${file.caseId}` },
        ]}
      />
      <PageHead
        title={<bdi>{file.name}</bdi>}
        note={
          <>
            {bytesWords(file.size)} · added <DateText value={file.addedAt} zone={zone} /> by {file.addedBy}
          </>
        }
        chip={
          file.received && (
            <span className="st st-copy">
              <Icon name="eye" />
              Received, read-only
            </span>
          )
        }
      >
        <a className="btn btn-go" href={`${files}/${file.id}`} download>
          <Icon name="download" />
          Download
        </a>
        {file.removable && (
          <LinkButton
            icon="trash-2"
            variant="stop"
            href={`${cases}/${file.caseId}/attachments/${file.id}/remove`}
            scroll={false}
          >
            Remove
          </LinkButton>
        )}
      </PageHead>
      {!file.preview && <Banner fact="Browsers can’t show Word files.">Download it to read it.</Banner>}
      {file.mediaType.startsWith("image/") && (
        <img className="max-w-full h-auto border border-line" src={source} alt={file.name} />
      )}
      {file.mediaType === "application/pdf" && (
        <>
          <iframe className="preview w-full h-[80vh] border border-line" src={source} title={file.name} />
          <p className="small dim">
            Does nothing show? <a href={source}>Open the file by itself</a>, or download it.
          </p>
        </>
      )}
      {text && (
        <>
          <pre className="well whitespace-pre-wrap break-words font-sans" dir="auto">
            {text.text}
          </pre>
          {text.cut && <p className="small dim">This is the beginning of the file. Download it to read the rest.</p>}
        </>
      )}
    </>
  );
}
