import { audit } from "@/lib/audit";
import type { Doors } from "@/lib/db/types";
import { demand } from "@/lib/policy";
import { openPackage, readPackage } from "@/lib/transfers/open-package";
import type { Cover } from "@/lib/transfers/package-content";

export type PackageView = {
  cover: Cover;
  cases: { n: number; number: string; given: string; family: string; attachments: number }[];
};

/** The notes and the list of cases of an unlocked package, for its receiver's details page. The reading is written down. Throws `forbidden`, `not-there`, `code-first`, `transfer-decided`. */
export async function getPackage(doors: Doors, input: { transferId: string }): Promise<PackageView> {
  demand(doors.actor, "manageCases");
  const { transferId } = input;
  const sealed = await doors.exchange(transferId, async (tx) => {
    audit(tx, { action: "package.read", subject: "transfer", subjectId: transferId });
    return readPackage(tx, transferId);
  });
  const { cover, cases } = openPackage(sealed);
  return {
    cover,
    cases: cases.map(({ n, content }) => ({
      n,
      number: content.number,
      given: content.person.given,
      family: content.person.family,
      attachments: content.attachments.length,
    })),
  };
}
