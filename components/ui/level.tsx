import sprite from "@/components/ui/icons.svg";

const levels = {
  low: [1, "Low"],
  moderate: [2, "Moderate"],
  high: [3, "High"],
  imminent: [4, "Imminent"],
} as const;

/** Level of concern: one to four bars and its word. */
export function Level({ level }: { level: keyof typeof levels }) {
  const [bars, word] = levels[level];
  return (
    <span className="level">
      <svg aria-hidden="true">
        <use href={`${sprite.src}#level-${bars}`} />
      </svg>{" "}
      {word}
    </span>
  );
}
