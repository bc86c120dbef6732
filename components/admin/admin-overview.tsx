import type { AdminNode } from "@/components/frame/admin-side";
import { Icon } from "@/components/ui/icon";
import { Link } from "@/components/ui/link";

type Group = { title: string; key: string; nodes: readonly (AdminNode & { what: string; late?: number })[] };

/** All of Admin that the person may use, each with a line saying what it's for; on phones the way to the rest. */
export function AdminOverview({ groups }: { groups: readonly Group[] }) {
  return groups.map(({ title, key, nodes }) => (
    <section key={key} id={key} className="sec-2" aria-labelledby={`${key}-h`}>
      <h2 id={`${key}-h`}>{title}</h2>
      <ul className="pick-list">
        {nodes.map((node) => (
          <li key={node.key}>
            <Link href={node.href}>
              <span>
                <b>{node.label}</b>
                <span className="sub">{node.what}</span>
              </span>
              {!!node.count && (
                <span className="small">
                  {node.count === 1 ? "1 waits for you" : `${node.count} wait for you`}
                  {!!node.late && (
                    <>
                      , <b className="late">{node.late} overdue</b>
                    </>
                  )}
                </span>
              )}
              <Icon name="chevron-right" />
            </Link>
          </li>
        ))}
      </ul>
    </section>
  ));
}
