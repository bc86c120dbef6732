import { basisNames } from "@/components/transfers/legal-bases";
import { Link } from "@/components/ui/link";

/** A transfer's legal basis, with what the own district stated beside it, and the way to what is still to be stated. */
export function StatedBasis({
  basis,
  stated,
  noticeHref,
}: {
  basis: string;
  stated: readonly string[];
  noticeHref: string | null;
}) {
  return (
    <>
      {basisNames[basis] ?? basis}
      {stated.map((sentence) => (
        <span className="sub" key={sentence} dir="auto">
          {sentence}
        </span>
      ))}
      {noticeHref && (
        <span className="sub">
          <Link href={noticeHref} scroll={false}>
            Add parent notice
          </Link>
        </span>
      )}
    </>
  );
}
