import { fromWords, kindNames } from "@/components/admin/retention/retention-words";
import { LinkButton } from "@/components/ui/button";
import { FieldGroup, Radio } from "@/components/ui/choice";
import { Select, TextField } from "@/components/ui/field";
import { ActionForm, type FormAction } from "@/components/ui/form";
import { SubmitButton } from "@/components/ui/submit-button";
import type { RetentionRule } from "@/lib/documents/list-retention-rules";

/** How long one kind of record is kept. */
export function RuleForm({ action, rule, closeHref }: { action: FormAction; rule: RetentionRule; closeHref: string }) {
  const isCase = rule.kind === "case";
  return (
    <ActionForm
      id="rule"
      action={action}
      className="stack"
      foot={
        <>
          <p className="small dim">Destroys nothing by itself. The bin and Purge go by no rule.</p>
          <LinkButton href={closeHref} scroll={false}>
            Close
          </LinkButton>
          <SubmitButton>Save</SubmitButton>
        </>
      }
    >
      <input type="hidden" name="kind" value={rule.kind} />
      <input type="hidden" name="version" value={rule.version} />
      <FieldGroup name="keep" label={`${kindNames[rule.kind]}: how long is it kept?`}>
        <Radio
          name="keep"
          framed
          value="undecided"
          label="No rule yet"
          hint="Kept."
          defaultChecked={rule.keep === "undecided"}
        />
        <Radio
          name="keep"
          framed
          value="good"
          label="Keep for good"
          hint="Never listed as due. A mistaken one can still be deleted or purged."
          defaultChecked={rule.keep === "good"}
        />
        <Radio
          name="keep"
          framed
          value="years"
          label="Keep for a number of years"
          hint="Then it’s listed as due, and two people may destroy it."
          defaultChecked={rule.keep === "years"}
        >
          <div className="stack">
            <TextField
              name="years"
              label={isCase ? "Years after the case was closed" : "Years"}
              hint="As your state’s law or your schedule says."
              inputMode="numeric"
              autoComplete="off"
              fieldClass="narrow"
              defaultValue={rule.years === null ? "" : String(rule.years)}
            />
            {isCase ? (
              <input type="hidden" name="countedFrom" value="closing" />
            ) : (
              <Select
                name="countedFrom"
                label="Counted from"
                hint="A document without a date counts from the day it was added; who hasn’t left isn’t due by leaving."
                options={[
                  { value: "date", label: fromWords.date.replace("after the", "The") },
                  { value: "leaving", label: "The day on which the student left" },
                ]}
                defaultValue={rule.countedFrom ?? "leaving"}
              />
            )}
          </div>
        </Radio>
      </FieldGroup>
    </ActionForm>
  );
}
