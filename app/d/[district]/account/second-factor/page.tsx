import type { Metadata } from "next";
import { EnrolForm } from "@/components/account/enrol-form";
import { QrCode } from "@/components/account/qr-code";
import { Banner } from "@/components/ui/banner";
import { Crumbs } from "@/components/ui/crumbs";
import { PageHead } from "@/components/ui/page-head";
import { districtPage } from "@/lib/web/page";
import { samePath } from "@/lib/web/same-site";
import { enrolmentOf } from "@/lib/web/second-factor";
import { enrolAction } from "../actions";

export const metadata: Metadata = { title: "Set up a second factor" };

export default districtPage(
  { needs: "member", tab: null, unenrolled: true, fresh: true },
  async ({ district, session, mustEnrol, search }) => {
    const enrolment = await enrolmentOf(session);
    const account = `/d/${district.slug}/account`;
    const to = samePath(search.to);
    return (
      <>
        {!mustEnrol && <Crumbs path={[{ label: "Your account", href: account }]} />}
        <PageHead title="Set up a second factor" />
        {mustEnrol && enrolment && (
          <Banner kind="held" fact={`${district.name} requires a second factor.`}>
            It takes two minutes. Then you go on where you were.
          </Banner>
        )}
        <div className="mt-4 max-w-[640px]">
          <EnrolForm
            action={enrolAction.bind(null, district.slug)}
            secret={enrolment?.secret ?? null}
            qr={enrolment && <QrCode text={enrolment.address} label="QR code for your authenticator app" />}
            email={session.email}
            onHref={to === "/" ? account : to}
          />
        </div>
      </>
    );
  },
);
