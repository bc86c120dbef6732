import { casesWord } from "@/components/transfers/transfer-words";
import { Icon } from "@/components/ui/icon";
import { Link } from "@/components/ui/link";
import { Progress } from "@/components/ui/progress";

export type IntakeLine = { n: number; given: string; family: string; decided: boolean; note: string };

/** Lines shown around the current one before the list folds. */
const shownAtOnce = 12;

/** How far one has got, and every case to go to. */
export function IntakeList({
  lines,
  current,
  href,
}: {
  lines: readonly IntakeLine[];
  current: number;
  href: (n: number) => string;
}) {
  const entered = lines.filter((line) => line.decided).length;
  const at = lines.findIndex((line) => line.n === current);
  const start = Math.max(0, Math.min(at - 4, lines.length - shownAtOnce));
  const near = lines.slice(start, start + shownAtOnce);
  const item = (line: IntakeLine) => (
    <li key={line.n}>
      <Link href={href(line.n)} aria-current={line.n === current ? "step" : undefined}>
        <Icon name={line.decided ? "circle-check" : line.n === current ? "circle-dot" : "circle"} />
        <span>
          <b>
            <bdi>
              {line.family}, {line.given}
            </bdi>
          </b>
          <small>{line.note}</small>
        </span>
      </Link>
    </li>
  );
  return (
    <>
      <div className="done-so-far">
        <Progress
          heading="h2"
          label={`${entered} of ${casesWord(lines.length)} entered`}
          done={entered}
          total={lines.length}
        />
      </div>
      <nav className="todo" aria-label="Cases of this transfer">
        <ol start={start + 1}>{near.map(item)}</ol>
        {lines.length > shownAtOnce && (
          <details className="mb-3">
            <summary className="small">Show all {casesWord(lines.length)}</summary>
            <ol>{lines.map(item)}</ol>
          </details>
        )}
        <p className="small dim">
          Leaving loses nothing. Any <b>Manage Cases</b> user can go on here.
        </p>
      </nav>
    </>
  );
}
