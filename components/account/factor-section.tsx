import { LinkButton } from "@/components/ui/button";
import { DateText } from "@/components/ui/date";
import { SectionHead } from "@/components/ui/page-head";

/** Your account's part about the second factor. `since` is null for none; `requiredBy` are the person's districts that require one. */
export function FactorSection({
  since,
  codesLeft,
  requiredBy,
  base,
  zone,
}: {
  since: Date | null;
  codesLeft: number;
  requiredBy: readonly string[];
  base: string;
  zone: string;
}) {
  return (
    <section className="sec-2" aria-labelledby="factor-h">
      <SectionHead id="factor-h" title="Second factor" />
      {since === null ? (
        <>
          <p>
            Off: your password alone signs you in. With a second factor, signing in also asks for a code that your phone
            shows, so a stolen password opens nothing.
          </p>
          <p className="btns mt-3">
            <LinkButton href={`${base}/second-factor`} icon="shield-check">
              Set up a second factor
            </LinkButton>
          </p>
        </>
      ) : (
        <>
          <p>
            On since <DateText value={since} zone={zone} />. {codesLeft === 0 && <b>No recovery code is left. </b>}
            {codesLeft > 0 &&
              (codesLeft === 1 ? "One recovery code is left." : `${codesLeft} recovery codes are left.`)}
          </p>
          {requiredBy.length > 0 && (
            <p>
              {requiredBy.join(" and ")} {requiredBy.length === 1 ? "requires" : "require"} one, so it can’t be turned
              off.
            </p>
          )}
          <p className="btns mt-3">
            <LinkButton href={`${base}/recovery-codes`}>New recovery codes</LinkButton>
            {requiredBy.length === 0 && (
              <LinkButton variant="stop" href={`${base}/second-factor/off`} scroll={false}>
                Turn off…
              </LinkButton>
            )}
          </p>
        </>
      )}
    </section>
  );
}
