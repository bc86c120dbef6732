"use server";

import { z } from "zod";
import { chooseDocuments } from "@/lib/transfers/choose-documents";
import { districtAction } from "@/lib/web/action";
import { id, ids } from "@/lib/web/forms";

/** Chooses documents of a student, and goes on to **Transfer to Another District**. */
export const chooseDocumentsAction = districtAction(
  { needs: "manageDocuments", schema: z.object({ studentId: id(), document: ids(1_000) }) },
  async ({ doors, actor, district }, { studentId, document }) => {
    const { dispatchId } = await doors.district((tx) =>
      chooseDocuments(tx, actor, { studentId, documentIds: document }),
    );
    return { redirect: `/d/${district.slug}/students/${studentId}/share/${dispatchId}` };
  },
);
