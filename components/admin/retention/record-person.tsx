import { PersonName } from "@/components/cases/words";
import type { RecordPerson as Person } from "@/lib/documents/list-due";

/** Whom a record is about; of who isn't on the roster and whose record was destroyed, the certificate's number stands there. */
export function RecordPerson({ person }: { person: Person }) {
  return (
    <>
      <b>{person.givenName ? <PersonName name={person} /> : <span className="id">{person.familyName}</span>}</b>
      <span className="sub">{person.sisId ? `SIS ID ${person.sisId}` : "Not on the roster"}</span>
    </>
  );
}
