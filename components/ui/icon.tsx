import type { IconName } from "@/components/ui/icon-names";
import sprite from "@/components/ui/icons.svg";

/** A lucide icon out of the shared sprite. Says nothing to a screen reader: a word always stands beside it. */
export function Icon({ name, className }: { name: IconName; className?: string | undefined }) {
  return (
    <svg className={className ? `icon ${className}` : "icon"} aria-hidden="true">
      <use href={`${sprite.src}#${name}`} />
    </svg>
  );
}
