import { packageVersion } from "@/lib/transfers/package-content";
import { packageAad } from "@/lib/transfers/seal";

export type Place = { transferId: string; sendingDistrictId: string; receivingDistrictId: string };

/** What a sealed piece of this transfer is bound to. */
export const bound = (place: Place, part: string): Buffer =>
  packageAad({
    transferId: place.transferId,
    sendingDistrictId: place.sendingDistrictId,
    receivingDistrictId: place.receivingDistrictId,
    version: packageVersion,
    part,
  });
