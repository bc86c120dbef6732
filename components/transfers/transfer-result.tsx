import type { TransferViewProps } from "@/components/transfers/transfer-view";
import { casesWord } from "@/components/transfers/transfer-words";
import { Banner } from "@/components/ui/banner";
import { Link } from "@/components/ui/link";
import type { TransferContent } from "@/lib/transfers/get-transfer";

/** Cases named before the list folds. */
const shownAtOnce = 12;

/** What the person just did; shown only where it agrees with the state. */
export function TransferResult({ transfer, result, links }: Pick<TransferViewProps, "transfer" | "result" | "links">) {
  const { status, side, contents, leftOut } = transfer;
  const line = (one: TransferContent) => (
    <li key={one.id}>
      {one.cameAs && (
        <>
          <bdi>{one.cameAs}</bdi> → linked to{" "}
        </>
      )}
      <bdi>
        {one.family}, {one.given}
      </bdi>{" "}
      (
      <Link className="id" href={`${links.cases}/${one.id}`}>
        {one.number}
      </Link>
      ){!one.cameAs && ", not on the roster"}
    </li>
  );
  if (result === "cancelled" && status === "cancelled")
    return (
      <Banner kind="done" fact="The transfer is cancelled." live>
        Its code no longer works, and the package is destroyed. Your cases are as they were, and you can send them
        again.
      </Banner>
    );
  if (result === "rejected" && status === "rejected")
    return (
      <Banner kind="done" fact="The transfer is rejected." live>
        {transfer.otherDistrict} is told, with your reason. The package is destroyed here.
      </Banner>
    );
  if (result === "saved" && status === "completed" && side === "incoming") {
    const saved = contents.length;
    const unseen = contents.filter((one) => one.manager === null).length;
    return (
      <>
        <Banner
          kind="done"
          fact={
            saved === 0
              ? "The transfer is completed."
              : `${casesWord(saved)} ${saved === 1 ? "is" : "are"} in your district now.`
          }
          live
        >
          {leftOut.length > 0 && `${casesWord(leftOut.length)} ${leftOut.length === 1 ? "was" : "were"} left out. `}
          <ul>{contents.slice(0, shownAtOnce).map(line)}</ul>
          {saved > shownAtOnce && (
            <details>
              <summary className="link-like">Show all {casesWord(saved)}</summary>
              <ul>{contents.slice(shownAtOnce).map(line)}</ul>
            </details>
          )}
        </Banner>
        {unseen > 0 && (
          <Banner
            kind="held"
            fact={`Nobody looks after ${unseen === saved ? (saved === 1 ? "it" : "them") : `${unseen} of them`} yet.`}
          >
            Open {saved === 1 ? "the case" : "each"} and choose a case manager under Edit case.
          </Banner>
        )}
      </>
    );
  }
  return null;
}
