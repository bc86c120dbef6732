import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { RenewCodesForm } from "@/components/account/renew-codes-form";
import { Crumbs } from "@/components/ui/crumbs";
import { PageHead } from "@/components/ui/page-head";
import { districtPage } from "@/lib/web/page";
import { recoveryCodesLeft } from "@/lib/web/second-factor";
import { renewCodesAction } from "../actions";

export const metadata: Metadata = { title: "Recovery codes" };

export default districtPage({ needs: "member", tab: null }, async ({ district, session }) => {
  const account = `/d/${district.slug}/account`;
  if (session.secondFactorSince === null) redirect(account);
  return (
    <>
      <Crumbs path={[{ label: "Your account", href: account }]} />
      <PageHead title="Recovery codes" />
      <div className="max-w-[640px]">
        <RenewCodesForm
          action={renewCodesAction.bind(null, district.slug)}
          left={await recoveryCodesLeft(session)}
          email={session.email}
          onHref={account}
        />
      </div>
    </>
  );
});
