import type { CasePlace } from "@/components/cases/case-view";
import { LinkButton } from "@/components/ui/button";
import { bytesWords } from "@/components/ui/bytes";
import { Crumbs } from "@/components/ui/crumbs";
import { DateText } from "@/components/ui/date";
import { FileBlockBanner } from "@/components/ui/file-block";
import { FilePreview } from "@/components/ui/file-preview";
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
        {!file.block && (
          <a className="btn btn-go" href={`${files}/${file.id}`} download>
            <Icon name="download" />
            Download
          </a>
        )}
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
      {file.block ? (
        <FileBlockBanner
          block={file.block}
          remedy={file.removable ? "Remove it." : "Ask somebody with Manage Cases to remove it."}
        />
      ) : (
        <FilePreview name={file.name} mediaType={file.mediaType} source={source} text={text} />
      )}
    </>
  );
}
