import { adminCrumbs } from "@/lib/web/admin-nodes";

/** Holding one of these, somebody has to do with retention. */
export const retentionNeeds = ["manageDistrict", "purge"] as const;

/** The path of **Retention**, or of a page below it. */
export const retentionPath = (slug: string, ...more: string[]): string =>
  [`/d/${slug}/admin/retention`, ...more].join("/");

/** The path above the title of a page below **Retention**. */
export const retentionCrumbs = (slug: string, ...more: { label: string; href: string }[]) => [
  ...adminCrumbs(slug, "district"),
  { label: "Retention", href: retentionPath(slug) },
  ...more,
];

/** The page number of a URL. */
export const pageOf = (text: string | undefined): number => {
  const page = Number.parseInt(text ?? "1", 10);
  return page >= 1 && page <= 100_000 ? page : 1;
};
