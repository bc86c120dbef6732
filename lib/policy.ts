import { DomainError } from "@/lib/errors";

/** The four permissions of a membership (product.md, section 2). */
export const permissions = ["manageCases", "manageDocuments", "manageDistrict", "purge"] as const;
export type Permission = (typeof permissions)[number];

/** The names on screen. */
export const permissionNames: Record<Permission, string> = {
  manageCases: "Manage Cases",
  manageDocuments: "Manage Documents",
  manageDistrict: "Manage District",
  purge: "Purge",
};

/** Named sets of permissions, offered when a user is invited. */
export const presets = {
  "District admin": ["manageCases", "manageDocuments", "manageDistrict"],
  "Case manager": ["manageCases"],
  "Records clerk": ["manageDocuments"],
  Staff: [],
} as const satisfies Record<string, readonly Permission[]>;

/** Who acts, in which district. Always an argument, never ambient. The worker acts with no membership of its own. */
export type Actor = {
  readonly userId: string | null;
  readonly membershipId: string | null;
  readonly districtId: string;
  readonly name: string;
  readonly permissions: ReadonlySet<Permission>;
  readonly ip: string | null;
};

/** Whether the actor holds the permission in their district. */
export function may(actor: Actor, permission: Permission): boolean {
  return actor.permissions.has(permission);
}

/** Throws `forbidden` where `may` says no. */
export function demand(actor: Actor, permission: Permission): void {
  if (!may(actor, permission)) throw new DomainError("forbidden");
}

/** The worker, acting for a district by the district's own rules: time has run out, a package is to be sealed. */
export function workerOf(districtId: string): Actor {
  return {
    userId: null,
    membershipId: null,
    districtId,
    name: "Baton",
    permissions: new Set(["manageCases", "manageDocuments"]),
    ip: null,
  };
}
