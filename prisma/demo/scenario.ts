export type DemoFile = { name: string; kind: "plan" | "minutes" | "letter" | "assessment" | "chart" };
export type Scenario = {
  /** The number of the district's team that takes such cases: behavior, threat, support, attendance. */
  team: 0 | 1 | 2 | 3;
  /** Grades, kindergarten being 0. */
  grades: readonly [number, number];
  levels: readonly ("low" | "moderate" | "high" | "imminent")[];
  /** The history, oldest first. $name, $guardian, $teacher, $lead; {a|b} is either. */
  notes: readonly string[];
  strategies: readonly string[];
  tasks: readonly string[];
  files: readonly DemoFile[];
  /** The person isn't on the roster. */
  outside?: true;
  /** Who looks after the student, where the story says so. */
  guardian?: string;
};
