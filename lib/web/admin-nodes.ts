import type { AdminNode } from "@/components/frame/admin-side";
import { type Actor, may, type Permission } from "@/lib/policy";

type Node = { key: string; label: string; path: string; needs: Permission; what: string };

// product.md, sections 2 to 5. Nodes stand here once their pages exist.
const groups = [
  {
    title: "Requests",
    key: "requests",
    nodes: [
      {
        key: "case-transfers",
        label: "Case Transfer Requests",
        path: "requests/case-transfers",
        needs: "manageCases",
        what: "The switch, what other districts sent you, and what you sent them.",
      },
    ],
  },
  {
    title: "District",
    key: "district",
    nodes: [
      {
        key: "users",
        label: "Users",
        path: "users",
        needs: "manageDistrict",
        what: "Who works here, and what they may do.",
      },
      {
        key: "settings",
        label: "Settings",
        path: "settings",
        needs: "manageDistrict",
        what: "Transfer coordinator, time zone, buildings and teams.",
      },
    ],
  },
] as const satisfies readonly { title: string; key: string; nodes: readonly Node[] }[];

/** A node of Admin, as `districtPage({ tab: "admin", node })` names it. */
export type AdminNodeKey = (typeof groups)[number]["nodes"][number]["key"];

/** Holding one of these, a member has a node of Admin to use. */
export const adminNeeds: readonly Permission[] = [
  ...new Set(groups.flatMap((group) => group.nodes.map((node) => node.needs))),
];

export type AdminGroupView = { title: string; key: string; nodes: (AdminNode & { what: string })[] };

/** Admin's groups and nodes, those alone that the actor may use; `waiting` is how many incoming case transfers wait. */
export function adminGroups(actor: Actor, slug: string, waiting: number): AdminGroupView[] {
  return groups
    .map(({ title, key, nodes }) => ({
      title,
      key,
      nodes: nodes
        .filter((node) => may(actor, node.needs))
        .map((node) => ({
          key: node.key,
          label: node.label,
          href: `/d/${slug}/admin/${node.path}`,
          what: node.what,
          ...(node.key === "case-transfers" ? { count: waiting } : {}),
        })),
    }))
    .filter((group) => group.nodes.length > 0);
}

/** The path above the title of a page of Admin: `Admin › Requests`. */
export function adminCrumbs(slug: string, group: (typeof groups)[number]["key"]): { label: string; href: string }[] {
  const title = groups.find((one) => one.key === group)?.title ?? "";
  return [
    { label: "Admin", href: `/d/${slug}/admin` },
    { label: title, href: `/d/${slug}/admin#${group}` },
  ];
}
