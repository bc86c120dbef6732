import type { Metadata } from "next";
import { NewCodeForm } from "@/components/transfers/code-panel";
import { DialogPage } from "@/components/ui/dialog-page";
import { districtPage } from "@/lib/web/page";
import { newCodeAction } from "../../actions";
import { findOver } from "../over";
import { codeFacts } from "../transfer-details";

export const metadata: Metadata = { title: "New code" };

export default districtPage<"id">({ needs: "manageCases", tab: "admin", node: "case-transfers" }, async (page) => {
  const { found, behind, ...links } = await findOver(page, {
    side: "outgoing",
    open: (status) => status === "pending",
  });
  const { transfer } = found;
  return (
    <>
      {behind}
      <DialogPage
        title={
          <>
            New code for <span className="id">{transfer.reference}</span>
          </>
        }
        closeHref={links.closeHref}
        bare
      >
        <NewCodeForm
          {...links}
          action={newCodeAction.bind(null, page.district.slug)}
          facts={codeFacts(page, found)}
          version={transfer.codeVersion}
          other={transfer.otherDistrict}
        />
      </DialogPage>
    </>
  );
});
