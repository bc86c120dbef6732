import { redirect } from "next/navigation";
import { districtPage } from "@/lib/web/page";

export default districtPage({ needs: "member", tab: null, bare: true }, async ({ district }) =>
  redirect(`/d/${district.slug}/cases`),
);
