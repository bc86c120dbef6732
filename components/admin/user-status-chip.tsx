import { Icon } from "@/components/ui/icon";
import type { IconName } from "@/components/ui/icon-names";
import type { UserStatus } from "@/lib/users/list-users";

const looks = {
  active: ["done", "circle-check", "Active"],
  invited: ["pending", "mail", "Invited"],
  disabled: ["cancelled", "ban", "Disabled"],
} as const satisfies Record<UserStatus, readonly [string, IconName, string]>;

/** A user's standing in the district in colour, icon and word. */
export function UserStatusChip({ status }: { status: UserStatus }) {
  const [look, icon, word] = looks[status];
  return (
    <span className={`st st-${look}`}>
      <Icon name={icon} />
      {word}
    </span>
  );
}
