import type { Prisma } from "@/lib/db/generated/client";
import type { Actor } from "@/lib/policy";

declare const district: unique symbol;
declare const exchange: unique symbol;
declare const system: unique symbol;

/** A transaction fenced to one district. Only lib/db/tenant and lib/db/exchange make one. */
export type DistrictTx = Prisma.TransactionClient & { readonly [district]: true };
/** A transaction fenced to one district and opened for one transfer. Only lib/db/exchange makes one. */
export type ExchangeTx = DistrictTx & { readonly [exchange]: true };
/** A transaction before there is a district: sign-in, jobs looking for work. Only lib/db/system makes one. */
export type SystemTx = Prisma.TransactionClient & { readonly [system]: true };

/** The doors, opened for an actor: what a verb gets whose work lies between several transactions (hashing, files). */
export type Doors = {
  readonly actor: Actor;
  district<T>(run: (tx: DistrictTx) => Promise<T>): Promise<T>;
  exchange<T>(transferId: string, run: (tx: ExchangeTx) => Promise<T>): Promise<T>;
};
