import { FilterSelect } from "@/components/cases/filter-select";
import { gradeWords } from "@/components/cases/words";
import { SearchBox, SearchForm } from "@/components/ui/search-box";
import type { StudentFilter } from "@/lib/students/student-filter";

const shows = [
  { value: "documents", label: "Has documents" },
  { value: "open-case", label: "Has an open case" },
  { value: "departed", label: "Departed" },
];
const sorts = [
  { value: "name.down", label: "Name, Z to A" },
  { value: "grade.up", label: "Grade, lowest first" },
  { value: "grade.down", label: "Grade, highest first" },
  { value: "building.up", label: "Building, A to Z" },
  { value: "building.down", label: "Building, Z to A" },
  { value: "sis.up", label: "SIS ID, lowest first" },
  { value: "sis.down", label: "SIS ID, highest first" },
  { value: "born.down", label: "Birth date, youngest first" },
  { value: "born.up", label: "Birth date, oldest first" },
];

/** The search and filters above the list of students. Whatever is the default stays out of the URL. */
export function StudentFinder({
  filter,
  buildings,
  grades,
}: {
  filter: StudentFilter;
  buildings: readonly { id: string; name: string }[];
  grades: readonly string[];
}) {
  const sorted = `${filter.sort}.${filter.descending ? "down" : "up"}`;
  return (
    <SearchForm label="Students" className="finder finder-3">
      <SearchBox label="Search students" hint="Name, SIS ID, state ID, birth date or building" value={filter.q} />
      <FilterSelect
        name="building"
        label="Building"
        value={filter.buildingId ?? ""}
        options={buildings.map(({ id, name }) => ({ value: id, label: name }))}
        empty="All buildings"
      />
      <FilterSelect
        name="grade"
        label="Grade"
        value={filter.grade ?? ""}
        options={grades.map((grade) => ({ value: grade, label: gradeWords(grade) }))}
        empty="All grades"
      />
      <FilterSelect name="show" label="Show" value={filter.show ?? ""} options={shows} empty="All students" />
      <FilterSelect
        name="sort"
        label="Sort by"
        fieldClass="m-only"
        value={sorted === "name.up" ? "" : sorted}
        options={sorts}
        empty="Name, A to Z"
      />
    </SearchForm>
  );
}
