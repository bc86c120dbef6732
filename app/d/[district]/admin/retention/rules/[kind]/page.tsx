import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { RuleForm } from "@/components/admin/retention/rule-form";
import { DialogPage } from "@/components/ui/dialog-page";
import { listRetentionRules } from "@/lib/documents/list-retention-rules";
import { districtPage } from "@/lib/web/page";
import { saveRuleAction } from "../../actions";
import { retentionPath } from "../../paths";
import { RetentionHere } from "../../retention-here";

export const metadata: Metadata = { title: "How long it’s kept" };

export default districtPage<"kind">(
  { needs: "manageDistrict", tab: "admin", node: "retention" },
  async ({ params, ...place }) => {
    const { actor, doors, district } = place;
    const rules = await doors.district((tx) => listRetentionRules(tx, actor));
    const rule = rules.find((one) => one.kind === params.kind);
    if (!rule) notFound();
    const closeHref = retentionPath(district.slug);
    return (
      <>
        {await RetentionHere({ place })}
        <DialogPage title="How long it’s kept" closeHref={closeHref} bare>
          <RuleForm action={saveRuleAction.bind(null, district.slug)} rule={rule} closeHref={closeHref} />
        </DialogPage>
      </>
    );
  },
);
