import { Link } from "@/components/ui/link";

export type AdminNode = { key: string; label: string; href: string; count?: number | undefined };
export type AdminGroup = { title: string; nodes: readonly AdminNode[] };

/**
 * Admin's list of what the user may use; a strip under 1240 px. On phones only the current group stays: the path above the title leads
 * to the rest.
 */
export function AdminSide({ groups, current }: { groups: readonly AdminGroup[]; current: string | null }) {
  return (
    <nav className="side" aria-label="Admin">
      {groups.map(({ title, nodes }) => (
        <div key={title} className={nodes.some((node) => node.key === current) ? "side-group side-here" : "side-group"}>
          <p className="side-h" id={`side-${nodes[0]?.key}`}>
            {title}
          </p>
          <ul aria-labelledby={`side-${nodes[0]?.key}`}>
            {nodes.map(({ key, label, href, count }) => (
              <li key={key}>
                <Link href={href} aria-current={key === current ? "page" : undefined}>
                  {label}
                  {!!count && (
                    <span className="n">
                      {count}
                      <span className="sr"> waiting for you</span>
                    </span>
                  )}
                </Link>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}
