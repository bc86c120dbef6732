"use client";

/** What was typed into a form, kept in this tab (sessionStorage) until it is sent; gone with the tab or on signing out. */

const prefix = "baton:draft:";

type Draft = Record<string, string[]>;
type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

const isKept = (control: Element): control is Control =>
  (control instanceof HTMLInputElement &&
    !["password", "file", "hidden", "search", "submit", "button"].includes(control.type)) ||
  control instanceof HTMLTextAreaElement ||
  control instanceof HTMLSelectElement;

const controlsOf = (form: HTMLFormElement) =>
  [...form.elements].filter(
    (control): control is Control => isKept(control) && control.name !== "" && !control.hasAttribute("data-no-draft"),
  );

const isTick = (control: Control): control is HTMLInputElement =>
  control instanceof HTMLInputElement && (control.type === "checkbox" || control.type === "radio");

function contentOf(form: HTMLFormElement): Draft {
  const draft: Draft = {};
  for (const control of controlsOf(form)) {
    const values = (draft[control.name] ??= []);
    if (isTick(control) ? control.checked : true) values.push(control.value);
  }
  return draft;
}

/** Storage may be full or forbidden; a draft is a kindness, so nothing else may fail with it. */
function quietly<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

export function keepDraft(key: string, form: HTMLFormElement): void {
  quietly(() => sessionStorage.setItem(prefix + key, JSON.stringify(contentOf(form))));
}

/** Keeps with a draft what isn't a field of its form: what was chosen from a list that comes and goes. */
export function keepBeside(key: string, name: string, value: unknown): void {
  quietly(() => sessionStorage.setItem(`${prefix}${key}#${name}`, JSON.stringify(value)));
}

/** What was kept with a draft; null for nothing. */
export function keptBeside(key: string, name: string): unknown {
  return quietly(() => JSON.parse(sessionStorage.getItem(`${prefix}${key}#${name}`) ?? "null")) ?? null;
}

export function dropDraft(key: string): void {
  quietly(() => {
    for (const one of Object.keys(sessionStorage))
      if (one === prefix + key || one.startsWith(`${prefix}${key}#`)) sessionStorage.removeItem(one);
  });
}

export function dropAllDrafts(): void {
  quietly(() => {
    for (const key of Object.keys(sessionStorage)) if (key.startsWith(prefix)) sessionStorage.removeItem(key);
  });
}

/** Puts a kept draft back into the form; true if anything in it changed by that. */
export function restoreDraft(key: string, form: HTMLFormElement): boolean {
  const draft = quietly(() => JSON.parse(sessionStorage.getItem(prefix + key) ?? "null") as Draft | null);
  if (!draft) return false;
  let changed = false;
  const taken = new Map<string, number>();
  for (const control of controlsOf(form)) {
    const values = draft[control.name];
    if (!values) continue;
    if (isTick(control)) {
      // Clicked, since the form's own script hears of nothing else. A radio button goes out by itself.
      const checked = values.includes(control.value);
      if (control.checked !== checked && (checked || control.type === "checkbox")) {
        control.click();
        changed = true;
      }
      continue;
    }
    const place = taken.get(control.name) ?? 0;
    taken.set(control.name, place + 1);
    const value = values[place];
    if (value === undefined || control.value === value) continue;
    control.value = value;
    changed = true;
    control.dispatchEvent(new Event("input", { bubbles: true }));
    if (control instanceof HTMLSelectElement) control.dispatchEvent(new Event("change", { bubbles: true }));
  }
  return changed;
}
