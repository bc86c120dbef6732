"use client";

import { Menu, MenuButton, MenuSeparator } from "@/components/ui/menu";
import { SelectPage, tickRows, useTicked } from "@/components/ui/select-rows";

type Group = { type: string; label: string; count: number };

/** The head's box and its dropdown: all documents, none, or those of a type. Rows say their type in `data-type`. */
export function PickDocuments({ form, name, groups }: { form: string; name: string; groups: readonly Group[] }) {
  const all = groups.reduce((sum, group) => sum + group.count, 0);
  const tick = (wanted: (type: string | undefined) => boolean) =>
    tickRows(form, name, (box) => wanted(box.dataset.type));
  return (
    <span className="drop script-only">
      <SelectPage form={form} name={name} label="Select all documents" />
      <Menu icon="chevron-down" name="Select by type" align="start">
        <MenuButton type="button" count={all} onClick={() => tick(() => true)}>
          All
        </MenuButton>
        <MenuButton type="button" onClick={() => tick(() => false)}>
          None
        </MenuButton>
        <MenuSeparator />
        {groups.map((group) => (
          <MenuButton
            key={group.type}
            type="button"
            count={group.count}
            onClick={() => tick((type) => type === group.type)}
          >
            {group.label}
          </MenuButton>
        ))}
      </Menu>
    </span>
  );
}

/** How many are ticked, beside the section's heading. */
export function PickedCount({ form, name }: { form: string; name: string }) {
  const { ticked } = useTicked(form, name);
  return (
    <p className="small dim script-only" role="status">
      {ticked === 0 ? "None selected" : `${ticked} selected`}
    </p>
  );
}
