import { PersonName } from "@/components/cases/words";
import type { RecordPerson as Person } from "@/lib/documents/list-due";

/** In place of a person whom the viewer's permissions don't show. */
const hiddenWords = {
  case: "Shown with Manage Cases",
  document: "Shown with Manage Documents",
  student: "Shown with Manage District",
};

/** Whom a record is about, or who it is shown to instead; of who isn't on the roster and whose record was destroyed, the certificate's number stands there. */
export function RecordPerson({ person, of }: { person: Person | null; of: "case" | "document" | "student" }) {
  if (!person) return <span className="dim">{hiddenWords[of]}</span>;
  return (
    <>
      <b>{person.givenName ? <PersonName name={person} /> : <span className="id">{person.familyName}</span>}</b>
      <span className="sub">{person.sisId ? `SIS ID ${person.sisId}` : "Not on the roster"}</span>
    </>
  );
}
