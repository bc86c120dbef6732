import type { AdminNode } from "@/components/frame/admin-side";
import type { Waiting } from "@/lib/districts/count-waiting";
import { type Actor, may, type Permission } from "@/lib/policy";

type Node = {
  key: string;
  label: string;
  path: string;
  /** Of these one suffices. */
  needs: readonly Permission[];
  what: string;
  /** What stands beside it as a number: what waits there. */
  waits?: keyof Waiting;
  /** What of it is late. */
  late?: keyof Waiting;
};

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
        needs: ["manageCases"],
        what: "The switch, what other districts sent you, and what you sent them.",
        waits: "caseTransfers",
      },
      {
        key: "document-transfers",
        label: "Document Transfers",
        path: "requests/document-transfers",
        needs: ["manageDocuments"],
        what: "Documents that other districts sent you, and that you sent them.",
        waits: "documentTransfers",
      },
      {
        key: "record-requests",
        label: "Record Requests",
        path: "requests/record-requests",
        needs: ["manageDocuments", "manageCases"],
        what: "What other districts ask you for, and what you ask them for.",
        waits: "recordRequests",
        late: "overdueRequests",
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
        needs: ["manageDistrict"],
        what: "Who works here, and what they may do.",
      },
      {
        key: "roster",
        label: "Roster",
        path: "roster",
        needs: ["manageDistrict"],
        what: "Students and staff from your student information system.",
      },
      {
        key: "departed",
        label: "Departed students",
        path: "roster/departed",
        needs: ["manageCases", "manageDistrict"],
        what: "Who left the roster and still has an open case.",
      },
      {
        key: "settings",
        label: "Settings",
        path: "settings",
        needs: ["manageDistrict"],
        what: "Transfer coordinator, document transfers, time zone, school calendar, buildings and teams.",
      },
      {
        key: "retention",
        label: "Retention",
        path: "retention",
        needs: ["manageDistrict", "purge"],
        what: "How long records are kept, what is due to be destroyed, legal holds.",
        waits: "proposals",
      },
      {
        key: "audit",
        label: "Audit Log",
        path: "audit",
        needs: ["manageDistrict"],
        what: "Who did what, from where, when; and whether the log is whole.",
      },
    ],
  },
] as const satisfies readonly { title: string; key: string; nodes: readonly Node[] }[];

/** A node of Admin, as `districtPage({ tab: "admin", node })` names it. */
export type AdminNodeKey = (typeof groups)[number]["nodes"][number]["key"];

/** Holding one of these, a member has a node of Admin to use. */
export const adminNeeds: readonly Permission[] = [
  ...new Set(groups.flatMap((group) => group.nodes.flatMap((node): readonly Permission[] => node.needs))),
];

export type AdminGroupView = { title: string; key: string; nodes: (AdminNode & { what: string; late?: number })[] };

/** Admin's groups and nodes, those alone that the actor may use, with what waits there. */
export function adminGroups(actor: Actor, slug: string, waiting: Waiting): AdminGroupView[] {
  return groups
    .map(({ title, key, nodes }: { title: string; key: string; nodes: readonly Node[] }) => ({
      title,
      key,
      nodes: nodes
        .filter((node) => node.needs.some((permission) => may(actor, permission)))
        .map((node) => ({
          key: node.key,
          label: node.label,
          href: `/d/${slug}/admin/${node.path}`,
          what: node.what,
          ...(node.waits ? { count: waiting[node.waits] } : {}),
          ...(node.late ? { late: waiting[node.late] } : {}),
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
