import type { Doors } from "@/lib/db/types";
import { demand } from "@/lib/policy";
import { openPackage, readPackage } from "@/lib/transfers/open-package";
import type { Cover } from "@/lib/transfers/package-content";

export type PackageView = { cover: Cover; cases: { n: number; number: string; given: string; family: string; attachments: number }[] };

/** The notes and the list of cases of an unlocked package, for its receiver's details page. Throws `forbidden`, `not-there`, `not-pending`, `transfer-decided`. */
export async function getPackage(doors: Doors, input: { transferId: string }): Promise<PackageView> {
  demand(doors.actor, "manageCases");
  const { cover, cases } = openPackage(await doors.exchange(input.transferId, (tx) => readPackage(tx, input.transferId)));
  return {
    cover,
    cases: cases.map(({ n, content }) => ({ n, number: content.number, given: content.person.given, family: content.person.family, attachments: content.attachments.length })),
  };
}
