import { type Permission, presets } from "@/lib/policy";

export type Staff = {
  /** The part before the @; also the username. */
  login: string;
  name: string;
  permissions: readonly Permission[];
  /** Leads the team of this number. */
  leads?: number;
  /** Stands as case manager in cases. */
  managesCases?: boolean;
  /** Was a member once; was invited and hasn't come yet. */
  state?: "disabled" | "invited";
};
export type DemoDistrict = {
  ncesId: string;
  name: string;
  state: string;
  city: string;
  slug: string;
  timeZone: string;
  on: boolean;
  coordinator: { name: string; title: string; phone: string } | null;
  buildings: readonly { name: string; grades: readonly [number, number] }[];
  /** In the order of `Scenario.team`: behavior, threat, support, attendance. */
  teams: readonly [string, string, string, string];
  staff: readonly Staff[];
  /** A student number from a running number, in the district's own form. */
  sisId(n: number): string;
  stateId(n: number): string;
};

/** The password of everybody in the demo; shown on the sign-in page there. */
export const demoPassword = "baton-demo-2026";

/** Works for a service center, in both districts. */
export const servicePerson = {
  login: "casey",
  email: "casey@servicecenter.example",
  name: "Casey Moreno",
  slugs: ["lakeview", "riverbend"],
};

// Two people of each district may destroy together what is due: the admin with the manager cases, with the clerk documents.
const purge = "purge" as const;
const admin = [...presets["District admin"], purge];
const manager = [...presets["Case manager"]];
const clerk = [...presets["Records clerk"], purge];

export const demoDistricts: readonly DemoDistrict[] = [
  {
    ncesId: "9900001",
    name: "Lakeview ISD",
    state: "TX",
    city: "Lakeview",
    slug: "lakeview",
    timeZone: "America/Chicago",
    on: true,
    coordinator: { name: "Renee Whitlock", title: "Coordinator of Student Support", phone: "(512) 555-0142" },
    buildings: [
      { name: "Cedar Hollow Elementary", grades: [0, 5] },
      { name: "Juniper Elementary", grades: [0, 5] },
      { name: "Stone Creek Middle", grades: [6, 8] },
      { name: "Lakeview High", grades: [9, 12] },
      { name: "Bluebonnet Academy", grades: [7, 12] },
    ],
    teams: ["Behavior Support", "Threat Assessment", "Student Support", "Attendance and Family"],
    staff: [
      { login: "admin", name: "Maria Delgado", permissions: admin },
      { login: "manager", name: "Renee Whitlock", permissions: [...manager, purge], managesCases: true },
      { login: "clerk", name: "Tom Ferris", permissions: clerk },
      { login: "staff", name: "Dana Kim", permissions: [] },
      { login: "paul.navarro", name: "Paul Navarro", permissions: [], leads: 0, managesCases: true },
      { login: "lena.osei", name: "Lena Osei", permissions: manager, leads: 1, managesCases: true },
      { login: "grace.abbott", name: "Grace Abbott", permissions: [], leads: 2, managesCases: true },
      { login: "hector.luna", name: "Héctor Luna", permissions: [], leads: 3 },
      { login: "ian.brasher", name: "Ian Brasher", permissions: [] },
      { login: "yolanda.pryor", name: "Yolanda Pryor", permissions: [] },
      { login: "kevin.oneal", name: "Kevin O’Neal", permissions: [], state: "disabled" },
      { login: "nina.castle", name: "Nina Castle", permissions: manager, state: "invited" },
    ],
    sisId: (n) => String(204_118 + n * 7),
    stateId: (n) => String(3_100_452_017 + n * 9_173),
  },
  {
    ncesId: "9900002",
    name: "Riverbend USD",
    state: "CA",
    city: "Riverbend",
    slug: "riverbend",
    timeZone: "America/Los_Angeles",
    on: true,
    coordinator: { name: "Priya Raman", title: "Director, Student Services", phone: "(916) 555-0117" },
    buildings: [
      { name: "Alder Street Elementary", grades: [0, 5] },
      { name: "Golden Oak Elementary", grades: [0, 5] },
      { name: "Mission Flats Elementary", grades: [0, 5] },
      { name: "Delta Middle School", grades: [6, 8] },
      { name: "Riverbend High School", grades: [9, 12] },
      { name: "Harbor Continuation School", grades: [10, 12] },
    ],
    teams: ["Positive Behavior Team", "Safety Team", "Care Team", "Attendance Team"],
    staff: [
      { login: "admin", name: "Harold Nguyen", permissions: admin },
      { login: "manager", name: "Priya Raman", permissions: [...manager, purge], managesCases: true },
      { login: "clerk", name: "Ellen Brooks", permissions: clerk },
      { login: "staff", name: "Marcus Bell", permissions: [] },
      { login: "teresa.vidal", name: "Teresa Vidal", permissions: [], leads: 0, managesCases: true },
      { login: "owen.lindgren", name: "Owen Lindgren", permissions: manager, leads: 1, managesCases: true },
      { login: "amina.farah", name: "Amina Farah", permissions: [], leads: 2, managesCases: true },
      { login: "joel.tran", name: "Joel Trần", permissions: [], leads: 3 },
      { login: "beth.adler", name: "Beth Adler", permissions: [] },
      { login: "samir.haddad", name: "Samir Haddad", permissions: [] },
      { login: "carla.nunez", name: "Carla Núñez", permissions: [], state: "disabled" },
      { login: "will.archer", name: "Will Archer", permissions: [], state: "invited" },
    ],
    sisId: (n) => String(7_300_210 + n * 3),
    stateId: (n) => String(8_204_117_530 + n * 7_919),
  },
  {
    ncesId: "9900003",
    name: "Maple Grove Schools",
    state: "OH",
    city: "Maple Grove",
    slug: "maple-grove",
    timeZone: "America/New_York",
    on: false,
    coordinator: null,
    buildings: [
      { name: "Maple Grove Primary", grades: [0, 3] },
      { name: "Orchard Intermediate", grades: [4, 6] },
      { name: "Maple Grove Middle", grades: [7, 8] },
      { name: "Maple Grove High", grades: [9, 12] },
    ],
    teams: ["Behavior Support", "School Safety", "Student Assistance", "Attendance"],
    staff: [
      { login: "admin", name: "Susan Kowalski", permissions: admin },
      { login: "manager", name: "Jerome Banks", permissions: [...manager, purge], managesCases: true },
      { login: "clerk", name: "Ruth Ellison", permissions: clerk },
      { login: "staff", name: "Luis Ortega", permissions: [] },
      { login: "diane.keller", name: "Diane Keller", permissions: [], leads: 0, managesCases: true },
      { login: "frank.doyle", name: "Frank Doyle", permissions: [], leads: 1, managesCases: true },
      { login: "naomi.price", name: "Naomi Price", permissions: [], leads: 2 },
      { login: "greg.hollis", name: "Greg Hollis", permissions: [], leads: 3 },
      { login: "tanya.mills", name: "Tanya Mills", permissions: [] },
    ],
    sisId: (n) => `MG-${10_021 + n}`,
    stateId: (n) => `QD${String(4_471_926 + n * 31)}`,
  },
];

