import type { Metadata } from "next";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Crumbs } from "@/components/ui/crumbs";
import { Checkbox, Select, TextField } from "@/components/ui/field";
import { ActionForm } from "@/components/ui/form";
import { Icon } from "@/components/ui/icon";
import { Link } from "@/components/ui/link";
import { Facts, PageHead, SectionHead } from "@/components/ui/page-head";
import { SubmitButton } from "@/components/ui/submit-button";
import { getDistrict } from "@/lib/districts/get-district";
import { getSettings } from "@/lib/districts/get-settings";
import { timeZones } from "@/lib/districts/time-zones";
import { adminCrumbs } from "@/lib/web/admin-nodes";
import { districtPage } from "@/lib/web/page";
import { saveCoordinatorAction, saveSettingsAction } from "./actions";

export const metadata: Metadata = { title: "Settings" };

const did: Record<string, string> = { settings: "Settings saved.", coordinator: "Transfer coordinator saved." };

export default districtPage(
  { needs: "manageDistrict", tab: "admin", node: "settings" },
  async ({ actor, district, doors, search }) => {
    const { facts, settings } = await doors.district(async (tx) => ({
      facts: await getDistrict(tx, actor),
      settings: await getSettings(tx, actor),
    }));
    const base = `/d/${district.slug}/admin/settings`;
    const said = search.did ? did[search.did] : undefined;
    const { coordinator } = settings;
    return (
      <>
        <Crumbs path={adminCrumbs(district.slug, "district")} />
        <PageHead title="Settings" />
        {said && <Banner kind="done" fact={said} live />}
        <Facts
          facts={[
            ["District", facts.name],
            ["State", facts.stateName],
            ["NCES ID", facts.ncesId],
            facts.city !== null && ["City", facts.city],
            facts.domain !== null && ["Domain", facts.domain],
          ]}
        />
        <p className="small dim">
          These come from the national directory. Whoever runs Baton for you can correct them.
        </p>

        <section className="sec-2" aria-labelledby="coordinator-h">
          <SectionHead
            id="coordinator-h"
            title="Transfer coordinator"
            note="Whom another district calls about a transfer"
          />
          <ActionForm
            id="coordinator"
            action={saveCoordinatorAction.bind(null, district.slug)}
            className="stack"
            draft={`coordinator:${actor.membershipId}`}
          >
            <div className="two">
              <TextField name="name" label="Name" autoComplete="off" defaultValue={coordinator.name} />
              <TextField name="title" label="Title" autoComplete="off" defaultValue={coordinator.title} />
              <TextField name="email" label="Email" type="email" autoComplete="off" defaultValue={coordinator.email} />
              <TextField name="phone" label="Phone" type="tel" autoComplete="off" defaultValue={coordinator.phone} />
            </div>
            <Checkbox
              name="shown"
              label="Show to other districts"
              hint="They see it wherever they search for your district. Not shown, they are told to contact the district directly."
              defaultChecked={coordinator.shown}
            />
            <SubmitButton>Save coordinator</SubmitButton>
          </ActionForm>
        </section>

        <section className="sec-2" aria-labelledby="general-h">
          <SectionHead id="general-h" title="Time" />
          <ActionForm id="general" action={saveSettingsAction.bind(null, district.slug)} className="stack">
            <Select
              name="timeZone"
              label="Time zone"
              hint="Dates and times on every page of your district."
              options={Object.entries(timeZones).map(([value, label]) => ({ value, label }))}
              defaultValue={settings.timeZone}
            />
            <TextField
              name="expiryDays"
              label="Days until a transfer expires"
              hint="From 1 to 90. Counts from sending, or from a new code; transfers that are out keep their date."
              inputMode="numeric"
              className="max-w-[8rem]"
              defaultValue={String(settings.expiryDays)}
            />
            <Button type="submit">Save time settings</Button>
          </ActionForm>
        </section>

        <section className="sec-2" aria-labelledby="more-h">
          <h2 id="more-h">Buildings and teams</h2>
          <ul className="pick-list">
            {[
              { href: `${base}/buildings`, label: "Buildings", what: "Schools and sites that cases belong to." },
              { href: `${base}/teams`, label: "Teams", what: "Who works on a case together, and who leads." },
            ].map(({ href, label, what }) => (
              <li key={href}>
                <Link href={href}>
                  <span>
                    <b>{label}</b>
                    <span className="sub">{what}</span>
                  </span>
                  <Icon name="chevron-right" />
                </Link>
              </li>
            ))}
          </ul>
        </section>
      </>
    );
  },
);
