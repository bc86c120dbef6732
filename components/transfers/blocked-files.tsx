import { Banner } from "@/components/ui/banner";
import { Link } from "@/components/ui/link";
import type { DispatchCase } from "@/lib/transfers/get-dispatch";

/** Why chosen cases can't be sent now: attachments with a virus, that couldn't be scanned, or whose scan is still to come. */
export function BlockedFiles({
  infected,
  failed,
  waiting,
  cases,
  home,
}: {
  /** How many of each. */
  infected: number;
  failed: number;
  waiting: number;
  cases: readonly DispatchCase[];
  /** /d/<district>/cases */
  home: string;
}) {
  return (
    <>
      {infected > 0 ? (
        <Banner
          kind="bad"
          fact={`A virus was found in ${infected === 1 ? "an attachment" : `${infected} attachments`}.`}
        >
          Nothing is sent with it. Remove {infected === 1 ? "it" : "them"} from the case, or close this and choose other
          cases.
        </Banner>
      ) : failed > 0 ? (
        <Banner
          kind="bad"
          fact={`${failed === 1 ? "An attachment" : `${failed} attachments`} couldn’t be scanned for viruses.`}
        >
          Nothing is sent with it: {failed === 1 ? "it’s" : "they’re"} damaged, or larger than the scanner takes. Remove{" "}
          {failed === 1 ? "it" : "them"} and add {failed === 1 ? "it" : "them"} again, smaller if you can, or close this
          and choose other cases. What another district sent stays: whoever runs Baton for you can help.
        </Banner>
      ) : (
        <Banner
          kind="held"
          icon="clock"
          fact={`${waiting === 1 ? "An attachment waits" : `${waiting} attachments wait`} for the virus scan.`}
        >
          This usually takes minutes. Load this page again then.
        </Banner>
      )}
      <ul>
        {cases.map((one) => (
          <li key={one.id}>
            <Link className="id" href={`${home}/${one.id}#attachments`}>
              {one.number}
            </Link>{" "}
            {one.family}, {one.given}
          </li>
        ))}
      </ul>
    </>
  );
}
