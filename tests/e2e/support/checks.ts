import { type BrowserContextOptions, expect, type Page } from "@playwright/test";
import axe from "axe-core";

/** No finding of axe (WCAG 2.2 A and AA, best practices) in the page as it stands, open dialogs included. */
export async function expectAccessible(page: Page): Promise<void> {
  // Next streams the title behind the page.
  await expect(page).toHaveTitle(/./);
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe.source);
  const violations = await page.evaluate(async () => {
    const { axe: inPage } = window as unknown as { axe: typeof axe };
    return (await inPage.run(document, { resultTypes: ["violations"] })).violations;
  });
  const found = violations.map(
    ({ id, help, nodes }) => `${id}: ${help}\n${nodes.map((node) => `  ${node.target.join(" ")}`).join("\n")}`,
  );
  expect.soft(found, `axe at ${new URL(page.url()).pathname}`).toEqual([]);
}

/** Nothing scrolls sideways. */
async function expectNoSideways(page: Page): Promise<void> {
  const wide = await page.evaluate(() => {
    const room = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= room) return [];
    return [...document.querySelectorAll<HTMLElement>("body *")]
      .filter((element) => element.getBoundingClientRect().right > room + 1)
      .slice(0, 5)
      .map(
        (element) =>
          `${element.tagName.toLowerCase()}.${element.className}: ${Math.round(element.getBoundingClientRect().right)} of ${room}`,
      );
  });
  expect.soft(wide, `sideways at ${new URL(page.url()).pathname}`).toEqual([]);
}

const phone = { width: 320, height: 640 };
const desk = { width: 1280, height: 900 };

/** The narrowest phone, in the dark. A change of its colors doesn't fade, so that none is looked at halfway. */
export const onPhone = {
  viewport: phone,
  colorScheme: "dark",
  reducedMotion: "reduce",
} satisfies BrowserContextOptions;

/** A page that was come to on the phone: accessible and nothing sideways, on a desk's screen in the light as well as there. */
export async function expectFine(page: Page): Promise<void> {
  for (const [viewport, colorScheme] of [
    [desk, "light"],
    [phone, "dark"],
  ] as const) {
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme });
    await expectNoSideways(page);
    await expectAccessible(page);
  }
}

/** Collects what the browser complains about: errors of scripts, of the console, refused by the content security policy. */
export function listenForTrouble(page: Page): string[] {
  const trouble: string[] = [];
  page.on("pageerror", (error) => trouble.push(`error: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error") trouble.push(`console: ${message.text().slice(0, 500)}`);
  });
  return trouble;
}
