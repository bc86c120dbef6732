import type { CasePlace } from "@/components/cases/case-view";
import { DateText } from "@/components/ui/date";
import { FileBlockChip } from "@/components/ui/file-block";
import { Icon } from "@/components/ui/icon";
import { Link } from "@/components/ui/link";
import type { CaseNote, CaseView as View } from "@/lib/cases/find-case";

/** Notes, newest first, with the files that hang on them. */
export function Log({ notes, place }: { notes: readonly CaseNote[]; place: CasePlace }) {
  return (
    <ol className="log">
      {notes.map((note) => (
        <li key={note.id}>
          <p className="log-when">
            <b>
              <DateText value={note.at} zone={place.zone} />
            </b>
            <span>{note.author}</span>
          </p>
          <div className="log-what">
            <p className="whitespace-pre-line" dir="auto">
              {note.body}
            </p>
            {note.files.map((file) => (
              <p className="files" key={file.id}>
                <Icon name="paperclip" />{" "}
                {file.block ? (
                  <>
                    {file.name} <FileBlockChip block={file.block} />
                  </>
                ) : (
                  <a href={`${place.files}/${file.id}`}>{file.name}</a>
                )}
              </p>
            ))}
          </div>
        </li>
      ))}
    </ol>
  );
}

/** The canary copy: what came from another district, as it came. */
export function ReceivedHistory({
  view,
  origin,
  place,
  heading: Heading = "h3",
}: {
  view: View;
  origin: NonNullable<View["origin"]>;
  place: CasePlace;
  heading?: "h2" | "h3";
}) {
  return (
    <section className="copy" aria-labelledby="received">
      <div className="copy-h">
        <Heading id="received" className="h-s">
          Received from {origin.district}, {origin.state}
        </Heading>
        <span className="st st-copy">
          <Icon name="eye" />
          Read-only
        </span>
        <p className="small">
          Came on <DateText value={origin.receivedAt} zone={place.zone} />
          {origin.transfer && (
            <>
              , with transfer{" "}
              {view.canEdit ? (
                <Link className="id" href={`${place.home}/admin/requests/case-transfers/${origin.transfer.id}`}>
                  {origin.transfer.reference}
                </Link>
              ) : (
                <span className="id">{origin.transfer.reference}</span>
              )}
            </>
          )}
          , unchanged since.
          {origin.number && (
            <>
              {" "}
              Their case <span className="id">{origin.number}</span>.
            </>
          )}
          {origin.place && <> There: {origin.place}.</>}
          {origin.cameAs && origin.cameAs !== `${view.person.familyName}, ${view.person.givenName}` && (
            <>
              {" "}
              It came as <bdi>{origin.cameAs}</bdi>.
            </>
          )}
        </p>
      </div>
      {view.receivedNotes.length > 0 ? (
        <Log notes={view.receivedNotes} place={place} />
      ) : (
        <p className="small">No notes came with it.</p>
      )}
      <p className="copy-law small">
        <Icon name="info" /> Passing this part on needs a legal basis of its own (34 CFR 99.33). The transfer dialog
        reminds you and asks for it.
      </p>
    </section>
  );
}
