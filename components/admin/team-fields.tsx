import { Select, TextField } from "@/components/ui/field";

/** A team's name and leader. A leader who has been disabled since stays to choose, marked. */
export function TeamFields({
  name,
  leader,
  members,
}: {
  name?: string;
  leader?: { id: string; name: string; active: boolean } | null;
  members: readonly { id: string; name: string; username: string }[];
}) {
  const twice = new Set(members.map((one) => one.name).filter((one, n, all) => all.indexOf(one) !== n));
  const options = members.map((one) => ({
    value: one.id,
    label: twice.has(one.name) ? `${one.name} (${one.username})` : one.name,
  }));
  if (leader && !leader.active) options.unshift({ value: leader.id, label: `${leader.name} (disabled)` });
  return (
    <>
      <TextField name="name" label="Name" autoComplete="off" defaultValue={name} />
      <Select name="leaderId" label="Leader" empty="Nobody" options={options} defaultValue={leader?.id} />
    </>
  );
}
