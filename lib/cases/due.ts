const dayMs = 86_400_000;

/** Working days (Monday to Friday) after `from` up to and with `to`; negative when `to` lies before. Days as YYYY-MM-DD. */
export function workingDaysBetween(from: string, to: string): number {
  if (to < from) return -workingDaysBetween(to, from);
  const start = Date.parse(`${from}T00:00Z`) / dayMs;
  const end = Date.parse(`${to}T00:00Z`) / dayMs;
  let days = Math.floor((end - start) / 7) * 5;
  for (let day = start + Math.floor((end - start) / 7) * 7 + 1; day <= end; day++) {
    const weekday = (day + 4) % 7;
    if (weekday !== 0 && weekday !== 6) days++;
  }
  return days;
}

/** How near a due day is, in words (visual.md), and how it's to look. */
export function dueWords(due: string, today: string): { text: string; look: "plain" | "soon" | "late" } {
  if (due === today) return { text: "due today", look: "soon" };
  const days = workingDaysBetween(today, due);
  if (due < today) {
    const late = Math.max(1, -days);
    return { text: `overdue by ${late} working ${late === 1 ? "day" : "days"}`, look: "late" };
  }
  const left = Math.max(1, days);
  return { text: `due in ${left} working ${left === 1 ? "day" : "days"}`, look: left <= 5 ? "soon" : "plain" };
}
