import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Checkbox, Switch } from "@/components/ui/choice";
import { Crumbs } from "@/components/ui/crumbs";
import { Select, TextField } from "@/components/ui/field";
import { ActionForm } from "@/components/ui/form";
import { Icon } from "@/components/ui/icon";
import { Link } from "@/components/ui/link";
import { Facts, PageHead, SectionHead } from "@/components/ui/page-head";
import { SubmitButton } from "@/components/ui/submit-button";
import { getDistrict } from "@/lib/districts/get-district";
import { getSettings } from "@/lib/districts/get-settings";
import { countWaitingDocuments } from "@/lib/districts/switch-document-transfers";
import { timeZones } from "@/lib/districts/time-zones";
import { adminCrumbs } from "@/lib/web/admin-nodes";
import type { Place } from "@/lib/web/guard";
import { own } from "@/lib/web/own";
import { requireSecondFactorAction, saveCoordinatorAction, saveSettingsAction, switchDocumentsAction } from "./actions";

const did: Record<string, string> = {
  settings: "Settings saved.",
  coordinator: "Transfer coordinator saved.",
  "documents-off": "District-to-District Transfer is disabled.",
  "factor-on": "A second factor is required.",
  "factor-off": "A second factor is everybody’s own choice.",
  "documents-on": "District-to-District Transfer is enabled.",
};

/** All settings of the district: the page itself, and what its dialog stands over. */
export async function SettingsHere({ place, said = null }: { place: Place; said?: string | null }) {
  const { actor, district, doors } = place;
  const { facts, settings, waiting } = await doors.district(async (tx) => ({
    facts: await getDistrict(tx, actor),
    settings: await getSettings(tx, actor),
    waiting: await countWaitingDocuments(tx, actor),
  }));
  const base = `/d/${district.slug}/admin/settings`;
  const sentence = own(did, said);
  const { coordinator } = settings;
  return (
    <>
      <Crumbs path={adminCrumbs(district.slug, "district")} />
      <PageHead title="Settings" />
      {sentence && <Banner kind="done" fact={sentence} live />}
      <Facts
        facts={[
          ["District", facts.name],
          ["State", facts.stateName],
          ["NCES ID", facts.ncesId],
          facts.city !== null && ["City", facts.city],
          facts.domain !== null && ["Domain", facts.domain],
        ]}
      />
      <p className="small dim">These come from the national directory. Whoever runs Baton for you can correct them.</p>

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
            <TextField name="name" label="Name" autoComplete="off" maxLength={200} defaultValue={coordinator.name} />
            <TextField name="title" label="Title" autoComplete="off" maxLength={200} defaultValue={coordinator.title} />
            <TextField name="email" label="Email" type="email" autoComplete="off" defaultValue={coordinator.email} />
            <TextField
              name="phone"
              label="Phone"
              type="tel"
              autoComplete="off"
              maxLength={50}
              defaultValue={coordinator.phone}
            />
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

      <section className="sec-2" aria-labelledby="documents-h">
        <SectionHead
          id="documents-h"
          title="Document transfers"
          note="Students’ documents, to and from other districts"
        />
        <ActionForm id="documents" action={switchDocumentsAction.bind(null, district.slug)}>
          <div className="well">
            <Switch
              key={String(facts.documentsOff)}
              name="off"
              label="Disable District-to-District Transfer"
              hint={documentsHint(facts.documentsOff, waiting)}
              defaultChecked={facts.documentsOff}
              atOnce
            />
            <Button type="submit" className="no-script-only mt-3">
              Set the switch
            </Button>
          </div>
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

      <section className="sec-2" aria-labelledby="sign-in-h">
        <SectionHead id="sign-in-h" title="Sign-in" />
        <ActionForm id="sign-in" action={requireSecondFactorAction.bind(null, district.slug)} className="stack">
          <div className="well">
            <Switch
              name="on"
              label="Require a second factor"
              hint="Everybody then signs in with a code from an authenticator app besides the password. Who has none, you included, sets it up at their next page here, before anything else."
              defaultChecked={settings.secondFactorRequired}
            />
          </div>
          <Button type="submit">Save sign-in settings</Button>
        </ActionForm>
      </section>

      <section className="sec-2" aria-labelledby="more-h">
        <h2 id="more-h">School calendar, buildings, teams</h2>
        <ul className="pick-list">
          {[
            {
              href: `${base}/calendar`,
              label: "School calendar",
              what: "Days without school, and the days allowed to answer a record request.",
            },
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
}

function documentsHint(off: boolean, waiting: number): string {
  const waits =
    waiting === 0 ? "" : waiting === 1 ? " 1 document transfer waits." : ` ${waiting} document transfers wait.`;
  return off
    ? `No documents can be sent or received, in either direction.${waits} Cases have a switch of their own.`
    : `Disabled, no documents can be sent or received, in either direction. Cases have a switch of their own.`;
}
