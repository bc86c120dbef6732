import { FindStudent } from "@/components/cases/find-student";
import { PersonName, studentLine } from "@/components/cases/words";
import type { FormAction } from "@/components/ui/form";
import { Link } from "@/components/ui/link";
import type { StudentHit } from "@/lib/students/search-students";

export type Who = { kind: "none" } | { kind: "student"; student: StudentHit } | { kind: "person" };

/** Whom a case is about: the student that was found, or the search for one, or the way to somebody who isn't on the roster. */
export function PersonChoice({
  who,
  findAction,
  searchUrl,
  href,
}: {
  who: Who;
  findAction: FormAction;
  searchUrl: string;
  href: string;
}) {
  if (who.kind === "student") {
    return (
      <div className="well">
        <p>
          <b>
            <PersonName name={who.student} />
          </b>
        </p>
        <p className="small dim">{studentLine(who.student)}</p>
        <p>
          <Link href={href} scroll={false}>
            Choose somebody else
          </Link>
        </p>
      </div>
    );
  }
  if (who.kind === "person") {
    return (
      <p>
        Somebody who isn’t on the roster.{" "}
        <Link href={href} scroll={false}>
          Find a student of the roster instead
        </Link>
      </p>
    );
  }
  return (
    <>
      <FindStudent action={findAction} searchUrl={searchUrl} chooseHref={href} />
      <p>
        <Link href={`${href}?who=person`} scroll={false}>
          They aren’t on the roster
        </Link>
      </p>
    </>
  );
}
