import { Button } from "@/components/ui/button";
import { type Option, Select } from "@/components/ui/field";
import { ActionForm, type FormAction } from "@/components/ui/form";

type Given = {
  action: FormAction;
  transferId: string;
  /** Open cases whose best match agrees; open cases without any match. */
  agreeing: number;
  unmatched: number;
  buildings: readonly Option[];
  teams: readonly Option[];
  managers: readonly Option[];
  open: boolean;
};

/** Many cases at once: those that agree are linked, those without a match become people of concern. What needs an eye stays open. */
export function DecideRestForm({ action, transferId, agreeing, unmatched, buildings, teams, managers, open }: Given) {
  return (
    <details className="well rest" open={open}>
      <summary>
        <b>Several at once:</b>{" "}
        {[
          agreeing > 0 && `${agreeing} ${agreeing === 1 ? "agrees" : "agree"} with your roster`,
          unmatched > 0 && `${unmatched} ${unmatched === 1 ? "has" : "have"} no match`,
        ]
          .filter(Boolean)
          .join(", ")}
      </summary>
      <ActionForm action={action} className="grid gap-3 pt-3">
        <input type="hidden" name="transfer" value={transferId} />
        <p className="small dim">
          Cases that were received before, or whose match isn’t certain, stay for you to look at. Each can be changed
          until you save.
        </p>
        <div className="three">
          <Select
            name="building"
            label="Building"
            hint="For those that propose none"
            empty="None"
            options={buildings}
          />
          <Select name="team" label="Team" hint="For all of them" empty="As in the transfer" options={teams} />
          <Select
            name="manager"
            label="Case manager"
            hint="For all of them"
            empty="As in the transfer"
            options={managers}
          />
        </div>
        <div className="btns">
          {agreeing > 0 && (
            <Button type="submit" name="which" value="agreeing">
              Link the {agreeing} that {agreeing === 1 ? "agrees" : "agree"}
            </Button>
          )}
          {unmatched > 0 && (
            <Button type="submit" name="which" value="unmatched">
              Use transfer info for the {unmatched} without a match
            </Button>
          )}
        </div>
      </ActionForm>
    </details>
  );
}
