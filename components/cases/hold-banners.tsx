import { Banner } from "@/components/ui/banner";
import { dateWords } from "@/components/ui/date";
import { Link } from "@/components/ui/link";
import type { StandingHold } from "@/lib/students/find-holds";

/** What stands in the way of destroying anything of a student or case, at the head of its page and in place of a purge's form. */
export function HoldBanners({
  holds,
  what,
  listHref,
  zone,
}: {
  holds: readonly StandingHold[];
  what: "student" | "case";
  /** The list of holds, for who may lift them. */
  listHref: string | null;
  zone: string;
}) {
  return holds.map((hold) => (
    <Banner
      key={hold.id}
      kind="held"
      icon="lock"
      fact={`Legal hold since ${dateWords(hold.placedAt, zone)}${what === "case" && hold.on === "student" ? ", on the student" : ""}.`}
    >
      {what === "student"
        ? "No document or case of this student can be destroyed while it stands."
        : "Nothing of this case can be destroyed while it stands."}{" "}
      {hold.reason && (
        <>
          Reason: <bdi className="whitespace-pre-line">{hold.reason}</bdi>{" "}
        </>
      )}
      {listHref && <Link href={listHref}>Legal holds</Link>}
    </Banner>
  ));
}
