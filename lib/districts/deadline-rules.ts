import type { DayKind } from "@/lib/districts/school-days";

/** Days that a state's law gives a district to send a student's records to the next one, from the arrival of the request. */
export type DeadlineRule = {
  days: number;
  kind: DayKind;
  /** As one cites it. */
  law: string;
  /** Only where one of these types of document is asked for. */
  types?: readonly string[];
  /** What those are, in words. */
  typesWords?: string;
};

/** The types of document that are special education records. */
const specialEducation = {
  types: ["iep", "evaluation", "bip", "fba", "progress"],
  typesWords: "special education records (IEP, evaluation, BIP, FBA, progress report)",
};

/**
 * The law of the states, by postal code. A state stands here once somebody has read its text and the number in it; what isn't here has no
 * deadline in Baton until the district sets a number of its own. FERPA gives a number of days for parents alone (34 CFR 99.10(b): 45), and
 * none from school to school (99.31(a)(2), 99.34). "Days" without more are calendar days, "business days" working days.
 */
export const deadlineRules: Readonly<Record<string, readonly DeadlineRule[]>> = {
  /** "shall comply with the request within 10 days after receiving the request" */
  AK: [{ days: 10, kind: "calendar", law: "Alaska Stat. § 14.30.710" }],
  /**
   * "no later than 10 schooldays following the date the request is received"; (c): a day on which the school is in session, or a nonholiday
   * weekday of the summer break. "the pupil's special education records": "within five working days".
   */
  CA: [
    { days: 10, kind: "school", law: "Cal. Educ. Code § 49068(b)" },
    { days: 5, kind: "working", law: "5 CCR § 3024(a)", ...specialEducation },
  ],
  /** "no later than ten days after receipt of such notification" (of the enrollment) */
  CT: [{ days: 10, kind: "calendar", law: "Conn. Gen. Stat. § 10-220h(a)" }],
  /** "such request shall be honored within 10 days after it is received" */
  IL: [{ days: 10, kind: "calendar", law: "105 ILCS 10/8.1(b)" }],
  /** "not later than ten business days from the date of receipt of the written request" */
  LA: [{ days: 10, kind: "working", law: "La. R.S. 17:112(A)(2)" }],
  /** "shall comply within 30 days after receipt of the request" */
  MI: [{ days: 30, kind: "calendar", law: "MCL 380.1135(4)" }],
  /** "within 5 working days after a receipt of a written or electronic request" */
  MT: [{ days: 5, kind: "working", law: "Mont. Code § 20-1-213(1)" }],
  /** "shall respond, within five school days after receiving the request" (since October 3, 2023) */
  OH: [{ days: 5, kind: "school", law: "Ohio Rev. Code § 3319.324(B)" }],
  /** "no later than 10 days after the receipt of the request" */
  OR: [{ days: 10, kind: "calendar", law: "ORS 326.575(2)" }],
  /** "not later than the 10th working day after the date a request for the information is received by the district" */
  TX: [{ days: 10, kind: "working", law: "Tex. Educ. Code § 25.002(a-1)" }],
  /** "No later than the next working day" */
  WI: [{ days: 1, kind: "working", law: "Wis. Stat. § 118.125(4)" }],
};

/** The states whose law counts the weekdays of the summer break as school days (Cal. Educ. Code § 49068(c)). */
const summerStates = new Set(["CA"]);

/** Whether the weekdays of the summer break count as school days in the state. */
export const summerCounts = (state: string): boolean => summerStates.has(state);

/** The rules of a state, the general one first; none where no law is known. */
export const rulesOf = (state: string): readonly DeadlineRule[] => deadlineRules[state] ?? [];
