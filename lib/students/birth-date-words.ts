const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const patterns: readonly [RegExp, (parts: string[]) => [year: string, month: string, day: string]][] = [
  [/(?<![\d-])(\d{4})-(\d{1,2})-(\d{1,2})(?![\d-])/, ([y = "", m = "", d = ""]) => [y, m, d]],
  [/(?<![\d/.-])(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?![\d/.-])/, ([m = "", d = "", y = ""]) => [y, m, d]],
  [
    /(?<!\p{L})(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?!\d)/iu,
    ([m = "", d = "", y = ""]) => [y, String(months.indexOf(m.slice(0, 3).toLowerCase()) + 1), d],
  ],
];

/**
 * Takes a birth date out of what was typed into a search, as Americans write it: 5/2/2012, 2012-05-02, May 2, 2012. Gives the words that
 * are left, and the day as YYYY-MM-DD, or null where there's none that the calendar has.
 */
export function readBirthDate(typed: string): { words: string; born: string | null } {
  for (const [pattern, order] of patterns) {
    const match = pattern.exec(typed);
    if (!match) continue;
    const [year, month, day] = order(match.slice(1));
    const born = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
    const at = new Date(`${born}T00:00:00Z`);
    if (Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== born) continue;
    return { words: typed.replace(match[0], " ").trim(), born };
  }
  return { words: typed, born: null };
}