/** Districts of the directory that aren't on Baton. */
export const otherDistricts: readonly {
  ncesId: string;
  name: string;
  state: string;
  city: string;
  domain: string | null;
}[] = [
  {
    ncesId: "9900101",
    name: "Lakeview Valley Schools",
    state: "MI",
    city: "Lakeview",
    domain: "lakeviewvalley.example",
  },
  { ncesId: "9900102", name: "Lakeview Heights Local", state: "OH", city: "Cortland Falls", domain: null },
  {
    ncesId: "9900103",
    name: "Riverbend Hills Community Schools",
    state: "IL",
    city: "Fulton Bend",
    domain: "riverbendhills.example",
  },
  { ncesId: "9900104", name: "Maple Grove Elementary District 14", state: "MT", city: "Elk Meadow", domain: null },
  { ncesId: "9900105", name: "Fenwick County Schools", state: "TN", city: "Ashbury", domain: "fenwick.example" },
  { ncesId: "9900106", name: "Calder Community Schools", state: "IA", city: "Calder", domain: "calder.example" },
  { ncesId: "9900107", name: "Dunmere Local Schools", state: "OH", city: "Dunmere", domain: null },
  { ncesId: "9900108", name: "Northfell Public Schools", state: "MN", city: "Northfell", domain: "northfell.example" },
  { ncesId: "9900109", name: "Ashwell Regional", state: "MA", city: "Ashwell", domain: null },
  { ncesId: "9900110", name: "Quillan Parish", state: "LA", city: "Quillan", domain: "quillan.example" },
  { ncesId: "9900111", name: "Wexcombe Independent", state: "KY", city: "Wexcombe", domain: null },
  { ncesId: "9900112", name: "Bellhaven County Schools", state: "NC", city: "Bellhaven", domain: "bellhaven.example" },
];
