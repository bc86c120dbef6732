import pg from "pg";
import { plainCaseFilter } from "@/lib/cases/case-filter";
import { countedTo, listCases } from "@/lib/cases/list-cases";
import { withDistrict } from "@/lib/db/tenant";
import { searchDirectory } from "@/lib/districts/search-directory";
import type { Actor } from "@/lib/policy";
import { words } from "./generate";
import { p95, report } from "./report";

const columns = `c.id, c.number, s.given_name, s.family_name, s.grade, b.name building, t.name team, l.name leader, m.name manager, c.status, c.level, c.updated_at`;
const joins = `left join student s on s.district_id = c.district_id and s.id = c.student_id left join building b on b.district_id = c.district_id and b.id = c.building_id
  left join team t on t.district_id = c.district_id and t.id = c.team_id left join membership l on l.district_id = t.district_id and l.id = t.leader_id
  left join membership m on m.district_id = c.district_id and m.id = c.manager_id`;

/** The first page of a case search in the largest district, against hand-written SQL for the same rows and count without row-level security. */
export async function benchSearch(actor: Actor, superuserUrl: string): Promise<void> {
  const floor = new pg.Client(superuserUrl);
  await floor.connect();
  const searches = {
    "rare word": words.rare,
    "common word": words.common,
    "no hit": words.none,
    "two words": words.two,
  };
  for (const [name, q] of Object.entries(searches)) {
    const where = `c.district_id = '${actor.districtId}' and c.status <> 'closed' ${q
      .split(" ")
      .map((word) => `and c.search like '%${word}%'`)
      .join(" ")}`;
    // For a rare word the bitmap of all matches is the best plan, for a common one the walk along the newest: the better of both is the floor.
    const both = [
      `with m as materialized (select c.id, c.updated_at from "case" c where ${where}), p as (select id from m order by updated_at desc, id limit 50)
       select (select count(*) from (select 1 from m limit ${countedTo + 1}) x) total, ${columns} from p join "case" c on c.district_id = '${actor.districtId}' and c.id = p.id ${joins} order by c.updated_at desc, c.id`,
      `select (select count(*) from (select 1 from "case" c where ${where} order by c.updated_at desc, c.id limit ${countedTo + 1}) x) total, ${columns}
       from (select * from "case" c where ${where} order by c.updated_at desc, c.id limit 50) c ${joins} order by c.updated_at desc, c.id`,
    ];
    const plans = await p95(
      { bitmap: () => floor.query(both[0] as string), walk: () => floor.query(both[1] as string) },
      { rounds: 3, runs: 5 },
    );
    // The better one alone takes turns with ours: the other reads 100,000 rows with every core and leaves the caches to whoever comes next.
    const best = both[plans.bitmap < plans.walk ? 0 : 1] as string;
    const taken = await p95({
      baton: () => withDistrict(actor, (tx) => listCases(tx, actor, { ...plainCaseFilter, q })),
      floor: () => floor.query(best),
    });
    report({ work: `Case search, ${name} (p95)`, figure: taken.baton, floor: taken.floor, unit: "ms", most: 2 });
  }
  await floor.end();
}

/** The directory search as you type, against the bare indexed query. */
export async function benchDirectory(actor: Actor, superuserUrl: string): Promise<void> {
  const floor = new pg.Client(superuserUrl);
  await floor.connect();
  let at = 0;
  const typed = ["dis", "distr", "district 12", "city 4", "tx 99", "0001", "district 1350 ca"];
  const taken = await p95({
    baton: () =>
      withDistrict(actor, (tx) =>
        searchDirectory(tx, actor, { words: typed[at++ % typed.length] as string, what: "cases" }),
      ),
    floor: () => {
      const where = (typed[(at - 1) % typed.length] as string)
        .split(" ")
        .map((word) => `d.search like '%${word}%'`)
        .join(" and ");
      return floor.query(`select d.*, s.* from (select * from district d where ${where} and d.id <> '${actor.districtId}' order by d.case_transfers_on desc, d.slug is null, d.name, d.state, d.id limit 20) d
        left join district_settings s on s.district_id = d.id and s.coordinator_shown order by d.case_transfers_on desc, d.slug is null, d.name, d.state, d.id`);
    },
  });
  report({ work: "Directory search as you type (p95)", figure: taken.baton, floor: taken.floor, unit: "ms", most: 2 });
  await floor.end();
}
