import type { ReactNode } from "react";
import { TransfersSection, type TransfersSectionProps } from "@/components/transfers/transfers-section";
import { Button } from "@/components/ui/button";
import { Switch } from "@/components/ui/choice";
import { Crumbs } from "@/components/ui/crumbs";
import { dateWords } from "@/components/ui/date";
import { ActionForm, type FormAction } from "@/components/ui/form";
import { PageHead } from "@/components/ui/page-head";

export type RequestsViewProps = {
  crumbs: readonly { label: string; href: string }[];
  title: string;
  /** Above the lists: the switch, or that it's off. */
  children?: ReactNode;
  incoming: TransfersSectionProps;
  outgoing: TransfersSectionProps;
};

/** **Case Transfer Requests** or **Document Transfers**: the two lists. */
export function RequestsView({ crumbs, title, children, incoming, outgoing }: RequestsViewProps) {
  return (
    <>
      <Crumbs path={crumbs} />
      <PageHead title={title} />
      {children}
      <h2 className="mb-3">Transfer Requests List</h2>
      <TransfersSection {...incoming} />
      <TransfersSection {...outgoing} />
    </>
  );
}

/** **Activate Case Transfers Between Districts**. */
export function CaseSwitch({
  on,
  changed,
  action,
  zone,
}: {
  on: boolean;
  changed: { at: Date; by: string | null } | null;
  action: FormAction;
  zone: string;
}) {
  return (
    <ActionForm action={action}>
      <div className="well mb-4">
        <Switch
          key={String(on)}
          name="on"
          label="Activate Case Transfers Between Districts"
          hint={`Leave it off when nothing is being sent or received.${
            changed
              ? ` Switched ${on ? "on" : "off"} ${dateWords(changed.at, zone)}${changed.by ? `, by ${changed.by}` : ""}.`
              : ""
          }`}
          defaultChecked={on}
          atOnce
        />
        <Button type="submit" className="no-script-only mt-3">
          Set the switch
        </Button>
      </div>
    </ActionForm>
  );
}
