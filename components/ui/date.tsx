const day = { year: "numeric", month: "short", day: "numeric" } as const;
const shapes = {
  /** Nov 20, 2026 */
  day,
  /** Nov 20 */
  short: { month: "short", day: "numeric" },
  /** November 20, 2026 */
  long: { year: "numeric", month: "long", day: "numeric" },
  /** Nov 20, 2026, 2:14 PM */
  minute: { ...day, hour: "numeric", minute: "2-digit" },
  /** Nov 20, 2026, 2:14 PM CST: where the other side, in a zone of its own, has the same moment before it. */
  moment: { ...day, hour: "numeric", minute: "2-digit", timeZoneName: "short" },
  /** November 20, 2026 at 2:14 PM CST */
  letter: {
    year: "numeric",
    month: "long",
    day: "numeric",
    hour: "numeric",
    minute: "2-digit",
    timeZoneName: "short",
  },
  /** 2:14 PM */
  time: { hour: "numeric", minute: "2-digit" },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

export type DateShape = keyof typeof shapes;

const formats = new Map<string, Intl.DateTimeFormat>();

function formatFor(shape: DateShape, zone: string): Intl.DateTimeFormat {
  const key = `${shape} ${zone}`;
  const known = formats.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat("en-US", { ...shapes[shape], timeZone: zone });
  formats.set(key, made);
  return made;
}

const isDay = (value: Date | string): value is string => typeof value === "string" && /^\d{4}-\d\d-\d\d$/.test(value);

/**
 * A date in words. `zone` is the district's (IANA name). A day without a time of day ("2012-05-02": birth dates, due days) is the same
 * day everywhere, whatever the zone.
 */
export function dateWords(value: Date | string, zone: string, shape: DateShape = "day"): string {
  const [at, where] = isDay(value) ? [new Date(`${value}T00:00:00Z`), "UTC"] : [new Date(value), zone];
  return formatFor(shape, where).format(at).replaceAll("\u202f", "\u00a0");
}

/** A date on screen, with the machine's form of it beside. */
export function DateText({
  value,
  zone,
  shape = "day",
}: {
  value: Date | string;
  zone: string;
  shape?: DateShape | undefined;
}) {
  return (
    <time className="nowrap" dateTime={isDay(value) ? value : new Date(value).toISOString()}>
      {dateWords(value, zone, shape)}
    </time>
  );
}
