"use server";

import { z } from "zod";
import { searchStudents } from "@/lib/students/search-students";
import { districtAction } from "@/lib/web/action";
import { text } from "@/lib/web/forms";

/** The search for a student where no script runs. */
export const findStudentsAction = districtAction(
  { needs: "manageCases", schema: z.object({ q: text(200) }) },
  async ({ doors, actor }, { q }) => {
    const hits = q ? await doors.district((tx) => searchStudents(tx, actor, q)) : [];
    return { data: { q, hits } };
  },
);
