import { ImportHistory } from "@/components/admin/import-history";
import { count, figure } from "@/components/admin/import-words";
import { UploadRoster } from "@/components/admin/upload-roster";
import { Banner } from "@/components/ui/banner";
import { LinkButton } from "@/components/ui/button";
import { Crumbs } from "@/components/ui/crumbs";
import { PageHead, SectionHead } from "@/components/ui/page-head";
import type { ImportPage, ImportView } from "@/lib/roster/list-imports";

export type RosterViewProps = {
  crumbs: { label: string; href: string }[];
  base: string;
  uploadUrl: string;
  /** The import that is under way. */
  open: ImportView | null;
  history: ImportPage;
  perPage: number;
  students: { active: number; byHand: number };
  problem: string | undefined;
  discarded: boolean;
  zone: string;
};

/** **Admin ▸ Roster**: the upload, what is under way, and the history. */
export function RosterView({
  crumbs,
  base,
  uploadUrl,
  open,
  history,
  perPage,
  students,
  problem,
  discarded,
  zone,
}: RosterViewProps) {
  return (
    <>
      <Crumbs path={crumbs} />
      <PageHead
        title="Roster"
        note={
          students.active === 0
            ? "No students yet"
            : `${count(students.active, "student")}${students.byHand > 0 ? `, ${figure(students.byHand)} of them added by hand` : ""}`
        }
      />
      {discarded && (
        <Banner kind="done" fact="Import discarded." live>
          Your roster is as it was.
        </Banner>
      )}
      {open ? (
        <>
          {problem && <Banner kind="bad" fact={problem} live />}
          <OpenImport view={open} href={`${base}/${open.id}`} />
        </>
      ) : (
        <UploadRoster url={uploadUrl} problem={problem} />
      )}
      <section className="sec-2" aria-labelledby="history-h">
        <SectionHead id="history-h" title="Imports" />
        <ImportHistory history={history} perPage={perPage} base={base} zone={zone} />
      </section>
    </>
  );
}

function OpenImport({ view, href }: { view: ImportView; href: string }) {
  const facts = {
    checking: ["info", "A bundle is being checked.", "Nothing changes by it."],
    applying: ["info", "A bundle is being applied.", "You can leave; it goes on."],
    ready: ["info", "A bundle is checked and ready to apply.", "Look at what it changes, then apply it."],
    held: [
      "held",
      "A bundle is held.",
      `${count(view.counts.leaving, "student")} would leave. Look at them before you decide.`,
    ],
  } as const;
  const [kind, fact, next] = facts[view.status as keyof typeof facts];
  return (
    <Banner kind={kind} fact={fact}>
      {next}{" "}
      <LinkButton small href={href}>
        Open the import
      </LinkButton>
    </Banner>
  );
}
