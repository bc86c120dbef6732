import { Link } from "@/components/ui/link";

/** Did you mean …: searches with a close spelling that find something. Nothing where there are none. They come without capitals; most are names. */
export function CloseSpellings({ words, href }: { words: readonly string[]; href: (words: string) => string }) {
  if (words.length === 0) return null;
  return (
    <p>
      Did you mean{" "}
      {words.map((one, at) => (
        <span key={one}>
          {at > 0 && (at === words.length - 1 ? " or " : ", ")}
          <Link href={href(one)} className="capitalize">
            <bdi>{one}</bdi>
          </Link>
        </span>
      ))}
      ?
    </p>
  );
}
