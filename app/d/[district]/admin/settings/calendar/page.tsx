import type { Metadata } from "next";
import { AnswerDays } from "@/components/admin/answer-days";
import { SchoolCalendar } from "@/components/admin/school-calendar";
import { Banner } from "@/components/ui/banner";
import { Crumbs } from "@/components/ui/crumbs";
import { PageHead } from "@/components/ui/page-head";
import { getSchoolCalendar } from "@/lib/districts/get-school-calendar";
import { adminCrumbs } from "@/lib/web/admin-nodes";
import { own } from "@/lib/web/own";
import { districtPage } from "@/lib/web/page";
import {
  addFederalHolidaysAction,
  addSchoolBreakAction,
  removeSchoolBreakAction,
  saveAnswerDaysAction,
} from "./actions";

export const metadata: Metadata = { title: "School calendar" };

const did: Record<string, string> = {
  days: "Days allowed saved.",
  added: "Days without school added.",
  holidays: "Federal holidays added.",
  removed: "Days without school removed.",
};

export default districtPage(
  { needs: "manageDistrict", tab: "admin", node: "settings" },
  async ({ actor, doors, district, search }) => {
    const { slug } = district;
    const calendar = await doors.district((tx) => getSchoolCalendar(tx, actor));
    const sentence = own(did, search.did ?? null);
    return (
      <>
        <Crumbs path={[...adminCrumbs(slug, "district"), { label: "Settings", href: `/d/${slug}/admin/settings` }]} />
        <PageHead title="School calendar" note="What deadlines of record requests are counted by" />
        {sentence && (
          <Banner kind="done" fact={sentence} live>
            Open record requests are due by it from now on.
          </Banner>
        )}
        <AnswerDays calendar={calendar} action={saveAnswerDaysAction.bind(null, slug)} />
        <SchoolCalendar
          calendar={calendar}
          addAction={addSchoolBreakAction.bind(null, slug)}
          removeAction={removeSchoolBreakAction.bind(null, slug)}
          holidaysAction={addFederalHolidaysAction.bind(null, slug)}
        />
      </>
    );
  },
);
