import { basisNames } from "@/components/transfers/legal-bases";

/** A transfer's legal basis, with what the own district stated beside it. */
export function StatedBasis({ basis, stated }: { basis: string; stated: readonly string[] }) {
  return (
    <>
      {basisNames[basis] ?? basis}
      {stated.map((sentence) => (
        <span className="sub" key={sentence} dir="auto">
          {sentence}
        </span>
      ))}
    </>
  );
}
