import { FilterSelect } from "@/components/cases/filter-select";
import { SearchBox, SearchForm } from "@/components/ui/search-box";
import type { Choice } from "@/lib/cases/case-choices";
import type { CaseFilter, CaseSort } from "@/lib/cases/case-filter";

const statuses = [
  { value: "open", label: "Open" },
  { value: "monitoring", label: "Monitoring" },
  { value: "closed", label: "Closed" },
  { value: "all", label: "All" },
];
const levels = [
  { value: "low", label: "Low" },
  { value: "moderate", label: "Moderate" },
  { value: "high", label: "High" },
  { value: "imminent", label: "Imminent" },
];
const orders: [CaseSort, string, string][] = [
  ["updated", "Updated, newest first", "Updated, oldest first"],
  ["number", "Case, highest number first", "Case, lowest number first"],
  ["person", "Person of concern, Z to A", "Person of concern, A to Z"],
  ["building", "Building, Z to A", "Building, A to Z"],
  ["team", "Team, Z to A", "Team, A to Z"],
  ["manager", "Case manager, Z to A", "Case manager, A to Z"],
  ["level", "Level of concern, highest first", "Level of concern, lowest first"],
  ["status", "Status, closed first", "Status, open first"],
];
const sorts = orders.flatMap(([sort, down, up]) => [
  { value: `${sort}.down`, label: down },
  { value: `${sort}.up`, label: up },
]);

const options = (choices: readonly Choice[]) => choices.map(({ id, name }) => ({ value: id, label: name }));

/** The search and filters above the list of cases. Whatever is the default stays out of the URL. */
export function CaseFinder({
  filter,
  buildings,
  teams,
}: {
  filter: CaseFilter;
  buildings: readonly Choice[];
  teams: readonly Choice[];
}) {
  const sorted = `${filter.sort}.${filter.descending ? "down" : "up"}`;
  return (
    <SearchForm label="Cases">
      <SearchBox
        label="Search cases"
        hint="Case number, person of concern, building, team name, team leader or case manager"
        value={filter.q}
      />
      <FilterSelect
        name="status"
        label="Status"
        value={filter.status === "not-closed" ? "" : filter.status}
        options={statuses}
        empty="Not closed"
      />
      <FilterSelect
        name="building"
        label="Building"
        value={filter.buildingId ?? ""}
        options={options(buildings)}
        empty="All buildings"
      />
      <FilterSelect name="team" label="Team" value={filter.teamId ?? ""} options={options(teams)} empty="All teams" />
      <FilterSelect
        name="level"
        label="Level of concern"
        value={filter.level ?? ""}
        options={levels}
        empty="All levels"
      />
      <FilterSelect
        name="sort"
        label="Sort by"
        fieldClass="m-only"
        value={sorted === "updated.down" ? "" : sorted}
        options={sorts.filter((one) => one.value !== "updated.down")}
        empty="Updated, newest first"
      />
    </SearchForm>
  );
}
