import { Banner } from "@/components/ui/banner";
import { Icon } from "@/components/ui/icon";

/** Why a file can't be opened or sent. */
type FileBlock = "waiting" | "failed" | "infected";

/** Said of such a file, in words that stand beside others. */
export const blockWords: Record<FileBlock, string> = {
  waiting: "waits for the virus scan",
  failed: "couldn’t be scanned for viruses",
  infected: "a virus was found",
};

/** The same as a mark beside a file's name. */
export function FileBlockChip({ block }: { block: FileBlock }) {
  if (block === "waiting")
    return (
      <span className="st st-pending">
        <Icon name="clock" />
        Waiting for the virus scan
      </span>
    );
  return block === "failed" ? (
    <span className="st st-rejected">
      <Icon name="octagon-x" />
      Couldn’t be scanned
    </span>
  ) : (
    <span className="st st-rejected">
      <Icon name="octagon-x" />A virus was found
    </span>
  );
}

/** Stands where the file would be shown. `remedy`: what can be done about a file with a virus. */
export function FileBlockBanner({ block, remedy }: { block: FileBlock; remedy: string }) {
  if (block === "waiting")
    return (
      <Banner kind="held" icon="clock" fact="Waiting for the virus scan.">
        The file is kept safely. It can be opened and sent as soon as the scan has found nothing, usually within
        minutes: load this page again then.
      </Banner>
    );
  return block === "failed" ? (
    <Banner kind="bad" fact="This file couldn’t be scanned for viruses.">
      It’s damaged, or larger than the scanner takes, so it can’t be opened or sent. Add it again, smaller if you can.
      If you can’t, or another district sent it, ask whoever runs Baton for you: the scan is tried again every 15
      minutes, and the file is kept until then.
    </Banner>
  ) : (
    <Banner kind="bad" fact="A virus was found in this file.">
      It can’t be opened, downloaded or sent. {remedy} Tell whoever it came from.
    </Banner>
  );
}
