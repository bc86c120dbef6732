import { Icon } from "@/components/ui/icon";
import { Link } from "@/components/ui/link";

/** The path above a title; the page itself isn't in it. */
export function Crumbs({ path }: { path: readonly { label: string; href: string }[] }) {
  return (
    <nav className="crumbs" aria-label="Where you are">
      <ol>
        {path.map(({ label, href }, index) => (
          <li key={href}>
            {index > 0 && <Icon name="chevron-right" />}
            <Link href={href}>{label}</Link>
          </li>
        ))}
      </ol>
    </nav>
  );
}
