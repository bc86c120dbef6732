import type { ReactNode } from "react";
import { Icon } from "@/components/ui/icon";
import { Link } from "@/components/ui/link";

/** A column's heading that sorts. `sorted` says how the list is sorted by it now; `href` turns that round or sorts by it. */
export function SortHeader({
  href,
  sorted,
  num,
  children,
}: {
  href: string;
  sorted?: "ascending" | "descending" | undefined;
  /** Figures stand at the right. */
  num?: boolean | undefined;
  children: ReactNode;
}) {
  return (
    <th scope="col" aria-sort={sorted} className={num ? "num" : undefined}>
      <Link href={href} scroll={false}>
        {children}
        {sorted && <Icon name={sorted === "ascending" ? "arrow-up" : "arrow-down"} />}
      </Link>
    </th>
  );
}

/** Page numbers to show: first, last, and those beside the current one; null is a gap. */
function shownPages(page: number, last: number): (number | null)[] {
  const wanted = [1, page - 1, page, page + 1, last].filter((n) => n >= 1 && n <= last);
  const pages = [...new Set(wanted)].sort((a, b) => a - b);
  return pages.flatMap((n, index) => {
    const before = pages[index - 1];
    if (before === undefined || n === before + 1) return [n];
    return n === before + 2 ? [n - 1, n] : [null, n];
  });
}

const counted = new Intl.NumberFormat("en-US");

/** "1 to 50 of 312" and the pages. */
export function Pager({
  page,
  size,
  total,
  href,
  label = "Pages",
}: {
  page: number;
  size: number;
  total: number;
  href: (page: number) => string;
  label?: string;
}) {
  if (total === 0) return null;
  const last = Math.max(1, Math.ceil(total / size));
  const from = (page - 1) * size + 1;
  return (
    <nav className="pager" aria-label={label}>
      <p>
        {counted.format(from)} to {counted.format(Math.min(total, page * size))} of {counted.format(total)}
      </p>
      {last > 1 && (
        <ul>
          {page > 1 && (
            <li>
              <Link href={href(page - 1)}>Previous</Link>
            </li>
          )}
          {shownPages(page, last).map((n, index) => (
            <li key={n ?? `gap-${index}`}>
              {n === null ? (
                <span aria-hidden="true">…</span>
              ) : n === page ? (
                <span aria-current="page">
                  <span className="sr">Page </span>
                  {n}
                </span>
              ) : (
                <Link href={href(n)}>
                  <span className="sr">Page </span>
                  {n}
                </Link>
              )}
            </li>
          ))}
          {page < last && (
            <li>
              <Link href={href(page + 1)}>Next</Link>
            </li>
          )}
        </ul>
      )}
    </nav>
  );
}
