import { ActionForm, type FormAction } from "@/components/ui/form";
import { Icon } from "@/components/ui/icon";
import { Link } from "@/components/ui/link";
import { SectionHead } from "@/components/ui/page-head";
import { SubmitButton } from "@/components/ui/submit-button";
import type { Setup, SetupStep } from "@/lib/districts/get-setup";

const steps: { key: SetupStep; label: string; path: string; what: string }[] = [
  {
    key: "coordinator",
    label: "Transfer coordinator",
    path: "settings",
    what: "Whom other districts call, and whether they see the contact.",
  },
  {
    key: "buildings",
    label: "Buildings",
    path: "settings/buildings",
    what: "Cases are filed under them; the roster brings its schools.",
  },
  { key: "teams", label: "Teams", path: "settings/teams", what: "Who works on cases together, and who leads." },
  { key: "roster", label: "Roster", path: "roster", what: "The students, from your student information system." },
  { key: "users", label: "Users", path: "users", what: "Invite colleagues and say what they may do." },
  {
    key: "switches",
    label: "Switches",
    path: "requests/case-transfers",
    what: "Off for a new district. Leave them off while nothing is being sent or received.",
  },
];

/** What a new district still needs, step by step; goes away once nothing is missing, or when it's put away. */
export function SetupList({
  setup,
  base,
  mayCases,
  hideAction,
}: {
  setup: Setup;
  /** Where Admin is. */
  base: string;
  /** Whether the switch of case transfers is the person's to use. */
  mayCases: boolean;
  hideAction: FormAction;
}) {
  const done = steps.filter(({ key }) => setup[key]).length;
  return (
    <section className="sec-2" aria-labelledby="setup-h">
      <SectionHead id="setup-h" title="Set up your district" note={`${done} of ${steps.length} done`}>
        <ActionForm id="hide-setup" action={hideAction}>
          <SubmitButton small variant="plain">
            Hide this list
          </SubmitButton>
        </ActionForm>
      </SectionHead>
      <ol className="pick-list">
        {steps.map(({ key, label, path, what }) => {
          const open = key !== "switches" || mayCases;
          const words = (
            <>
              <Icon name={setup[key] ? "circle-check" : "circle"} />
              <span className="grow">
                <b>{label}</b>
                <span className="sub">{what}</span>
              </span>
              <span className="small">{setup[key] ? "Done" : open ? "To do" : "Needs Manage Cases"}</span>
            </>
          );
          return (
            <li key={key}>
              {open ? (
                <Link href={`${base}/${path}`}>{words}</Link>
              ) : (
                <span className="flex items-center gap-3 px-1 py-3">{words}</span>
              )}
            </li>
          );
        })}
      </ol>
    </section>
  );
}
