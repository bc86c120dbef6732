import { withDistrict } from "@/lib/db/tenant";
import type { Doors, ExchangeTx } from "@/lib/db/types";
import type { Actor } from "@/lib/policy";

/**
 * Opens the one road between two districts, for one transfer. It's the actor's own fenced transaction that is also allowed to
 * call the exchange functions (prisma/migrations) for this transfer; these look at which side the actor's district stands on.
 */
function withExchange<T>(actor: Actor, transferId: string, run: (tx: ExchangeTx) => Promise<T>): Promise<T> {
  return withDistrict(actor, async (tx) => {
    await tx.$queryRaw`select set_config('app.transfer_id', ${transferId}, true)`;
    return run(tx as ExchangeTx);
  });
}

/** Both doors for one actor, for verbs whose work lies between transactions. */
export function doorsFor(actor: Actor): Doors {
  return {
    actor,
    district: (run) => withDistrict(actor, run),
    exchange: (transferId, run) => withExchange(actor, transferId, run),
  };
}
