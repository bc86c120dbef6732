import { Checkbox, FieldGroup, Radio } from "@/components/ui/choice";
import type { Permission } from "@/lib/policy";

export type PermissionChoice = { value: Permission; label: string; hint: string };
export type PresetChoice = { name: string; hint: string };

/** What a user may do: a preset, or permissions one by one. */
export function PermissionFields({
  presets,
  permissions,
  preset,
  chosen,
}: {
  presets: readonly PresetChoice[];
  permissions: readonly PermissionChoice[];
  /** The preset chosen at first; "own" for single permissions, null for none. */
  preset: string | null;
  chosen: readonly Permission[];
}) {
  return (
    <FieldGroup name="preset" label="What this person may do">
      <div className="choices">
        {presets.map(({ name, hint }) => (
          <Radio key={name} name="preset" value={name} label={name} hint={hint} defaultChecked={preset === name} />
        ))}
        <Radio name="preset" value="own" label="Single permissions" defaultChecked={preset === "own"}>
          <FieldGroup name="permissions" label="Permissions" hideLabel>
            {permissions.map(({ value, label, hint }) => (
              <Checkbox
                key={value}
                name="permissions"
                value={value}
                label={label}
                hint={hint}
                defaultChecked={chosen.includes(value)}
              />
            ))}
          </FieldGroup>
        </Radio>
      </div>
    </FieldGroup>
  );
}
